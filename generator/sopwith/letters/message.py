"""A message ready for a person to look over and send: as text, and as a draft for mail programs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from urllib.parse import quote

import css_inline
import jinja2
from markupsafe import Markup

from sopwith.text import Block, to_html, to_plain

_ROOM = 1600  # characters of a link: beyond, some mail programs cut the letter short
_UNWRAPPED = 10**6

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


def to_eml(message: Message, *, html_template: jinja2.Template, key: str) -> bytes:
    """Write a message as an unsent draft (RFC 5322), which mail programs open ready to send.

    `X-Unsent` makes Outlook open it for editing; there is no date, since it was not sent. Text
    comes before HTML, as RFC 2046 (5.1.4) asks. `key` names the draft: the boundary between the
    two comes from it, so that the same draft has the same bytes. Raises UnsafeHeader, above all
    where a line end would begin a header of its own.
    """
    draft = EmailMessage(policy=SMTP)
    draft["X-Unsent"] = "1"
    draft["Subject"] = _safe(message.subject)
    sender = (message.from_name, message.from_email)
    for name, people in (("From", (sender,)), ("To", message.to), ("Cc", message.cc)):
        found = tuple(_address(*person) for person in people if person[1])
        if found:
            draft[name] = found
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


def _safe(text: str) -> str:
    """Refuse whatever any mail program may take for the end of a line, and unseen characters."""
    if any(unicodedata.category(c) in ("Cc", "Zl", "Zp") for c in text):
        raise UnsafeHeader(f"not a single line: {text!r}")
    return text


def _shown(person: Recipient) -> str:
    name, address = person
    return f"{name} <{address}>" if address else name
