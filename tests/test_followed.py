"""Hints, followed to the letter: what they say to write is written, and that problem is gone.

Nothing may come up instead, but for what is told here with its reason.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gitted import commit
from laid import TESTS, TODAY, lay, load, look
from sopwith.making import since
from sopwith.problem import Problem
from sopwith.read import Reading
from sopwith.report import in_order
from sopwith.workspace import Inputs, open_workspace

Said = tuple[str, str, str]
FOLDER = TESTS / "cases"
CASES = [path for path in sorted(FOLDER.glob("*/*.yml")) if load(path).get("problems")]

# What keeps a file from being read hides all else that is wrong with it.
HIDES = {"bad-file-name", "bad-indent", "bad-yaml", "comment-in-text", "needs-quotes", "stray-file"}
# A right word in a wrong place is the next true thing to say.
NEXT = {
    "unknown-name/branch": "bad-template",
    "wrong-form/id": "unknown-client",
}


def judged(root: Path, rev: str | None) -> tuple[Reading, tuple[Problem, ...]]:
    """What is wrong with a library as it lies there."""
    reading, problems, _ = look(root)
    if rev:
        work = open_workspace(Inputs(root, today=TODAY))
        problems = in_order(since(work, rev, problems))
    return reading, problems


# How a hint is followed --------------------------------------------------------------------------


class Follower:
    """Somebody who does what a hint says, with a text editor, and thinks no further."""

    def __init__(self, root: Path, problem: Problem, reading: Reading) -> None:
        assert problem.place
        self.problem, self.root = problem, root
        self.path = root / problem.place.path
        self.text = self.path.read_text("utf-8")
        lines = self.text.splitlines(keepends=True)
        self.line_start = sum(map(len, lines[: problem.place.line - 1]))
        self.at = self.line_start + problem.place.column - 1
        end = self.text.find("\n", self.line_start)
        self.line_end = end if end >= 0 else len(self.text)
        source = reading.sources.get(problem.place.path)
        self.value: object = source.data if source else None
        for step in problem.spot.route:
            self.value = self.value[step] if source else None  # type: ignore[index]

    def put(self, start: int, end: int, new: str) -> None:
        self.path.write_text(self.text[:start] + new + self.text[end:], "utf-8")

    def wrong(self) -> str:
        """The wrong word, as it stands at the place: the message says it between quotes."""
        here = self.text[self.at :].lstrip("\"'")
        quoted = re.findall('"([^"]+)"', self.problem.message)
        return next(filter(here.startswith, quoted), "") or re.split(r"[\s,:}\]\"']", here)[0]

    def word(self, right: str) -> None:
        """Write this word in place of the wrong one, or of the part of it that is most like it."""
        if not self.problem.spot.route and self.problem.place and self.problem.place.line == 1:
            self.file_name(right)
            return
        spot = self.problem.spot
        value = " ".join(self.value.split()) if isinstance(self.value, str) else ""
        if value and value in self.problem.message and not (spot.part or spot.key):
            self.whole(right)
            return
        wrong = self.wrong()
        pieces = re.split(r"[./@]", wrong)
        if len(pieces) > 1 and not re.search(r"[./@]", right):
            wrong = difflib.get_close_matches(right, pieces, 1, 0)[0]
        start = self.text.index(wrong, self.at)
        self.put(start, start + len(wrong), right)

    def file_name(self, right: str) -> None:
        (wrong,) = re.findall('"([^"]+)"', self.problem.message)[:1]
        path = str(self.path.relative_to(self.root)).replace(wrong, right)
        self.rename(path)

    def rename(self, path: str) -> None:
        (self.root / path).parent.mkdir(exist_ok=True)
        self.path.rename(self.root / path)

    def rename_here(self, name: str) -> None:
        self.rename(f"{self.path.parent.relative_to(self.root)}/{name}")

    def whole(self, right: str) -> None:
        """Write this in place of the whole value, which stands on one line."""
        value = str(self.value)
        start = self.text.index(value, self.line_start)
        start -= self.text[start - 1] in "\"'"
        end = start + len(value) + (self.text[start] in "\"'" and value[0] not in "\"'") * 2
        self.put(start, end, right)

    def literal(self, right: str) -> None:
        """Write this in place of what stands there: from its key on, if it has one."""
        key = re.match(r"([\w-]+: )", right)
        line = self.text[self.line_start : self.line_end]
        braces = re.search(r"\{[^{}]*\}", line)
        if right.startswith("{") and braces:
            self.put(self.line_start + braces.start(), self.line_start + braces.end(), right)
        elif isinstance(self.value, str) and key and key[1] not in line:
            self.whole(right)
        elif self.problem.spot.route and self.value is not None and key:
            begin = self.text.rindex(key[1].rstrip(" "), 0, self.line_end + 1)
            self.put(begin, self.end_of_value(begin), right)
        elif "  # " in right:
            begin = line.index(right.split()[0])
            self.put(self.line_start + begin, self.line_end, right)
        elif key and key[1] in line:
            begin = self.line_start + line.index(key[1])
            self.put(begin, self.end_of_value(begin), right)
        else:
            inner = re.sub(r"^['\"{]|['\"}]$", "", right).replace("''", "'")
            words = r"\s*".join(map(re.escape, inner.split())).replace(":", r"\s*[:=]", 1)
            found = re.search(rf"([\"']?){words}\1", line)
            assert found, f"{inner} does not stand in {line}"
            self.put(self.line_start + found.start(), self.line_start + found.end(), right)

    def end_of_value(self, begin: int) -> int:
        """Where the value of the key at `begin` ends: on its line, or with the lines below it."""
        depth = 0
        end = self.text.find("\n", begin)
        for at in range(begin, end):
            depth += (self.text[at] in "[{") - (self.text[at] in "]}")
            if depth < 0 or (depth == 0 and self.text[at] == "," and self.in_braces(begin)):
                return at
        indent = (
            begin - self.text.rindex("\n", 0, begin) - 1 if "\n" in self.text[:begin] else begin
        )
        for below in self.text[end + 1 :].splitlines(keepends=True):
            if len(below) - len(below.lstrip(" ")) <= indent:
                break
            end += len(below)
        return end

    def in_braces(self, at: int) -> bool:
        line = self.text[self.line_start : at]
        return line.count("{") > line.count("}")

    def column(self, right: str) -> None:
        """Begin the line in that column, and move what belongs to it as far."""
        by = int(right) - (self.at - self.line_start + 1)
        as_far = "as far" in self.problem.hint
        lines = self.text[self.line_start :].splitlines(keepends=True)
        own, count = self.at - self.line_start, 1
        while (
            as_far
            and count < len(lines)
            and len(lines[count]) - len(lines[count].lstrip(" ")) > own
        ):
            count += 1
        moved = [" " * by + one if by > 0 else one[-by:] for one in lines[:count]]
        size = sum(map(len, lines[:count]))
        self.put(self.line_start, self.line_start + size, "".join(moved))

    def above(self, right: str) -> None:
        """Begin the line above in that column."""
        start = self.text.rindex("\n", 0, self.line_start - 1) + 1
        line = self.text[start : self.line_start].lstrip(" ")
        self.put(start, self.line_start, " " * (int(right) - 1) + line)

    def above_changes(self, right: str) -> None:
        at = self.text.index("changes:\n")
        self.put(at, at, f"{right}\n")

    def version(self, right: str) -> None:
        self.put(self.at, self.line_end, f'"{right}"')

    def both(self, entry: str) -> None:
        """Write the version of this entry, and the entry."""
        self.version(entry.split('"')[1])
        self.text = self.path.read_text("utf-8")
        self.entry(entry)

    def entry(self, right: str) -> None:
        known = {"DAY": f"{TODAY}", "YOU": "dana", "WHAT IS NEW": "More"}
        for word, said in known.items():
            right = right.replace(word, said)
        at = self.text.index("changes:\n") + len("changes:\n")
        self.put(at, at, f"  - {right}\n")

    def version_and_newest(self, right: str) -> None:
        self.version(right)
        text = self.path.read_text("utf-8")
        first = re.compile(r'(changes:\n  - \{version: )"[\d.]+"')
        self.path.write_text(first.sub(rf'\g<1>"{right}"', text), "utf-8")


FORMS: tuple[tuple[str, Callable[[Follower, str], None]], ...] = (
    (r'did you mean "([^"]+)"\?', Follower.word),
    (
        r"use small letters, digits and hyphens: (\S+)",
        lambda me, to: me.rename(f"{me.path.parent.relative_to(me.root)}/{to}"),
    ),
    (
        r"rename it to (\S+)",
        lambda me, to: me.rename(f"{me.path.parent.relative_to(me.root)}/{to}"),
    ),
    (r"move it to ([^<]+)$", Follower.rename),
    (r"begin it in column (\d+)", Follower.column),
    (r"write (id: \S+) back", Follower.literal),
    (r"begin the line above in column (\d+)", Follower.above),
    (r"write, above changes, (former_steps: .+)", Follower.above_changes),
    (r'.*write version: "([\d.]+)" here and in its newest change', Follower.version_and_newest),
    (r'.*write version: "[\d.]+" and a first entry under changes: - (\{.*?\})', Follower.both),
    (r'write "[\d.]+" here and in a first entry under changes: - (\{.*?\})', Follower.both),
    (r'write "([\d.]+)" here and in its change', Follower.version_and_newest),
    (r'(?:.*; )?write version: "([\d.]+)"', Follower.version),
    (r"write a first entry under changes: - (\{.*?\})", Follower.entry),
    (r"put (?:quotes|br\w+) around [^:]*: ((?:[\w-]+: |[{\"']).+?)(?:; .*)?$", Follower.literal),
    (r"write(?: it as a list)?: ((?:[\w-]+: |[{\"']).+?)(?:; .*)?$", Follower.literal),
    (r"if it is a comment, write: (.+); if", Follower.literal),
    (r"write it without a list: (.+)", Follower.literal),
    (r"only one can stand here: (.+?)(?:; .*)?$", Follower.literal),
    (r"that is a step; write: (.+)", Follower.whole),
    (r'(?:a step is named by its id: )?write "([^"]+)"$', Follower.whole),
    (r"write ([\w-]+), (?:as company.yml has it|its id)$", Follower.whole),
    (r"keep one of them: (.+)", Follower.literal),
)


def form_of(hint: str) -> tuple[Callable[[Follower, str], None], str] | None:
    """How this hint is followed, and what it says to write; None where it says nothing to copy."""
    found = ((follow, re.match(form, hint)) for form, follow in FORMS)
    return next(((follow, match[1]) for follow, match in found if match), None)


def laid(path: Path, root: Path) -> Path:
    """The library of a case, with its past."""
    case = load(path)
    for state in case.get("past", ()):
        commit(lay(root, state))
    return lay(root, case)


def said(problem: Problem) -> Said:
    assert problem.place
    return problem.place.path, problem.code, problem.message


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_who_follows_a_hint_is_rid_of_the_problem(path: Path, tmp_path: Path) -> None:
    since_ = load(path).get("since")
    reading, problems = judged(laid(path, tmp_path / "0"), since_)
    for number, problem in enumerate(problems, 1):
        form = form_of(problem.hint)
        if form is None:
            continue
        follow, right = form
        root = laid(path, tmp_path / str(number))
        follow(Follower(root, problem, reading), right)
        _, after = judged(root, since_)
        known = {said(one) for one in problems} - {said(problem)}
        new = [one for one in after if said(one) not in known]
        assert all(one.code != problem.code or one.place != problem.place for one in new), new
        allowed = NEXT.get(f"{path.parent.name}/{path.stem}")
        if problem.code not in HIDES:
            assert [one for one in new if one.code != allowed] == []


def test_every_form_of_hint_has_a_case_that_is_followed() -> None:
    hints = [load(path).get("hint", "") for path in CASES]
    unused = [form for form, _ in FORMS if not any(re.match(form, hint) for hint in hints)]
    assert unused == []
