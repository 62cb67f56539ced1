"""Rich text comes out as the tree says in every form, and no text makes markup of its own."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TypeAlias

import markdown  # type: ignore[import-untyped]  # ships no types, and we use one call of it
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopwith.text import (
    Block,
    Break,
    Emphasis,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Prompt,
    Strong,
    Table,
    Text,
    escape_markdown,
    mark,
    parse,
    read_back,
    spell,
    to_data,
    to_html,
    to_markdown,
    to_plain,
)

# What a site may have switched on: all but smartsymbols and smarty, whose job is to change text.
EXTENSIONS = re.findall(
    r"\S+",
    """
    abbr admonition attr_list def_list fenced_code footnotes md_in_html tables toc
    pymdownx.arithmatex pymdownx.b64 pymdownx.betterem pymdownx.blocks.admonition
    pymdownx.blocks.definition pymdownx.blocks.html pymdownx.blocks.tab pymdownx.caret
    pymdownx.critic pymdownx.details pymdownx.emoji pymdownx.fancylists pymdownx.highlight
    pymdownx.inlinehilite pymdownx.keys pymdownx.magiclink pymdownx.mark pymdownx.progressbar
    pymdownx.quotes pymdownx.saneheaders pymdownx.snippets pymdownx.superfences
    pymdownx.tabbed pymdownx.tasklist pymdownx.tilde
    """,
)
ENGINES = [
    markdown.Markdown(extensions=["tables", "fenced_code"]),
    markdown.Markdown(extensions=EXTENSIONS),
]

NASTY = re.findall(
    r"\S+",
    r"""
    <script> </p> <a@b.c> <!-- [x](javascript:alert(1)) [x](http://a.b) ![](http://x) ![ {{ {% |
    |---| O'Brien & &amp; &#60; 1. 12) i. a) # ## + - * : :: ::: !!! ??? note *[abbr]: abbr :smile:
    --8<-- "f" {: .x} {.x} ** _ __ ~~ == ^^ ++ctrl++ $x$ \( \ ` ``` ~~~ http://x.y www.x.y
    a@b.example [TOC] [^1] [^1]: [a]: === --- *** /// > a B é ( ) [ ] < { } % ! ' [ ]
    """,
)
SPACE = [" ", "    ", "\n", "\n\n", "  \n", "\t", "\u2028", "\u00a0", "\x02", "\ufdd0"]
texts = st.lists(
    st.one_of(st.sampled_from(NASTY), st.sampled_from(SPACE), st.text(max_size=3)), max_size=12
).map("".join)
MARKUP = re.split(
    ";",
    "- ;* ;1. ;  ;    ;**a**;*b*;***c***;**d*e*f**;[x](#a);[**y**](../a_b_.md?x=1&copy=2);w ;é;"
    "(;.;_;<i>;{: .x};**;*;`x`;[;](http://a_b*c(d)e);# ;!",
)
rich = st.lists(
    st.sampled_from(
        [*MARKUP, "&#10;", "\n", "\n", "\n\n", "\\\n", "| a | b |\n|---|:-:|\n| c |\n"]
    ),
    max_size=24,
).map("".join)

Event: TypeAlias = "str | tuple[str, ...]"


class Events(HTMLParser):
    """The tags and words of a page, but for those that no reader can tell apart."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Event] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "thead", "tbody"):
            return
        own = tag[0] == "h" or (tag == "ol" and dict(attrs).get("type") == "1")
        shown = () if own else (f"{name}={(value or '').strip(';')}" for name, value in attrs)
        self.found.append((tag, *shown))

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("p", "thead", "tbody"):
            self.found.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        before = self.found.pop() if self.found and isinstance(self.found[-1], str) else ""
        self.found.append(f"{before}{data}")


def events(html: str) -> list[Event]:
    reader = Events()
    reader.feed(html)
    reader.close()
    found = (" ".join(e.split()) if isinstance(e, str) else e for e in reader.found)
    return [event for event in found if event]


def words(html: str) -> str:
    return " ".join(" ".join(e for e in events(html) if isinstance(e, str)).split())


def seen(text: str) -> str:
    """What a reader can see of a text: no control characters, any space as one."""
    unseen = r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]"
    return " ".join(re.sub(unseen, "", text).split())


WHERE = [
    ("{}", set()),
    ("a {} b", set()),
    ("# {}", {"h1"}),
    ("- {}", {"ul", "li"}),
    ("[{}](#a)", {"a"}),
    ("h\n\n- x {}\n- y", {"ul", "li"}),
    ("| h |\n|---|\n| {} |", {"table", "tr", "th", "td"}),
]


@settings(max_examples=300)
@given(texts.filter(seen))
def test_escaped_text_prints_as_itself_everywhere(text: str) -> None:
    escaped = escape_markdown(text)
    for engine in ENGINES:
        for around, own_tags in WHERE:
            html = engine.reset().convert(around.format(escaped))
            own = re.sub(r"[#\[|-]|\]\(#a\)", "", around).format("\ue000")
            assert words(html) == seen(" ".join(own.split()).replace("\ue000", text))
            tags = {event[0].strip("/") for event in events(html) if isinstance(event, tuple)}
            assert tags <= own_tags


@given(texts.filter(seen))
def test_escaped_text_is_parsed_as_itself(text: str) -> None:
    blocks = parse(escape_markdown(text))
    assert all(isinstance(block, Paragraph) for block in blocks)
    assert words(to_html(blocks)) == seen(text)


@settings(max_examples=500)
@given(st.one_of(texts, rich))
def test_every_form_says_what_the_tree_says(text: str) -> None:
    blocks = parse(text)
    html = events(to_html(blocks))
    for engine in ENGINES:
        assert events(engine.reset().convert(to_markdown(blocks))) == html
    json.dumps(to_data(blocks))
    for word in re.findall(r"\w+", words(to_html(blocks))):
        assert word in to_plain(blocks)


ALLOWED = re.compile(r"/?(a|br|em|strong|ul|ol|li|table|tr|th|td|h[1-6])")


@given(st.one_of(texts, rich))
def test_what_we_wrote_is_read_back(text: str) -> None:
    blocks = parse(text)
    again = read_back(to_markdown(blocks))
    # An end of line amid words is a space to a browser, and a break to us.
    told = [events(to_html(found).replace("<br>", " ")) for found in (blocks, again)]
    assert told[0] == told[1]


@given(st.one_of(texts, rich))
def test_no_tag_or_attribute_comes_from_text(text: str) -> None:
    for event in events(to_html(parse(text))):
        if isinstance(event, tuple):
            assert ALLOWED.fullmatch(event[0])
            assert all(re.match(r"href=|style=text-align: ", attribute) for attribute in event[1:])
            assert not any("script:" in attribute for attribute in event[1:])


def p(*inlines: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in inlines))


