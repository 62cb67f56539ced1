"""The parser's events -> plain data, judged one by one, before anything is composed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import yaml

from sopwith.problem import Route
from sopwith.source.events import wrong
from sopwith.source.events.frame import Data, Frame
from sopwith.source.fault import Fault, Stop
from sopwith.source.lines import Lines
from sopwith.source.mend import mend
from sopwith.source.text import odd_character
from sopwith.source.wording import Last, cut_off, no_alias, no_key

# More than anyone mends at once; it keeps a file of nothing but faults from taking minutes.
_MOST_FAULTS = 100
_BOOLEANS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))


def build(text: str) -> tuple[Data | None, list[Fault]]:
    """Read a text in one pass: its data, and all that is wrong.

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
    found = builder.open[0].data
    return found[0] if found else None, builder.faults


class _Builder:
    """What is known while the events of one text go by."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.faults: list[Fault] = []
        # The outermost frame is a list that stands for the file and holds what is in it.
        self.open = [Frame([], 0, flow=False)]
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

    def fault(self, fault: Fault) -> None:
        """Add a fault that leaves the rest readable, at the part which is read."""
        fault = fault._replace(route=self.route)
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
        fault = wrong.no_fields(self.text, self.open[0].data)
        if fault:
            self.faults = [fault]

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise Stop(wrong.second_document(event.start_mark.index))

    def alias(self, event: Any) -> None:
        at, end = event.start_mark.index, event.end_mark.index
        raise Stop(wrong.alias(self.text, at, end, flow=self.open[-1].flow))

    def scalar(self, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            raise Stop(wrong.anchor_or_tag(self.text, event, flow=self.open[-1].flow))
        start, end = event.start_mark.index, event.end_mark.index
        style, value = event.style or "", event.value
        if style or value:
            self.latest = (style or "plain", start, end)
        frame = self.open[-1]
        if style == '"' or (not style and self.text[end : end + 1] in (" ", "\t")):
            self.look_into(start, style, value)
        if frame.key is None and frame.is_map:
            self.key(frame, start, end, value, plain=not style)
            return
        if not style:
            if value in _NOTHING:
                if len(self.open) > 1 and not wrong.is_told(self.text, frame, value):
                    self.fault(wrong.no_value(self.text, frame, start, value, self.route))
                value = None
            else:
                value = _BOOLEANS.get(value, value)
        self.add(value)

    def look_into(self, start: int, style: str, value: str) -> None:
        """Add what the parser lets pass: an escape for an odd character, a text cut short."""
        if style:
            odd = odd_character(value)
            fault = odd and odd._replace(at=start)
        else:
            fault = wrong.cut_short(self.text, start, self.last, flow=self.open[-1].flow)
        if fault:
            self.fault(fault)

    def key(self, frame: Frame, start: int, end: int, name: str, *, plain: bool) -> None:
        if plain and name == "<<":
            raise Stop(no_alias(start, name))
        if plain and not name:
            raise Stop(no_key(start))
        frame.key = name
        if name in frame.keys:
            self.again(frame, start, name)
        frame.keys[name] = frame.key_at = start
        frame.key_end = end

    def again(self, frame: Frame, start: int, name: str) -> None:
        """Say that a key was there; an id most likely begins another entry, with all that follows.

        One that stands there again for that reason is not told of.
        """
        if frame.begins_another:
            return
        frame.begins_another = name == "id"
        line = self.lines.place("", frame.keys[name]).line
        self.fault(wrong.key_again(start, name, line, begins_another=frame.begins_another))

    def add(self, value: Any) -> None:
        frame = self.open[-1]
        if frame.key is None:
            frame.data.append(value)
        else:
            frame.data[frame.key] = value
            frame.key = None

    def start(self, event: Any) -> None:
        at = event.start_mark.index
        if event.anchor is not None or event.tag is not None:
            raise Stop(wrong.anchor_or_tag(self.text, event, flow=self.open[-1].flow))
        outer = self.open[-1]
        if outer.key is None and outer.is_map:
            raise Stop(wrong.bad_key(self.text, outer, at, self.route))
        if len(self.open) > wrong.DEEPEST:
            raise Stop(wrong.too_deep(at)._replace(route=self.route))
        data: Any = {} if type(event) is yaml.MappingStartEvent else []
        self.open.append(Frame(data, at, bool(event.flow_style)))

    def finish(self, event: Any) -> None:
        frame = self.open.pop()
        if frame.flow and self.text[frame.start] in "[{":
            self.latest = ("flow", frame.start, event.end_mark.index)
        self.add(frame.data)
