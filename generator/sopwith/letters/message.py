"""A message ready for a person to look over and send: as text, and as a draft for mail programs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address, Group
from email.message import EmailMessage
from email.policy import EmailPolicy
from hashlib import sha256
from urllib.parse import quote

import css_inline
import jinja2
from markupsafe import Markup

from sopwith.text import Block, Prompt, spell, to_html, to_plain

_ROOM = 1600  # characters of a link: beyond, some mail programs cut the letter short
_UNWRAPPED = 10**6
_WIDTH = 78  # characters of a line in a draft (RFC 5322, 2.1.1)
_NO_ADDRESS = spell(Prompt("Which email address?"))

Recipient = tuple[str, str]
"""A name and an address; the address is empty where nobody stated one."""


class UnsafeHeader(ValueError):
    """A subject, name or address that could not stand in a header without changing the message."""


class TooLong(ValueError):
    """A letter that no link has room for; `length` is what its link would have."""

    def __init__(self, length: int) -> None:
        super().__init__(f"the link would have {length} characters, and {_ROOM} are safe")
        self.length = length


@dataclass(frozen=True, slots=True)
class Message:
    """An email with everything filled in but what only a person knows."""

    subject: str
    from_name: str
    from_email: str
    to: tuple[Recipient, ...]
    cc: tuple[Recipient, ...]
    body: tuple[Block, ...]


def to_text(message: Message, *, wrapped: bool = True) -> str:
    """Write a message for copying: whom it goes to, the subject, and the body.

    Unwrapped, a paragraph is one line, as editors in a browser want it.
    """
    lines = [
        ("From", _shown((message.from_name, message.from_email))),
        ("To", ", ".join(map(_shown, message.to))),
        ("Cc", ", ".join(map(_shown, message.cc))),
        ("Subject", message.subject),
    ]
    head = "".join(f"{name}: {value}\n" for name, value in lines if value)
    return f"{head}\n{_body(message, wrapped=wrapped)}"


def to_mailto(message: Message) -> str:
    """Write a message as a link that opens it in whatever mail program there is (RFC 6068).

    Raises TooLong, and UnsafeHeader as `to_eml` does.
    """
    to, cc = (
        ",".join(quote(_address(*person).addr_spec, safe="@") for person in people if person[1])
        for people in (message.to, message.cc)
    )
    body = _body(message, wrapped=False).strip("\n").replace("\n", "\r\n")
    told = {
        "cc": cc,
        "subject": quote(_safe(message.subject), safe="", errors="replace"),
        "body": quote(body, safe=""),
    }
    link = f"mailto:{to}?{'&'.join(f'{name}={text}' for name, text in told.items() if text)}"
    if len(link) > _ROOM:
        raise TooLong(len(link))
    return link


def _body(message: Message, *, wrapped: bool) -> str:
    return to_plain(message.body) if wrapped else to_plain(message.body, _UNWRAPPED)


class _Policy(EmailPolicy):
    """Python's own, but a header that just fits on a line of its own begins beside its name.

    Some mail programs show what stands below the name with a space before it.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        folded = super().fold_binary(name, value)
        begin, _, rest = folded.partition(b":\r\n ")
        cut = rest.rfind(b" ", 0, _WIDTH - len(begin) - 1)
        if begin != name.encode() or cut < 0:
            return folded
        return b"%b: %b\r\n%b" % (begin, rest[:cut], rest[cut:])


_POLICY = _Policy(linesep="\r\n", max_line_length=_WIDTH)


def to_eml(message: Message, *, html_template: jinja2.Template, key: str) -> bytes:
    """Write a message as an unsent draft (RFC 5322), which mail programs open ready to send.

    `X-Unsent` makes Outlook open it for editing; there is no date, since it was not sent. Text
    comes before HTML, as RFC 2046 (5.1.4) asks. Somebody without an address is a group of nobody
    (RFC 5322, 3.4) with a question for its name: it is seen, and no server takes it. `key` names
    the draft: the boundary between the two comes from it, so that the same draft has the same
    bytes. Raises UnsafeHeader, above all where a line end would begin a header of its own.
    """
    draft = EmailMessage(policy=_POLICY)
    draft["X-Unsent"] = "1"
    draft["Subject"] = _safe(message.subject)
    if message.from_email:
        draft["From"] = _address(message.from_name, message.from_email)
    for name, people in (("To", message.to), ("Cc", message.cc)):
        if people:
            draft[name] = tuple(
                _address(*person) if person[1] else _nobody(*person) for person in people
            )
    draft.set_content(to_plain(message.body), cte="quoted-printable")
    draft.add_alternative(_html(message, html_template), subtype="html", cte="quoted-printable")
    # Quoted-printable writes "=" otherwise, so no body can hold this.
    draft.set_boundary(f"=_{sha256(key.encode()).hexdigest()[:32]}")
    return draft.as_bytes()


def _html(message: Message, template: jinja2.Template) -> str:
    page = template.render(message=message, body=Markup(to_html(message.body)))  # noqa: S704  # to_html escapes
    # Outlook for Windows knows only what stands at the elements themselves. What hangs on the
    # width of the screen or its darkness cannot, and stays in the head (`data-css-inline`).
    return css_inline.inline(page, load_remote_stylesheets=False)


def _address(name: str, address: str) -> Address:
    try:
        return Address(_safe(name), addr_spec=_safe(address))
    except (ValueError, MessageError) as error:
        raise UnsafeHeader(f"not an email address: {address!r}") from error


def _nobody(name: str, _: str) -> Group:
    return Group(f"{_safe(name)} {_NO_ADDRESS}", ())


def _safe(text: str) -> str:
    """Refuse whatever any mail program may take for the end of a line, and unseen characters."""
    if any(unicodedata.category(c) in ("Cc", "Zl", "Zp") for c in text):
        raise UnsafeHeader(f"not a single line: {text!r}")
    return text


def _shown(person: Recipient) -> str:
    name, address = person
    return f"{name} <{address}>" if address else f"{name} {_NO_ADDRESS}"