PARSED: list[tuple[str, tuple[Block, ...]]] = [
    ("", ()),
    ("One\ntwo\n\nthree", (p("One two"), p("three"))),
    ("**b** and *i*", (p(Strong((Text("b"),)), " and ", Emphasis((Text("i"),))),)),
    ("one\\\ntwo", (p("one", Break(), "two"),)),
    ("- a\n- b", (ListBlock(False, ((p("a"),), (p("b"),))),)),
    ("3. a", (ListBlock(True, ((p("a"),),)),)),
    ("- a\n  - b", (ListBlock(False, ((p("a"), ListBlock(False, ((p("b"),),))),)),)),
    ("- # a", (ListBlock(False, ((p(Strong((Text("a"),))),),)),)),
    ("## Two", (Heading(2, (Text("Two"),)),)),
    ("[x](https://a.example)", (p(Link("https://a.example", (Text("x"),))),)),
    ("[x](mailto:a@b.example)", (p(Link("mailto:a@b.example", (Text("x"),))),)),
    ("[x](../a.md#b)", (p(Link("../a.md#b", (Text("x"),))),)),
    ("[x](#b)", (p(Link("#b", (Text("x"),))),)),
    (
        "| a | b |\n|---|--:|\n| c |",
        (Table(((Text("a"),), (Text("b"),)), (((Text("c"),), ()),), ("", "right")),),
    ),
]


