"""YAML text -> data with places, and every way in which a file can be wrong."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from sopwith.problem import Place, Route, Spot
from sopwith.source import Source, parse

PAGES = Path(__file__).parent.parent / "generator" / "sopwith" / "codes"
MIB = 1024 * 1024


def told(raw: bytes | str) -> list[str]:
    """Each problem as `line:column code`."""
    source, problems = parse("a.yml", raw.encode() if isinstance(raw, str) else raw)
    assert (source is None) == bool(problems)
    places = [problem.place or Place("nowhere") for problem in problems]
    return [f"{p.line}:{p.column} {q.code}" for p, q in zip(places, problems, strict=True)]


def read(text: str) -> Source:
    source, problems = parse("a.yml", text.encode())
    assert source is not None, problems
    return source


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        # text that needs quotes
        ("title: Foo: bar", "1:11 needs-quotes"),
        ("a:\n  - b: c: d", "2:9 needs-quotes"),
        ("a: b\n  and c: d", "2:8 needs-quotes"),
        ("a: *b*", "1:4 needs-quotes"),
        ("a: *b c", "1:4 needs-quotes"),
        ("a: & b", "1:4 needs-quotes"),
        ("a: @b", "1:4 needs-quotes"),
        ("a: `b`", "1:4 needs-quotes"),
        ("a: %b", "1:4 needs-quotes"),
        ("a: ! b", "1:4 needs-quotes"),
        ("a: - b", "1:4 needs-quotes"),
        ("a: ? b", "1:4 needs-quotes"),
        ("a: > 50", "1:4 needs-quotes"),
        ("a: |b", "1:4 needs-quotes"),
        ("a: ]", "1:4 needs-quotes"),
        ("a: {{ b }}", "1:4 needs-quotes"),
        ("a: {{ b }} c: d", "1:4 needs-quotes"),
        ("- {{ b }}", "1:3 needs-quotes"),
        ("a: {% if b %}", "1:4 needs-quotes"),
        ("a: [b] c", "1:4 needs-quotes"),
        ('a: "b" c', "1:4 needs-quotes"),
        ("a: 'it's'", "1:4 needs-quotes"),
        ('"a" b: c', "1:1 needs-quotes"),
        ("a: {b: c: d}", "1:9 needs-quotes"),
        ('a: {b: "c" d}', "1:8 needs-quotes"),
        ("a: {b: c, d}", "1:11 needs-quotes"),
        ("a: {b}", "1:5 needs-quotes"),
        # what opens and does not close
        ('a: "b\nc: d\n', "1:4 unclosed-quote"),
        ('a: "b\nc: "d"\ne: f\n', "1:4 unclosed-quote"),
        ('- a: "b\n  c: "d"\n', "1:6 unclosed-quote"),
        ('a: {b: "c, d: e}\nf: "g"\n', "1:8 unclosed-quote"),
        ("a: 'b\nc: 'd'\n", "1:4 unclosed-quote"),
        ("a: [b\nc: d\n", "1:4 unclosed-bracket"),
        ("a: {b: c\nd: e\n", "1:4 unclosed-bracket"),
        ("a: [b, [c, d]\ne: f\n", "1:4 unclosed-bracket"),
        ("a: [b}", "1:4 unclosed-bracket"),
        ("a: b\n]\n", "2:1 unclosed-bracket"),
        ("a: {b, c: d", "1:4 unclosed-bracket"),
        ("a: [b: c", "1:4 unclosed-bracket"),
        # lines in the wrong column
        ("a: b\n  c: d", "2:3 bad-indent"),
        ("a:\n  b: c\n d: e", "3:2 bad-indent"),
        ("a:\n  - b: c\n   d: e", "3:4 bad-indent"),
        ("a:\n  - b: c\n     d: e", "3:6 bad-indent"),
        ("  a: b\nc: d", "2:1 bad-indent"),
        ("a: b\n- c", "2:1 bad-indent"),
        ("a:\n  - b\n  c: d", "3:3 bad-indent"),
        ("\ta: b", "1:1 tabs"),
        ("a:\n\t- b", "2:1 tabs"),
        ("a:\n  b: c\n \td: e", "3:2 tabs"),
        ("a: |\n\tb", "2:1 tabs"),
        ("-\ta: b", "1:2 tabs"),
        # names, tags, documents
        ("a: &b c", "1:4 no-aliases"),
        ("a: *b", "1:4 no-aliases"),
        ("a: [*b, c]", "1:5 no-aliases"),
        ("<<: {a: b}", "1:1 no-aliases"),
        ("a: &b [x]\nc: [*b, *b]", "1:4 no-aliases"),
        ("a: !!str b", "1:4 no-tags"),
        ("a: !b", "1:4 no-tags"),
        ("a: !e!b c", "1:4 no-tags"),
        ("a: !%ed%a0%80 c", "1:4 no-tags"),
        ("a: b\n---\nc: d", "2:1 several-documents"),
        ("a: b\n...\nc: d", "3:1 several-documents"),
        # keys and values
        ("a: b\na: c", "2:1 duplicate-key"),
        ("a:\n  - b: c\n    'b': d", "3:5 duplicate-key"),
        ("a:\nb: c", "1:1 empty-value"),
        ("a: ~", "1:4 empty-value"),
        ("a: null", "1:4 empty-value"),
        ("a: {b: , c: d}", "1:5 empty-value"),
        ("a:\n  -\n  - b", "2:4 empty-value"),
        # a # that cuts text short
        ("a: Post in #general", "1:12 comment-in-text"),
        ("a: b #todo", "1:6 comment-in-text"),
        ("a: b # todo", "1:6 comment-in-text"),
        ("a: b  #todo", "1:7 comment-in-text"),
        ("a: [b, c #d]", "1:10 comment-in-text"),
        ("a: {b: c #d}\ne: f", "1:10 comment-in-text"),
        ("a: b #c\n  d", "1:6 comment-in-text"),
        ("a #b: c\nd: e", "1:3 comment-in-text"),
        # the whole file
        ("", "1:1 empty-file"),
        ("\n\n# nothing\n", "1:1 empty-file"),
        ("---\n", "1:1 empty-file"),
        ("~", "1:1 empty-file"),
        ("# why\n- a\n- b", "1:1 not-a-map"),
        ("[]", "1:1 not-a-map"),
        ("just a note", "1:1 not-a-map"),
        ("[" * 100_000, "1:51 too-deep"),
        ("a: " + "[" * 100_000, "1:53 too-deep"),
        ("{" * 100_000, "1:1 needs-quotes"),
        ("- " * 1000, "1:101 too-deep"),
        # everything else
        ("a:b\nc: d", "1:1 bad-yaml"),
        ("a b\nc: d", "1:1 bad-yaml"),
        ("a: b\nc\nd: e", "2:1 bad-yaml"),
        (": a", "1:1 bad-yaml"),
        ("? [a]\n: b", "1:3 bad-yaml"),
        ("a: [b, , c]", "1:8 bad-yaml"),
        ('a: "C:\\Users"', "1:7 bad-yaml"),
        ("%FOO\n---\na: b", "1:1 bad-yaml"),
        ("a: b\x07c", "1:5 odd-character"),
        ("a: b\u2028c", "1:5 odd-character"),
        ("a: b\ufeffc", "1:5 odd-character"),
        ('a: b\nc: "\\0"', "2:4 odd-character"),
        # ends of lines, and letters that take two code units elsewhere
        ("a: b\r\nc: d: e", "2:5 needs-quotes"),
        ("a: b\rc: d: e", "2:5 needs-quotes"),
        ("a: 𝄞𝄞 #b", "1:7 comment-in-text"),
        ("\ufeffa: b: c", "1:5 needs-quotes"),
    ],
)
def test_one_fault_is_one_problem_at_its_place(text: str, problem: str) -> None:
    assert told(text) == [problem]


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"a: b\nc: caf\xe9\n", "2:7 not-utf8"),
        (b"\xef\xbb\xbfa: \xe9\n", "1:4 not-utf8"),
        ("a: é".encode() + b"\xff", "1:5 not-utf8"),
        ("a: b".encode("utf-16"), "1:1 not-utf8"),
        ("a: b".encode("utf-16-be"), "1:1 not-utf8"),
        (b"a: b\n" + b"#" * MIB, "1:1 file-too-large"),
        (b"[" * (5 * MIB), "1:1 file-too-large"),
    ],
)
def test_bytes_that_are_no_text(raw: bytes, problem: str) -> None:
    assert told(raw) == [problem]


def test_all_faults_that_leave_the_rest_readable_are_told() -> None:
    text = "a: 1\na: 2\nb:\nc: d #e\nf:\n  - ~\n"
    assert told(text) == [
        "2:1 duplicate-key",
        "3:1 empty-value",
        "4:6 comment-in-text",
        "6:5 empty-value",
    ]
    assert told("a:\nb: c\nd: e: f\n") == ["1:1 empty-value", "3:5 needs-quotes"]


def test_a_file_of_nothing_but_faults_ends_soon() -> None:
    assert len(told("a: b\n" * 100_000)) == 100
    assert len(told("a: {" + "b," * 400_000 + "}")) == 100


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "title: Foo: bar",
            'a colon and a space inside a text need quotes: "Foo: bar"',
            'put quotes around it: title: "Foo: bar"',
        ),
        (
            "- {says: @home, b: c}",
            'a text cannot begin with @ without quotes: "@home"',
            'put quotes around it: says: "@home"',
        ),
        (
            "b: 1\nc: 2\nb: 3",
            'the key "b" stands here again; it is already on line 1',
            "keep one of them and take the other out",
        ),
        (
            "a: Post in #general",
            'a comment begins here and cuts the text short: "#general"',
            'put quotes around it: "Post in #general"; a comment is written "  # like this"',
        ),
        (
            'a: "b" c',
            'text goes on after the closing double quote: "b" c',
            "put quotes around it: a: '\"b\" c'",
        ),
        (
            "title:Foo\na: b",
            'no space stands behind the colon: "title:Foo"',
            "write: title: Foo",
        ),
    ],
)
def test_a_message_shows_what_is_wrong_and_the_hint_what_is_right(
    text: str, message: str, hint: str
) -> None:
    _, problems = parse("a.yml", text.encode())
    assert [(p.message, p.hint) for p in problems] == [(message, hint)]


def test_a_long_line_is_cut() -> None:
    for text in ("a: b: " + "c " * 9000, "a: 'b' " + "c" * 9000, "a: b #" + "c" * 9000, "a" * 9000):
        (problem,) = parse("a.yml", text.encode())[1]
        assert len(problem.message) < 140
        assert len(problem.hint) < 500  # which may be copied, so that more has room


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 1.20\nb: no\nc: 2026-02-30\nd: 012\ne: 1e3\nf: 12:30:45\ng: .inf", None),
        ("a: true\nb: False\nc: TRUE", {"a": True, "b": False, "c": True}),
        ("a: 'true'\nb: \"null\"\nc: ''\nd: |-\n  true", None),
        ("true: a\n1: b\nnull: c\non: d", None),
        ("a: {}\nb: []\nc: [[], {}]", None),
        ("a: >-\n  b\n  c\nd: |\n  e\n   f\n", None),
        ("a: b\n  c\n\n  d", None),
        ("---\na: b\n...\n", None),
        ("a: b  # c\n# d\ne: 'f' # g\nh: [i] #j\nk:  # l\n  - m", None),
        ("a: x#y\nb: http://c.example/#d\ne: f:g\nh: -i\nj: <k>", None),
        ("a:\tb", {"a": "b"}),
        ("\ufeffa: b", {"a": "b"}),
        ('a: "b \\u00e9 \\n c"', None),
        ("a: [b: c, d]", None),
        ("? a\n: b", None),
    ],
)
def test_only_text_booleans_lists_and_maps(text: str, data: object) -> None:
    # BaseLoader takes every scalar for text: an independent reading of the same file.
    assert read(text).data == (data or yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506


PLACES = textwrap.dedent("""\
    # a comment
    title: Foo
    phases:
      - id: one
        steps:
        - {id: x, due: 3 days}
        - id: y
          details: >-
            Introduce the  company
            and say 𝄞 hello to all.
          tools: [a,  b]
      -   id: two
    said: 'It''s "fine" now'
    says: "He said \\"hi there\\" \\
      twice"
    """)


@pytest.mark.parametrize(
    ("route", "part", "key", "place"),
    [
        ((), "", False, "1:1"),
        (("title",), "", False, "2:8"),
        (("title",), "", True, "2:1"),
        (("phases",), "", True, "3:1"),
        (("phases",), "", False, "4:3"),
        (("phases", 0), "", False, "4:5"),
        (("phases", 0), "", True, "4:5"),
        (("phases", 0, "steps", 0), "", False, "6:7"),
        (("phases", 0, "steps", 0, "due"), "", False, "6:20"),
        (("phases", 0, "steps", 0, "due"), "days", False, "6:22"),
        (("phases", 0, "steps", 1, "details"), "", False, "8:16"),
        (("phases", 0, "steps", 1, "details"), "the company and say", False, "9:19"),
        (("phases", 0, "steps", 1, "details"), "hello", False, "10:19"),
        (("phases", 0, "steps", 1, "details"), "not there", False, "8:16"),
        (("phases", 0, "steps", 1, "tools", 1), "", False, "11:19"),
        (("phases", 1), "", False, "12:7"),
        (("said",), 'It\'s "fine"', False, "13:8"),
        (("said",), "now", False, "13:21"),
        (("says",), '"hi there"', False, "14:16"),
        (("says",), 'there" twice', False, "14:21"),
        # what is not there: the nearest parent, by its key where it has one
        (("owner",), "", False, "1:1"),
        (("phases", 9), "", False, "3:1"),
        (("phases", 0, "title"), "", False, "4:5"),
        (("phases", 0, "steps", 1, "role", "x"), "", False, "7:7"),
        (("phases", 0, "steps", 7, "role"), "", False, "5:5"),
        (("title", "x"), "", True, "2:1"),
    ],
)
def test_places(route: Route, part: str, key: bool, place: str) -> None:
    found = read(PLACES).place(Spot("a.yml", route, part, key))
    assert f"{found.line}:{found.column}" == place
    assert found.path == "a.yml"


def test_places_do_not_depend_on_the_ends_of_lines() -> None:
    spot = Spot("a.yml", ("phases", 0, "steps", 1, "details"), "hello")
    for end in ("\r\n", "\r"):
        assert read(PLACES.replace("\n", end)).place(spot) == read(PLACES).place(spot)


def inside(place: Place | None, text: str) -> bool:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return place is not None and (
        1 <= place.line <= len(lines) and 1 <= place.column <= len(lines[place.line - 1]) + 1
    )


def holds(raw: bytes) -> None:
    """What is true of any bytes."""
    source, problems = parse("a.yml", raw)
    assert (source is None) == bool(problems)
    text = raw.decode("utf-8-sig", errors="replace")
    for problem in problems:
        assert inside(problem.place, text), problem
        assert (PAGES / f"{problem.code}.md").is_file()
        assert problem.hint
        assert "did not find" not in problem.message
        assert "while " not in problem.message.partition(":")[0]
        assert "\n" not in problem.message + problem.hint
        assert len(problem.message) < 200
    if source:
        for spot, name in parts(source.data):
            place = source.place(spot)
            assert inside(place, text), spot
            if spot.key and name.isalnum():
                line = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[place.line - 1]
                assert line[place.column - 1 :].lstrip("'\"").startswith(name)


def parts(data: object, route: Route = ()) -> list[tuple[Spot, str]]:
    """Every spot of the data, with the key where it names one."""
    spots = [(Spot("a.yml", route), "")]
    if isinstance(data, dict):
        for key, value in data.items():
            spots += [(Spot("a.yml", (*route, key), key=True), key), *parts(value, (*route, key))]
    if isinstance(data, list):
        for index, value in enumerate(data):
            spots += parts(value, (*route, index))
    if isinstance(data, str):
        spots.append((Spot("a.yml", route, part=data[:20]), ""))
    return spots


@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf")
@example(b"\x00")
def test_any_bytes(raw: bytes) -> None:
    holds(raw)


# Pieces that files are made of, so that what comes out is nearly YAML.
PIECES = (
    *"\n\r\t :-#,[]{}\"'&*!|>%@`?~.\\é𝄞",
    *("\n  ", "\n    ", "\r\n", ": ", "- ", " #", "  # ", "{{ ", " }}", "{% ", "<<: ", "''"),
    *("---\n", "...\n", "a", "b: c", "a: ", "title: Foo\n", "- id: x\n", "null", "true"),
    *(">-\n", "|\n", "\\u", "\\0"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example("a: !")
@example("a: \"'\n")
@example("[a: b")
@example("{a: b, c")
@example('"a\nb": c')
def test_any_text_that_is_nearly_yaml(text: str) -> None:
    holds(text.encode())


@given(st.integers(0, len(PLACES)), st.integers(0, 3), st.sampled_from(PIECES))
def test_a_file_with_a_slip_in_it(at: int, gone: int, piece: str) -> None:
    holds((PLACES[:at] + piece + PLACES[at + gone :]).encode())
