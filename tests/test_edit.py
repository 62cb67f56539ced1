"""A YAML text and a change -> the text with only that changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from laid import TESTS, load
from sopwith import edit
from sopwith.edit.pen import scalar
from sopwith.problem import Route
from sopwith.source import Data, Source, parse

CASES = sorted((TESTS / "cases" / "edits").glob("*.yml"))
OURS = sorted((TESTS.parent / "clients").glob("*.yml")) + sorted(
    (TESTS.parent / "sops").rglob("*.yml")
)


def read(text: str) -> Source:
    source, problems = parse("a.yml", text.encode())
    assert source is not None, (text, problems)
    return source


# What people see: one change to a file, and the file after it ----------------------------------


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = load(path)
    for change in case["edits"]:
        before, after = change.get("text", case.get("text")), change["gives"]
        assert applied(before, change) == after, change["change"]


def applied(text: str, change: dict[str, Any]) -> str:
    """The text after a change, or the reason why there is none."""
    try:
        for what, route, *rest in change["change"]:
            text = DO[what](text, tuple(route), *rest)
    except edit.Unwritable as unwritable:
        return str(unwritable)
    return text


DO: dict[str, Callable[..., str]] = {
    "put": edit.put,
    "insert": edit.insert,
    "append": lambda text, route, value: edit.insert(text, route, value, None),
    "remove": edit.remove,
    "rename": edit.rename,
}


# Any file, in any hand -------------------------------------------------------------------------

WORDS = r"""a b plan Yes no 1.0 12:30 2026-11-20 2026-02-30 0x1F .5 1e3 ~ null y = << - -- ---
... @x #b b#c a:b a: {{x}} [x] it's "q" \n % & * ! | > ? ` x,y Łódź 日本 😀"""
words = st.sampled_from([*WORDS.split(), "", "\u00a0"])
texts = st.one_of(
    st.lists(words, max_size=6).map(" ".join),
    st.lists(words, max_size=40).map(" ".join),
    st.text(max_size=20),
    st.text("ab: #-\n\t'\"\\{}[],", max_size=12),
    st.lists(st.lists(words, max_size=4).map(" ".join), max_size=4).map("\n".join),
    st.from_regex(r"[-+]?[0-9._]{1,6}([eE:T-][-+0-9:]{1,5})?", fullmatch=True),
)
ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
keys = st.one_of(
    st.sampled_from(["a", "b", "c", "d", "due-date", "x/y@2", "on", "1.0", "k k", "it's"]),
    st.text("ab: #'\"-", min_size=1, max_size=4),
)
trees = st.recursive(
    st.one_of(texts.filter(lambda text: not ODD.search(text)), st.booleans()),
    lambda inner: st.one_of(
        st.dictionaries(keys, inner, min_size=1, max_size=4),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=12,
)
files = st.dictionaries(keys, trees, min_size=1, max_size=5)


class Hand:
    """Writes data as any person might: it draws indentation, quotes, brackets, blanks, comments."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
        self.notes = 0

    def one_of(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def file(self, data: dict[str, Data]) -> str:
        lead = self.one_of("", "", "# yaml-language-server: on\n", "---\n", "\ufeff")
        lines = "\n".join([*self.gap(0), *self.entries(data, 0)])
        tail = self.one_of("\n", "\n", "", "\n\n# the end\n", "\n...\n")
        if re.search(r"[|>][0-9]?[+-]?\Z|\A[{]", lines):
            tail = "\n"
        text: str = (lead + lines + tail).replace("\n", self.end)
        return text

    def gap(self, column: int) -> list[str]:
        """What stands between two entries."""
        lines: list[str] = self.one_of([], [], [], [""], ["#"], ["", "# "], ["#", "# "])
        return [self.note(" " * column) if line.startswith("#") else line for line in lines]

    def note(self, before: str) -> str:
        self.notes += 1
        return f"{before}# note {self.notes}: {{x}} - y"

    def entries(self, data: Any, column: int) -> list[str]:
        """The lines of a map or list in block style."""
        lines: list[str] = []
        for key, value in data.items() if isinstance(data, dict) else ((None, v) for v in data):
            if lines:
                lines += self.gap(column)
            head = "-" if key is None else self.scalar(key) + ":"
            lines += self.entry(" " * column + head, value, column)
        return lines

    def entry(self, head: str, value: Any, column: int) -> list[str]:
        is_item = head.endswith("-")
        if isinstance(value, str | bool) or not value or self.one_of(True, False):
            block = self.block(value, column) if isinstance(value, str) else []
            if block and self.one_of(True, False):
                return [f"{head} {block[0]}", *block[1:]]
            line = f"{head}{self.one_of(' ', ' ', '   ')}{self.flow(value, ' ' * (column + 4))}"
            return [self.note(line + "  ") if self.one_of(0, 0, 0, 1) else line]
        step = (
            self.one_of(0, 2, 4) if isinstance(value, list) and not is_item else self.one_of(2, 4)
        )
        if is_item and self.one_of(True, True, False):
            first, *rest = self.entries(value, column + 2)
            return [f"{head} {first.lstrip(' ')}", *rest]
        head = self.note(head + "  ") if self.one_of(0, 0, 0, 1) else head
        return [head, *self.gap(column + step), *self.entries(value, column + step)]

    def block(self, text: str, column: int) -> list[str]:
        """A text as it is, line by line, where YAML allows it."""
        body = text.rstrip("\n")
        if not body or ODD.search(text) or re.search(r"\A\s|[\t\r]|\s\n|\s\Z", body):
            return []
        sign = {0: "|-", 1: "|"}.get(len(text) - len(body), "|+")
        indent = " " * (column + self.one_of(1, 2, 4))
        more = [""] * (len(text) - len(body) - 1)
        return [sign, *(indent + line if line else "" for line in body.split("\n")), *more]

    def flow(self, value: Any, indent: str) -> str:
        """A value on one line; what stands between brackets also on several."""
        if isinstance(value, str | bool):
            return self.scalar(value)
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        parts = [self.flow(part, indent) for part in value]
        if isinstance(value, dict):
            parts = [
                f"{self.scalar(key)}: {self.flow(part, indent)}" for key, part in value.items()
            ]
        if self.one_of(1, 0, 0, 0, 0):
            line = "\n" + indent
            noted = [
                f"{self.note(f'{part},  ')}" if self.one_of(0, 0, 1) else f"{part},"
                for part in parts
            ]
            return opening + line + line.join(noted) + line + closing
        blank, comma = str(self.one_of("", "", " ")), str(self.one_of(", ", ",", " , "))
        return opening + blank + comma.join(parts) + blank + closing

    def scalar(self, value: str | bool) -> str:
        if isinstance(value, bool):
            return "true" if value else "False"
        if SURELY_PLAIN.fullmatch(value) and self.one_of(True, True, False):
            return value
        if not re.search(r"[\n\r\t]", value) and self.one_of(True, False):
            return "'" + value.replace("'", "''") + "'"
        return '"' + "".join(ESCAPED.get(sign, sign) for sign in value) + '"'


SURELY_PLAIN = re.compile(r"plan|[a-d]|k k|due-date|x/y@2|Łódź|2026-11-20|it's")
ESCAPED = {"\n": r"\n", "\r": r"\r", "\t": r"\t", '"': r"\"", "\\": r"\\"}


@st.composite
def written(draw: st.DrawFn) -> str:
    """A file that somebody wrote."""
    text = Hand(draw).file(draw(files))
    read(text)
    return text


def routes(data: Data, route: Route = ()) -> Iterator[Route]:
    """The route of every part, the whole first."""
    yield route
    if not isinstance(data, dict | list):
        return
    for step, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield from routes(value, (*route, step))


def at(data: Data, route: Route) -> Any:
    found: Any = data
    for step in route:
        found = found[step]
    return found


def lines_of(text: str, route: Route) -> tuple[int, int]:
    """From where to where the lines go that a part and its key stand on."""
    source = read(text)
    mark = source.marks
    for step in route:
        mark = mark.parts[step]
    skipped = len(text) - len(source.text)
    start = mark.key + skipped
    while mark.parts and source.text[mark.start] not in "[{":
        *_, mark = mark.parts.values()
    end = mark.end + skipped
    ended = re.compile(r"[\r\n]|\Z").search(text, end)
    assert ended
    dashes = re.compile(r"(?:-\s*(?:#[^\r\n]*\s+)*)+\Z").search(text, 0, start)
    start = dashes.start() if dashes else start
    return max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1, ended.start()


def is_sound(value: Data) -> bool:
    return not ODD.search(
        "".join(str(at(value, route)) for route in routes(value))
        + "".join(str(step) for route in routes(value) for step in route)
    )


@settings(max_examples=100)
@given(st.data())
def test_a_value_is_set_and_read_back(data: st.DataObject) -> None:
    text = data.draw(written())
    before = read(text).data
    route = data.draw(st.sampled_from([r for r in routes(before) if r]))
    value: Data = data.draw(st.one_of(texts, trees))
    if not is_sound(value):
        with pytest.raises(edit.Unwritable):
            edit.put(text, route, value)
        return
    after = edit.put(text, route, value)
    assert at(read(after).data, route) == value
    assert [at(read(after).data, r) for r in beside(before, route)] == [
        at(before, r) for r in beside(before, route)
    ]
    first, last = lines_of(text, route)
    assert after.startswith(text[:first])
    assert after.endswith(text[last:])
    assert edit.put(after, route, value) == after


def beside(data: Data, route: Route) -> list[Route]:
    """The routes of all that a change at a route does not touch."""
    return [r for r in routes(data) if r[: len(route)] != route and route[: len(r)] != r]


@settings(max_examples=100)
@given(st.data())
def test_what_is_added_changes_nothing_else_and_can_be_taken_out(data: st.DataObject) -> None:
    text = data.draw(written())
    before = read(text).data
    route = data.draw(
        st.sampled_from([r for r in routes(before) if not isinstance(at(before, r), str | bool)])
    )
    value: Data = data.draw(trees)
    inner = at(before, route)
    if isinstance(inner, dict):
        order = data.draw(st.permutations([*inner, "new one"]))
        after, new = edit.put(text, (*route, "new one"), value, order), (*route, "new one")
    else:
        index = data.draw(st.integers(0, len(inner)))
        after, new = edit.insert(text, route, value, index), (*route, index)
    assert at(read(after).data, new) == value
    assert edit.remove(after, new) == text


@settings(max_examples=100)
@given(st.data())
def test_what_is_taken_out_takes_no_comment_along(data: st.DataObject) -> None:
    text = data.draw(written())
    before = read(text).data
    route = data.draw(st.sampled_from([r for r in routes(before) if r]))
    while len(at(before, route[:-1])) == 1:
        route = route[:-1]
        if not route:
            return
    after = edit.remove(text, route)
    first, last = lines_of(text, route)
    notes = re.findall("# note [0-9]+|# the end", text[:first] + text[last:])
    assert notes == [note for note in re.findall("# note [0-9]+|# the end", after) if note in notes]


# Quotes ----------------------------------------------------------------------------------------

# The core schema of YAML 1.2 (yaml.org/spec/1.2.2, section 10.3.2).
CORE = re.compile(
    r"null|Null|NULL|~||true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)


@given(text=texts, between=st.booleans())
@example(text="1.20", between=False)
@example(text="y", between=False)
@example(text="0o17", between=False)
@example(text="1e3", between=False)
@example(text="190:20:30", between=False)
@example(text="2026-11-20 15:40", between=False)
@example(text=".", between=True)
@example(text="é", between=True)
def test_a_text_means_itself_in_yaml_1_1_and_1_2(text: str, between: bool) -> None:
    if ODD.search(text):
        return
    wrote = scalar(text, flow=between)
    assert wrote.count("\n") == 0
    if wrote == text:
        assert not CORE.fullmatch(text)
    for whole in (
        (f"a: [{wrote}, {{{wrote}: {wrote}}}]",) if between else (f"a: {wrote}\n", f"{wrote}: a\n")
    ):
        loaded = yaml.safe_load(whole)
        assert {str(part) for part in parts(loaded)} == {"a", text}
        assert {str(part) for part in parts(read(whole).data)} == {"a", text}


def parts(value: Any) -> Iterator[Any]:
    """Every key and every scalar."""
    if isinstance(value, dict | list):
        for part in value:
            yield from parts(part)
        yield from (
            (p for part in value.values() for p in parts(part)) if isinstance(value, dict) else ()
        )
    else:
        yield value


@pytest.mark.parametrize(
    ("text", "wrote"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-02-30", '"2026-02-30"'),
        ("2026-11-20 15:40", '"2026-11-20 15:40"'),
        ("1.20", '"1.20"'),
        ("2500.00", '"2500.00"'),
        ("2 weeks", "2 weeks"),
        ("4 of 5", "4 of 5"),
        ("+1 312 555 0142", "+1 312 555 0142"),
        ("No", '"No"'),
        ("No, thanks", "No, thanks"),
        ("client-onboarding/check-in@2", "client-onboarding/check-in@2"),
        ("Moss & O'Dell", "Moss & O'Dell"),
        ("Post in #general", '"Post in #general"'),
        ('He said "no"', 'He said "no"'),
        ('"No", he said', "'\"No\", he said'"),
        ("Note: half", '"Note: half"'),
        ("{{ client.name }}", '"{{ client.name }}"'),
        ("a\tb", r'"a\tb"'),
        ("Why not?", "Why not?"),
        (edit.Quoted("Accepts it"), '"Accepts it"'),
    ],
)
def test_quotes_stand_where_they_are_needed(text: str, wrote: str) -> None:
    assert scalar(text, flow=False) == wrote


@pytest.mark.parametrize("text", ["No, thanks", "Why not?", "9:00", "a:b", "[x", "x}"])
def test_between_brackets_more_needs_quotes(text: str) -> None:
    assert scalar(text, flow=True) == f'"{text}"'


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_our_own_files_are_written_as_we_write(path: Path) -> None:
    """Each text in our files, written by us where it stands, is written as it was."""
    source = read(path.read_text("utf-8"))
    for route in list(routes(source.data))[::11]:
        value = at(source.data, route)
        if not isinstance(value, str) or len(value) > 60:
            continue
        part = source.marks
        for step in route:
            part = part.parts[step]
        # An entry that goes on in the next line was put there by hand, or by tidying.
        if not part.style and "\n" not in source.text[part.start : part.end]:
            put = edit.put(edit.put(source.text, route, "x"), route, value)
            assert put == source.text
