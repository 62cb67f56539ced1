"""A text that is no due date -> what is wrong with it, and what was meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sopwith.due.forms import LAST, amount
from sopwith.problem import nearest


class Unreadable(ValueError):
    """A text that is no due date.

    `part` holds the wrong words as they are written, `suggestion` a whole text that can be read,
    or nothing where what was meant cannot be guessed.
    """

    def __init__(self, message: str, part: str, suggestion: str = "", *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.part = part
        self.suggestion = suggestion
        self._hint = hint

    @property
    def hint(self) -> str:
        """What to write instead, or how due dates look."""
        if self.suggestion:
            return f'write "{self.suggestion}"'
        if self._hint:
            return self._hint
        return f'write it as in "2 business days after kickoff", "on kickoff" or "{LAST}"'


_LEAVE_OUT = "what has no date yet has no due: take the line out"
_UNITS = ("business days", "days", "weeks", "months", "business hours")
_UNIT_OF = {form: unit for unit in _UNITS for form in (unit, unit.removesuffix("s"))}
_OTHER_UNITS = {
    "hours": "business hours",
    "hour": "business hours",
    "working days": "business days",
    "working day": "business days",
    "workdays": "business days",
    "workday": "business days",
    "bd": "business days",
    "bds": "business days",
}
_SIDES = {
    "before": "before",
    "after": "after",
    "from": "after",
    "following": "after",
    "of": "after",
}
_NOTHING = frozenset(("n/a", "na", "none", "tbd", "tba", "no", "-", "?", "never", "open"))
_DAY = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}")
_SAME_DAY = re.compile(r"(?:0 (?:business )?[a-z]+ (?:after|before)|(?:the )?same day as) (.+)")
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {"a": 1, "an": 1, "the": 1} | {word: n for n, word in enumerate(_WORDS, 1)}
_LONGEST = 200  # characters; what is longer is no due date gone wrong, and is not guessed at


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some words as written, what should stand there (empty: who knows), and what is wrong."""

    written: str
    right: str
    fault: str = ""


def no_due(text: str, events: Collection[str], read: Callable[[str], object]) -> Unreadable:
    """Explain a text that should be a due date; `read` tries whether a guess can be read."""
    plain = " ".join(text.split()).lower()
    if plain in _NOTHING:
        return Unreadable(f'"{text.strip()}" is no due date', text.strip(), hint=_LEAVE_OUT)
    if _DAY.fullmatch(plain):
        message = f'"{text.strip()}" is one day, and a due date holds for every client'
        return Unreadable(message, text.strip())
    same_day = _SAME_DAY.fullmatch(plain)
    if same_day and read(f"on {same_day[1]}"):
        message = f'"{plain.removesuffix(same_day[1]).strip()}" is that day itself'
        return Unreadable(message, text.split()[0], f"on {same_day[1]}")
    return _explained(text, _pieces(_split(text), events), read)


def no_length(text: str, read: Callable[[str], object]) -> Unreadable:
    """Explain a text that should be a length of time."""
    return _explained(text, _length(_split(text)), read)


def _explained(text: str, pieces: Sequence[_Piece], read: Callable[[str], object]) -> Unreadable:
    wrong = next((piece for piece in pieces if piece.fault), None)
    suggestion = " ".join(piece.right for piece in pieces)
    if not pieces or not all(piece.right for piece in pieces) or read(suggestion) is None:
        suggestion = ""
    if not text.strip():
        return Unreadable("the due date is empty", "")
    if wrong is None:
        return Unreadable(f'"{text.strip():.60}" cannot be read as a due date', "", suggestion)
    # Words that stand on two lines cannot be pointed at as one: the first of them can.
    part = wrong.written if wrong.written in text else wrong.written.split()[0]
    return Unreadable(wrong.fault, part, suggestion)


def _split(text: str) -> list[str]:
    if len(text) > _LONGEST:
        return []
    return re.sub(r"^(\s*[0-9]+)(?=[a-z])", r"\1 ", text).split()


