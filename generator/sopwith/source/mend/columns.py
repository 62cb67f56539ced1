"""A line that begins in the wrong column, so that it belongs to nothing above it."""

from __future__ import annotations

import re

from sopwith.source.fault import Fault, shown
from sopwith.source.mend.complaint import Complaint
from sopwith.source.mend.ends import after_end, end_line
from sopwith.source.wording import BULLETS, bullet, line_of, line_start, no_key, tab


def indent(c: Complaint) -> Fault:
    """A line that does not belong to those above it."""
    ended = after_end(c) or tab(c.text, c.at)
    if ended:
        return ended
    if re.search(r"^\.\.\.", c.text[c.last.end : c.at], re.MULTILINE):
        return end_line(c)
    if c.char == ":":
        return no_key(c.at)
    if c.char and c.char in "]}":
        message = f'"{c.char}" closes what was never opened: {shown(line_of(c.text, c.at))}'
        return Fault(c.at, "unclosed-bracket", message, "take it out, or open it where it begins")
    return misplaced(c, c.at)


def misplaced(c: Complaint, at: int) -> Fault:
    """An entry or a key that begins in another column than those it belongs with."""
    line = shown(line_of(c.text, at))
    if c.text[at : at + 1] and c.text[at] in BULLETS:
        return bullet(c.text, at)
    own, above = at - line_start(c.text, at) + 1, _column_above(c.text, at)
    if above and above != own:
        message = f"this entry begins in column {own}, and the one above in column {above}: {line}"
        hint = f"begin it in column {above}"
        if _column_below(c.text, at) != above + 2:
            hint += ", and move its other lines as far"
        return Fault(at, "bad-indent", message, hint)
    same = at - line_start(c.text, at) == c.began - line_start(c.text, c.began)
    message = f"this line begins in column {own}, which fits none above it: {line}"
    hint = _fitting(c.text, at)
    if same and c.char == "-":
        message = f"an entry of a list stands where a key belongs: {line}"
        hint = "write the key of the list on a line above it, as in: tools:"
    elif same and "block collection" in c.doing:
        message = f"a line without a dash stands in a list: {line}"
        column = _text_of_entry(c.text, at)
        hint = f"begin it in column {column}, as the text behind the dash above; "
        hint += "if another entry begins here, put a dash before it"
    behind = _behind_dash(c.text, at)
    if same and behind and _dash(c.text, at) > own:
        behind = 0  # the line above is of a list within the entry that this line belongs to
    if behind and c.char != "-" and _column_below(c.text, at) == own < behind:
        # One line that stands wrong is likelier than two.
        hint = f"begin the line above in column {_dash(c.text, at) - behind + own}, "
        hint += "so that its text stands above this one"
    elif behind and c.char != "-":
        hint = f"begin it in column {behind}, as the text behind the dash above, or move that line"
    return Fault(at, "bad-indent", message, hint)


def _behind_dash(text: str, at: int) -> int:
    """The column, from 1, of the text behind the dash on the line above; 0 if there is none."""
    lines = text[: line_start(text, at)].splitlines()
    found = re.match(r" *- +(?=\S)", lines[-1]) if lines else None
    return found.end() + 1 if found else 0


def _dash(text: str, at: int) -> int:
    """The column, from 1, in which the line above begins."""
    above = text[: line_start(text, at)].splitlines()[-1]
    return len(above) - len(above.lstrip(" ")) + 1


def _column_below(text: str, at: int) -> int:
    """The column, from 1, in which the next line begins; 0 if there is none."""
    found = re.compile(r"[^\n]*\n( *)\S").match(text, at)
    return len(found[1]) + 1 if found else 0


def _fitting(text: str, at: int) -> str:
    """The columns of the keys above that are still open, the nearest first."""
    start, open_keys = line_start(text, at), dict[int, str]()
    for line in reversed(text[:start].splitlines()):
        key = re.match(r"( *(?:- +)?)([\w-]+):(?: |$)", line)
        column = len(key[1]) + 1 if key else 0
        if key and column < min(open_keys, default=column + 1):
            open_keys[column] = key[2]
    own = at - start + 1
    nearest = sorted(open_keys, key=lambda column: abs(column - own))[:2]
    if nearest[1:] and abs(nearest[0] - own) < abs(nearest[1] - own):
        nearest.pop()
    if not nearest:
        return "begin it in the same column as the lines that it belongs with"
    return "begin it in " + ", or in ".join(f'column {n}, as "{open_keys[n]}"' for n in nearest)


def _text_of_entry(text: str, at: int) -> int:
    """The column, from 1, of the text behind the nearest dash above in the same column."""
    own = at - line_start(text, at)
    dash = re.compile(rf"^( {{{own}}}- +)\S", re.MULTILINE)
    found = dash.findall(text[: line_start(text, at)])
    return len(found[-1]) + 1 if found else 1


def _column_above(text: str, at: int) -> int:
    """The column, from 1, nearest to this one of an entry above that begins alike; 0 for none."""
    begin = re.match(r"- +[\w-]+:", line_of(text, at))
    if begin is None:
        return 0
    start = line_start(text, at)
    above = [(one, one.lstrip(" ")) for one in reversed(text[:start].splitlines())]
    indents = [len(one) - len(bare) for one, bare in above if bare.startswith(begin[0])]
    return min(indents, key=lambda indent: abs(indent - (at - start)), default=-1) + 1
