"""What is wrong with a file where the parser sees nothing wrong, and the words for it."""

from __future__ import annotations

import re
from typing import Any

from sopwith.problem import Route
from sopwith.source.events.frame import Frame
from sopwith.source.fault import Fault, quoted, shown, to_copy
from sopwith.source.wording import Last, cut_off, leading, no_alias, no_tag, rest

DEEPEST = 50
"""How many lists and maps may be open inside each other."""
_CONDITIONS = frozenset(("when", "applies_to"))
_COLON = re.compile(r"\s*:")
_MORE_WORDS = re.compile(r"(?:\s*,[^,:{}\[\]\r\n]+)*(?=\s*[,}])")


def no_fields(text: str, found: list[Any]) -> Fault | None:
    """The fault, if a file holds anything but a map of fields."""
    if not found or found[0] is None:
        hint = "write its fields, beginning with the title or the name, or delete the file"
        return Fault(0, "empty-file", "the file holds nothing", hint)
    if isinstance(found[0], dict):
        return None
    what = "a list" if isinstance(found[0], list) else "only text"
    begin = shown(text.strip().split("\n", 1)[0])
    message = f"the file holds {what} and no fields: it begins with {begin}"
    hint = "begin each line with a field, as in: title: Client onboarding"
    return Fault(0, "not-a-map", message, hint)


def second_document(at: int) -> Fault:
    """A line of three dashes with something before it."""
    message = 'a second document begins here, after "---"'
    hint = 'take the line "---" out, or put what follows into a file of its own'
    return Fault(at, "several-documents", message, hint)


def alias(text: str, at: int, end: int, *, flow: bool) -> Fault:
    """A name in place of a part, or a text that only begins like one."""
    more = rest(text, end)
    if more and not more.startswith(("#", ",", "]", "}")):
        return leading(text, at, flow=flow)
    return no_alias(at, text[at:end])


def anchor_or_tag(text: str, event: Any, *, flow: bool) -> Fault:
    """A name for a part or a tag, either of which any value may carry."""
    at = event.start_mark.index
    if event.anchor is not None:
        return no_alias(at, rest(text, at).partition(" ")[0])
    return leading(text, at, flow=flow) if event.tag == "!" else no_tag(text, at)


def key_again(at: int, name: str, line: int, *, begins_another: bool) -> Fault:
    """A key that the same map has on an earlier line."""
    message = f"the key {shown(name)} stands here again; it is already on line {line}"
    hint = "keep one of them and take the other out"
    if begins_another:
        hint = 'does another step begin here? Then write "- " before it; if not, take it out'
    return Fault(at, "duplicate-key", message, hint)


def too_deep(at: int) -> Fault:
    """One list or map too many inside of others."""
    message = f"this is the {DEEPEST + 1}st level of lists and maps inside each other"
    hint = f"at most {DEEPEST} are read; our own files need fewer than ten"
    return Fault(at, "too-deep", message, hint)


def bad_key(text: str, outer: Frame, at: int, route: Route) -> Fault:
    """A list or a map where a key belongs: mostly it is a template's braces."""
    for begin in (outer.start, at):
        if text.startswith("{{", begin):
            return leading(text, begin, flow=False)
    message = f"a key must be a word, not a list or a map: {shown(rest(text, at))}"
    hint = "begin the line with a word and a colon, or put quotes around the whole text"
    return Fault(at, "bad-yaml", message, hint, route)


def is_told(text: str, frame: Frame, written: str) -> bool:
    """Whether this word between braces has no colon, and neither had the one before it.

    Where a value is missing something was told, and the first of such words tells of all.
    """
    return (
        frame.flow
        and frame.is_map
        and not written
        and not _COLON.match(text, frame.key_end)
        and next(reversed(frame.data.values()), "") is None
    )


def no_value(text: str, frame: Frame, at: int, written: str, route: Route) -> Fault:
    """An entry or a key with nothing, or with a word for nothing; it is told at the key."""
    name = frame.key
    if name is None:
        hint = "write something behind the dash, or take the line out"
        return Fault(at, "empty-value", "this entry of the list is empty", hint)
    if frame.flow and not written and not _COLON.match(text, frame.key_end):
        return _no_colon(text, frame, name, route)
    if written:
        message = f"{shown(name)} has no value: {written} stands for none"
        hint = f'write a value or take the line out; a word needs quotes: "{written}"'
        return Fault(at, "empty-value", message, hint)
    number = re.compile(r": (#\S[^\r\n]*)").match(text, frame.key_end)
    if number:
        message = f"a # after a space begins a comment: {shown(number[1])}"
        hint = f"put quotes around the text: {name}: {quoted(to_copy(number[1]))}"
        return Fault(number.start(1), "comment-in-text", message, hint)
    hint = "write a value behind the colon, or take the line out"
    return Fault(frame.key_at, "empty-value", f"{shown(name)} has no value", hint)


def _no_colon(text: str, frame: Frame, name: str, route: Route) -> Fault:
    """A word between braces that nothing makes a key."""
    if re.fullmatch(r"[\w-]+:\S+", name):
        message = f"no space stands behind the colon: {shown(name)}"
        right = name.replace(":", ": ", 1)
        return Fault(frame.key_at, "bad-yaml", message, f"write: {{{to_copy(right)}}}")
    message = f"{shown(name)} stands between braces without a colon and a value"
    hint = "put quotes around text that holds a comma or stands between braces: "
    more = _MORE_WORDS.match(text, frame.key_end)
    end = more.end() if more else frame.key_end
    key, _, whole = text[frame.start + 1 : end].rpartition(": ")
    alone = not key
    example = quoted("{" + to_copy(whole) + "}") if alone else quoted(to_copy(whole))
    if not alone and not _CONDITIONS.isdisjoint(route):
        hint = "put brackets around several values: "
        example = to_copy(f"{{{key}: [{whole}]}}")
    return Fault(frame.key_at, "needs-quotes", message, hint + example)


def cut_short(text: str, start: int, last: Last, *, flow: bool) -> Fault | None:
    """The fault, if a # makes a comment of the end of the plain text that was read last."""
    at = cut_off(text, last)
    if at is None:
        return None
    lost = rest(text, at, flow=flow)
    message = f"a comment begins here and cuts the text short: {shown(lost)}"
    whole = quoted(to_copy(text[start:at] + lost))
    hint = f'put quotes around it: {whole}; a comment is written "  # like this"'
    if re.fullmatch("[a-z0-9]+(-[a-z0-9]+)+", text[start:at].strip()) and lost[1:2].isalpha():
        # What stands before it is an id, and that is all there can be.
        right = f"{text[start:at].strip()}  # {to_copy(lost[1:])}"
        hint = f"if it is a comment, write: {right}; if it is text, put quotes around it: {whole}"
    return Fault(at, "comment-in-text", message, hint)