def _pieces(written: list[str], events: Collection[str]) -> list[_Piece]:
    first = written[0].lower() if written else ""
    has_side = any(word.lower() in _SIDES for word in written)
    if first[:1].isdigit() or (first in _NUMBERS and (has_side or first != "the")):
        return _dated(written, events)
    if first == "within" and written[1:]:
        count, *more = _dated(written[1:], events)
        return [_Piece(f"{written[0]} {count.written}", count.right, _unknown(written[0])), *more]
    if nearest(" ".join(written), (LAST, LAST.removeprefix("on "))):
        return _compared(written, LAST)
    if nearest(first, ("halfway",)) and "and" in written:
        middle = written.index("and")
        return [
            *_compared(written[:2], "halfway between"),
            _name(written[2:middle], events),
            _Piece("and", "and"),
            _name(written[middle + 1 :], events),
        ]
    if first in ("on", "at"):
        return [*_compared(written[:1], "on"), _name(written[1:], events)]
    if has_side:
        # To guess the day itself would move the date by as long as nobody could read.
        fault = f'"{" ".join(written):.60}" does not say how long before or after'
        return [_Piece(written[0], "", fault)]
    if nearest("-".join(written), events):
        fault = f'"{" ".join(written):.60}" does not say when: on that day, before or after?'
        return [_Piece(written[0], f"on {_name(written, events).right}", fault)]
    return [_Piece(written[0], "", _unknown(written[0]))] if written else []


def _dated(written: list[str], events: Collection[str]) -> list[_Piece]:
    """Take apart what begins with a number; the side tells the unit from the name."""
    sides = (at for at, word in enumerate(written) if nearest(word, _SIDES))
    at = next(sides, 0)
    if not at:
        fault = "this does not say what it is before or after"
        return [*_length(written[:3]), _Piece(written[-1], "", fault)]
    side = _SIDES[nearest(written[at], _SIDES) or "after"]
    pieces = [*_length(written[:at]), *_compared(written[at : at + 1], side)]
    rest = written[at + 1 :]
    if rest[:1] != ["step"]:
        return [*pieces, _name(rest, events, written[at])]
    before = "a date can be so long after a step, but not before it" if side == "before" else ""
    return [*pieces, _Piece("step", "" if before else "step", before), _name(rest[1:], (), "step")]


def _length(written: list[str]) -> list[_Piece]:
    """Take apart a number and a unit."""
    if not written:
        return []
    word, unit = written[0], " ".join(written[1:])
    number = _NUMBERS.get(word.lower(), int(word) if re.fullmatch("[0-9]{1,3}", word) else 0)
    fault = "" if word == str(number) and number else f'"{word:.60}" is not a number from 1 to 999'
    count = _Piece(word, str(number or ""), fault)
    if not unit:
        return [count, _Piece(word, "", f'"{word:.60}" of what? The unit is missing')]
    known = _UNIT_OF | _OTHER_UNITS
    meant = known.get(nearest(unit, known) or "")
    if meant is None:
        return [count, _Piece(unit, "", _unknown(unit))]
    if unit in _UNIT_OF:
        return [count, _Piece(unit, amount(number, meant).partition(" ")[2])]
    return [count, *_compared(written[1:], amount(number, meant).partition(" ")[2])]


def _name(written: list[str], events: Collection[str], after: str = "") -> _Piece:
    """Read everything that is left as one id: of an event, if `events` are given."""
    name = " ".join(written)
    if not written:
        return _Piece(after, "", "the end is missing: the id of an event or a step")
    slug = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")
    right = nearest(slug, events) or (slug if name == slug or not events else "")
    fault = f'"{name:.60}" is not an id: those are small letters, digits and hyphens'
    return _Piece(name, right, "" if name == slug else fault)


def _compared(written: Sequence[str], right: str) -> list[_Piece]:
    """Blame the first word that is not as it should be, or all of them if they are not as many."""
    whole, meant = " ".join(written), right.split()
    if len(written) != len(meant):
        return [_Piece(whole, right, _unknown(whole))]
    return [
        _Piece(word, wanted, "" if word == wanted else _unknown(word))
        for word, wanted in zip(written, meant, strict=True)
    ]


def _unknown(wrong: str) -> str:
    return f'due dates do not know "{wrong:.60}"'
