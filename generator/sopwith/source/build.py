"""The parser's events -> plain data, judged one by one, before anything is composed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import yaml

from sopwith.problem import Route
from sopwith.source.fault import Fault, Stop, cut, quoted, shown
from sopwith.source.lines import Lines
from sopwith.source.mend import mend
from sopwith.source.text import odd_character
from sopwith.source.wording import Last, cut_off, leading, no_alias, no_key, no_tag, rest

Data = dict[str, "Data"] | list["Data"] | str | bool
"""All that a file can hold: maps with text keys, lists, text, and true or false."""

_DEEPEST = 50
# More than anyone mends at once; it keeps a file of nothing but faults from taking minutes.
_MOST_FAULTS = 100
_BOOLEANS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_CONDITIONS = frozenset(("when", "applies_to"))
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_COLON = re.compile(r"\s*:")


class Mark(NamedTuple):
    """Where a part stands, as indexes into the text; `key` is `start` where it has no key.

    `style` is how a text is quoted: "'", '"', "|", ">", or empty.
    """

    key: int
    start: int
    end: int
    style: str
    parts: Parts


Parts = Mapping[str | int, Mark]
_NONE: Parts = {}


class _Frame:
    """A list or map that is still open."""

    __slots__ = (
        "begins_another",
        "data",
        "flow",
        "is_map",
        "key",
        "key_at",
        "key_end",
        "parts",
        "start",
    )

    def __init__(self, data: Any, start: int, flow: bool) -> None:
        self.data = data
        self.is_map = isinstance(data, dict)
        self.start = start
        self.flow = flow
        self.parts: dict[str | int, Mark] = {}
        self.key: str | None = None
        self.key_at = self.key_end = 0
        self.begins_another = False

    @property
    def step(self) -> str | int:
        """The step of the route that leads to the part which is read next."""
        return len(self.data) if self.key is None else self.key


def build(text: str) -> tuple[Data | None, Mark, list[Fault]]:
    """Read a text in one pass: its data, the marks of each part, and all that is wrong.

    A fault that leaves the rest readable does not end the reading. The data is of use only when
    nothing is wrong. Any text is fine; it never raises.
    """
    builder = _Builder(text)
    try:
        builder.read()
    except Stop as stop:
        builder.faults.append(stop.fault)
    except (yaml.YAMLError, UnicodeError) as error:
        builder.complain(error)
    else:
        builder.end()
    top = builder.open[0]
    return (
        top.data[0] if top.data else None,
        Mark(0, 0, 0, "", top.parts[0].parts if top.parts else {}),
        builder.faults,
    )


class _Builder:
    """What is known while the events of one text go by."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.faults: list[Fault] = []
        # The outermost frame is a list that stands for the file and holds what is in it.
        self.open = [_Frame([], 0, flow=False)]
        self.documents = 0
        self.latest = ("", 0, 0)

    @property
    def last(self) -> Last:
        """What was read last, given its names only where a fault asks for it."""
        return Last(*self.latest)

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.text)

    @property
    def route(self) -> Route:
        return tuple(frame.step for frame in self.open[1:])

    def read(self) -> None:
        """Take every event to the method for its kind."""
        take: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.start,
            yaml.SequenceStartEvent: self.start,
            yaml.MappingEndEvent: self.finish,
            yaml.SequenceEndEvent: self.finish,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
        }
        next_event = yaml.CLoader(self.text).get_event
        while (event := next_event()) is not None:
            taker = take.get(type(event))
            if taker:
                taker(event)

    def fault(self, at: int, code: str, message: str, hint: str) -> None:
        fault = Fault(at, code, message, hint, self.route)
        if len(self.faults) == _MOST_FAULTS - 1:
            raise Stop(fault)
        self.faults.append(fault)

    def complain(self, error: Exception) -> None:
        """Add the fault behind a complaint of the parser, unless it only follows from another."""
        cut_at = cut_off(self.text, self.last)
        if cut_at is not None and self.faults and self.faults[-1].at == cut_at:
            return
        brackets = (f.start for f in reversed(self.open) if f.flow and self.text[f.start] in "[{")
        fault = mend(self.text, error, self.last, next(brackets, None))
        # What was found inside of something that never ends may not be so.
        self.faults = [known for known in self.faults if known.at < fault.at]
        self.faults.append(fault)

    def end(self) -> None:
        """Judge the file as a whole."""
        found = self.open[0].data
        if not found or found[0] is None:
            hint = "write its fields, beginning with the title or the name, or delete the file"
            self.faults = [Fault(0, "empty-file", "the file holds nothing", hint)]
        elif not isinstance(found[0], dict):
            what = "a list" if isinstance(found[0], list) else "only text"
            begin = shown(self.text.strip().split("\n", 1)[0])
            message = f"the file holds {what} and no fields: it begins with {begin}"
            hint = "begin each line with a field, as in: title: Client onboarding"
            self.faults = [Fault(0, "not-a-map", message, hint)]

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            message = 'a second document begins here, after "---"'
            hint = 'take the line "---" out, or put what follows into a file of its own'
            raise Stop(Fault(event.start_mark.index, "several-documents", message, hint))

    def alias(self, event: Any) -> None:
        at, end = event.start_mark.index, event.end_mark.index
        more = rest(self.text, end)
        if more and not more.startswith(("#", ",", "]", "}")):
            raise Stop(leading(self.text, at, flow=self.open[-1].flow))
        raise Stop(no_alias(at, self.text[at:end]))

    def judge(self, event: Any) -> None:
        """Refuse names for parts and tags, which any value may carry."""
        at = event.start_mark.index
        if event.anchor is not None:
            raise Stop(no_alias(at, rest(self.text, at).partition(" ")[0]))
        if event.tag == "!":
            raise Stop(leading(self.text, at, flow=self.open[-1].flow))
        raise Stop(no_tag(self.text, at))

    def scalar(self, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self.judge(event)
        start, end = event.start_mark.index, event.end_mark.index
        style, value = event.style or "", event.value
        if style or value:
            self.latest = (style or "plain", start, end)
        frame = self.open[-1]
        if style == '"':
            self.look_for_odd(start, value)
        elif not style and self.text[end : end + 1] in (" ", "\t"):
            self.look_for_comment(start)
        if frame.key is None and frame.is_map:
            self.key(frame, start, end, value, plain=not style)
            return
        if not style:
            if value in _NOTHING:
                self.nothing(frame, start, value)
                value = None
            else:
                value = _BOOLEANS.get(value, value)
        self.add(value, start, end, style)

    def key(self, frame: _Frame, start: int, end: int, name: str, *, plain: bool) -> None:
        if plain and name == "<<":
            raise Stop(no_alias(start, name))
        if plain and not name:
            raise Stop(no_key(start))
        frame.key = name
        if name in frame.data:
            self.again(frame, start, name)
        frame.key_at, frame.key_end = start, end

    def again(self, frame: _Frame, start: int, name: str) -> None:
        """Say that a key was there; an id most likely begins another entry, with all that follows.

        One that stands there again for that reason is not told of.
        """
        if frame.begins_another:
            return
        frame.begins_another = name == "id"
        line = self.lines.place("", frame.parts[name].key).line
        message = f"the key {shown(name)} stands here again; it is already on line {line}"
        hint = "keep one of them and take the other out"
        if frame.begins_another:
            hint = 'does another step begin here? Then write "- " before it; if not, take it out'
        self.fault(start, "duplicate-key", message, hint)

    def add(self, value: Any, start: int, end: int, style: str = "", parts: Parts = _NONE) -> None:
        frame = self.open[-1]
        if frame.key is None:
            frame.parts[len(frame.data)] = Mark(start, start, end, style, parts)
            frame.data.append(value)
        else:
            frame.parts[frame.key] = Mark(frame.key_at, start, end, style, parts)
            frame.data[frame.key] = value
            frame.key = None

    def start(self, event: Any) -> None:
        at = event.start_mark.index
        if event.anchor is not None or event.tag is not None:
            self.judge(event)
        outer = self.open[-1]
        if outer.key is None and outer.is_map:
            raise Stop(self.bad_key(outer, at))
        if len(self.open) > _DEEPEST:
            message = f"this is the {_DEEPEST + 1}st level of lists and maps inside each other"
            hint = f"at most {_DEEPEST} are read; our own files need fewer than ten"
            raise Stop(Fault(at, "too-deep", message, hint, self.route))
        data: Any = {} if type(event) is yaml.MappingStartEvent else []
        self.open.append(_Frame(data, at, bool(event.flow_style)))

    def finish(self, event: Any) -> None:
        frame = self.open.pop()
        end = event.end_mark.index
        if frame.flow and self.text[frame.start] in "[{":
            self.latest = ("flow", frame.start, end)
        self.add(frame.data, frame.start, end, parts=frame.parts)

    def bad_key(self, outer: _Frame, at: int) -> Fault:
        """Say why a list or a map stands where a key belongs: mostly it is a template's braces."""
        for begin in (outer.start, at):
            if self.text.startswith("{{", begin):
                return leading(self.text, begin, flow=False)
        message = f"a key must be a word, not a list or a map: {shown(rest(self.text, at))}"
        hint = "begin the line with a word and a colon, or put quotes around the whole text"
        return Fault(at, "bad-yaml", message, hint, self.route)

    def nothing(self, frame: _Frame, start: int, value: str) -> None:
        """Say that a value is missing, at the key where there is one."""
        if len(self.open) == 1:
            return
        if frame.key is None:
            hint = "write something behind the dash, or take the line out"
            self.fault(start, "empty-value", "this entry of the list is empty", hint)
            return
        name = frame.key
        if frame.flow and not value and not _COLON.match(self.text, frame.key_end):
            if re.fullmatch(r"[\w-]+:\S+", name):
                message = f"no space stands behind the colon: {shown(name)}"
                right = name.replace(":", ": ", 1)
                self.fault(frame.key_at, "bad-yaml", message, f"write: {{{cut(right)}}}")
                return
            message = f"{shown(name)} stands between braces without a colon and a value"
            hint = "put quotes around text that holds a comma or stands between braces: "
            whole = self.text[frame.start + 1 : frame.key_end].rpartition(": ")[2]
            example = quoted(cut(whole)) if whole != name else quoted("{" + cut(name) + "}")
            if whole != name and not _CONDITIONS.isdisjoint(self.route):
                key = self.text[frame.start + 1 : frame.key_end].rpartition(": ")[0]
                hint = "put brackets around several values: "
                example = cut(f"{{{key}: [{whole}]}}")
            self.fault(frame.key_at, "needs-quotes", message, hint + example)
        elif value:
            message = f"{shown(name)} has no value: {value} stands for none"
            hint = f'write a value or take the line out; a word needs quotes: "{value}"'
            self.fault(start, "empty-value", message, hint)
        else:
            hint = "write a value behind the colon, or take the line out"
            self.fault(frame.key_at, "empty-value", f"{shown(name)} has no value", hint)

    def look_for_comment(self, start: int) -> None:
        at = cut_off(self.text, self.last)
        if at is None:
            return
        lost = rest(self.text, at, flow=self.open[-1].flow)
        message = f"a comment begins here and cuts the text short: {shown(lost)}"
        whole = quoted(cut(self.text[start:at] + lost))
        hint = f'put quotes around it: {whole}; a comment is written "  # like this"'
        self.fault(at, "comment-in-text", message, hint)

    def look_for_odd(self, start: int, value: str) -> None:
        odd = odd_character(value)
        if odd:
            self.fault(start, odd.code, odd.message, odd.hint)
