"""Bytes -> text that can be shown to the parser, or the fault that keeps it from that."""

from __future__ import annotations

import codecs
import re
import unicodedata

from sopwith.source.fault import Fault, shown

_MOST = 1024 * 1024
# Characters that YAML forbids, those that end a line in YAML 1.1 and do not in 1.2, and those that
# show text in another order than it has (Unicode, UAX 9, "Explicit Directional Formatting").
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"
    "\u202a-\u202e\u2066-\u206f\ufff9-\ufffb]"
)
# The byte order marks of UTF-16; without one, each character of ASCII comes with a zero byte.
_WIDE = re.compile(rb"\xff\xfe|\xfe\xff|\x00[^\x00]|[^\x00]\x00")
_SAVE = "save the file as UTF-8; in most editors that is a choice under Save as or Encoding"


def decode(raw: bytes) -> tuple[str, Fault | None]:
    """The text of a file in UTF-8, with or without a byte order mark.

    With a fault, the text is as much as its position needs.
    """
    if len(raw) > _MOST:
        message = "the file is larger than 1 MiB, which is the most that is read"
        hint = "take out what does not belong here; a long procedure has a twentieth of that"
        return "", Fault(0, "file-too-large", message, hint)
    if _WIDE.match(raw):
        return "", Fault(0, "not-utf8", "the file is saved as UTF-16 and not as UTF-8", _SAVE)
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        return _foreign(raw, error.start)
    return text, odd_character(text)


def odd_character(text: str) -> Fault | None:
    """Name the first character that no text may hold, since one cannot see it."""
    found = _ODD.search(text)
    if not found:
        return None
    name = unicodedata.name(found[0], "control character").lower()
    before = text[max(found.start() - 20, 0) : found.start()].rpartition("\n")[2]
    near = _ODD.sub(" ", before + text[found.start() : found.end() + 20].partition("\n")[0])
    message = f"an invisible character (U+{ord(found[0]):04X}, {name}) in {shown(near)}"
    hint = "delete it and type the text around it again; such characters come with pasted text"
    return Fault(found.start(), "odd-character", message, hint)


def _foreign(raw: bytes, start: int) -> tuple[str, Fault]:
    # What stands before the first bad byte is sound, and all that its line and column need.
    before = raw[:start].decode()
    line = raw[raw.rfind(b"\n", 0, start) + 1 :].split(b"\n", 1)[0]
    seen = "".join(c if c.isprintable() else " " for c in line.decode("latin-1"))
    message = f"the file is not saved as UTF-8: byte {raw[start]:#04x} in {shown(seen)}"
    return before + "?", Fault(len(before), "not-utf8", message, _SAVE)