@pytest.mark.parametrize(("text", "blocks"), PARSED)
def test_parse(text: str, blocks: tuple[Block, ...]) -> None:
    assert parse(text) == blocks


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](JAVASCRIPT:alert(1))",
        "[x](data:text/html,y)",
        "[x](//evil.example)",
        "[x](/etc)",
        "[x](https:)",
        "![alt](http://x.example/y.png)",
        "<b>bold</b> <https://a.example>",
        "`code`",
        "> quote",
        "```",
        "---",
        "[a]: http://b.example",
    ],
)
def test_what_is_not_in_the_language_is_printed_as_written(text: str) -> None:
    assert parse(text) == (p(text),)


@pytest.mark.parametrize("target", ["java&#115;cript:x", "java&Tab;script:x", "\x01javascript:x"])
def test_no_disguise_makes_a_link(target: str) -> None:
    assert "<a" not in to_html(parse(f"[x]({target})"))


def test_a_link_that_leads_nowhere_keeps_its_words() -> None:
    assert parse("[x]() y") == (p("x y"),)


def test_a_prompt_passes_through_any_place() -> None:
    prompt = Prompt('What | "then" *now*?')
    where = f"# {mark(prompt)}\n\n- **{mark(prompt)}**\n\n| a |\n|---|\n| {mark(prompt)} |\n"
    heading, items, table = parse(where)
    assert heading == Heading(1, (prompt,))
    assert items == ListBlock(False, ((p(Strong((prompt,))),),))
    assert table == Table(((Text("a"),),), (((prompt,),),), ("",))
    for form in (to_plain, to_markdown):
        assert form(parse(mark(Prompt("What now?")))).strip("*<strong>/\n&#62; ")  # never blank
    assert spell(prompt) in to_plain(parse(mark(prompt)))
    assert to_html(parse(mark(Prompt("Why?")))) == (
        '<p class="prompt"><mark class="prompt">[Why?]</mark></p>\n'
    )


def test_nobody_can_forge_a_prompt_in_a_value_or_hide_one_in_an_address() -> None:
    prompt = Prompt("What now?")
    assert prompt not in parse(escape_markdown(mark(prompt)))[0].inlines  # type: ignore[union-attr]  # a paragraph
    assert spell(prompt) in to_plain(parse(f"[survey]({mark(prompt)})"))


def test_markdown_stays_readable() -> None:
    source = (
        "**Bold** and [a link](b.md), 10:30 - yes; O'Brien & Co\n\n1. one\n2. two\n    - three\n"
    )
    assert to_markdown(parse(source)) == source.replace("b.md", "<b.md>")


PLAIN = """\
Invoice 7
=========

A paragraph that is so long that it has to go on in a second line, which it
does here (https://a.example).

- one
  - two
- three

What       Amount
---------  ------
Discovery       5
"""


def test_plain() -> None:
    source = """# Invoice 7

A paragraph that is so long that it has to go on in a second line, which it [does
here](https://a.example).

- one
  - two
- three

| What | Amount |
|---|--:|
| Discovery | 5 |
"""
    assert to_plain(parse(source)) == PLAIN


def test_plain_tells_a_table_that_is_too_wide() -> None:
    wide = "word " * 12
    table = f"| What | Why |\n|---|---|\n| {wide} | {wide} |\n| x | |\n"
    assert to_plain(parse(table)) == f"What: {wide.strip()}\nWhy: {wide.strip()}\n\nWhat: x\n"


@given(st.one_of(texts, rich, st.text()))
def test_anything_can_be_parsed_and_read_back(text: str) -> None:
    blocks = parse(text)
    assert to_markdown(parse(to_markdown(blocks).replace("<br>", "\\\n"))) is not None
    assert to_plain(blocks).endswith("\n") or not blocks


@given(st.text("aB1 \u00e9,.;:!?()'\"/%#+=|~^$@{}-\u2013"))
def test_sentences_are_read_quickly_and_not_otherwise(text: str) -> None:
    # What ends a line is not taken for sentences only, and means nothing there.
    assert parse(text) == parse(text + "\n")


def test_thousands_of_marks_are_no_trouble() -> None:
    for source in ("*a " * 3000 + "*" * 3000, "- " * 3000 + "x", "[" * 5000, "**a*" * 3000):
        blocks = parse(source)
        assert to_html(blocks) is not None
        assert len(to_data(blocks)) < 10
