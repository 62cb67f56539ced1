"""The flow diagram of an SOP: every way through it, drawn so that nothing covers anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect

from browser import Reader, Scheme, Size, barriers, served, sideways
from laid import TESTS, TODAY, lay
from sopwith.data import schema, template_folder
from sopwith.engine import build_site
from sopwith.model import (
    Answer,
    Ask,
    Condition,
    Count,
    Decision,
    Go,
    Library,
    Phase,
    Sop,
    Step,
    Then,
)
from sopwith.outputs.handbook import Context, render
from sopwith.outputs.handbook.diagram import Diagram, diagram, draw_part, parts, texts
from sopwith.outputs.handbook.diagram.fit import fit, width
from sopwith.outputs.handbook.diagram.parts import boxes_in
from sopwith.outputs.handbook.edition import edition
from sopwith.outputs.handbook.flow import Way, flow
from sopwith.outputs.handbook.pen import Pen
from sopwith.places import site_way, sop_page
from sopwith.read import read

SVG = "{http://www.w3.org/2000/svg}"
REPOSITORY = TESTS.parent
ROLES = ("client", "management", "account-manager", "project-manager")

# A firm's busy procedure: a question of three answers, a way back, a run, and one more question.
BUSY = """\
title: Ask & agree <twice>
version: "1.0"
status: active
owner: client
approver: client
review: {every: year}
trigger: {event: contract-signed, says: The contract is signed.}
outcome: Agreed.
phases:
  - id: a
    title: A
    steps:
      - {id: ask, title: "Ask <b>it</b> & when", role: account-manager}
      - id: judge
        title: Judge the answer
        role: management
        decision:
          question: Is it "good"?
          answers:
            - {answer: "Yes"}
            - {answer: "No", go: {step: ask, at_most: 2 times, then: {escalate: client}}}
            - {answer: Never, go: end}
            - {answer: Later, go: {sop: welcome}}
      - {id: agree, title: Agree, role: account-manager, when: {judge: "Yes"}}
      - {id: talk, title: Talk, role: project-manager, when: {channels: slack}}
      - {id: greet, title: Greet, role: project-manager, run: welcome}
changes: [{version: "1.0", effective: 2026-11-02, by: sam, summary: First}]
"""


# Which ways there are -------------------------------------------------------------------------


def sop(*steps: Step) -> Sop:
    found = read(TESTS / "base").library
    assert found
    return replace(found.sops["welcome"], phases=(Phase("a", "A", steps),), former_steps=())


def asks(id_: str, *answers: Answer | str, when: Condition | None = None) -> Step:
    told = tuple(a if isinstance(a, Answer) else Answer(a) for a in answers)
    return Step(id_, id_.title(), "client", when=when, decision=Decision(f"{id_}?", told))


def does(id_: str, when: Condition | None = None) -> Step:
    return Step(id_, id_.title(), "client", when=when)


def when(key: str, *values: str) -> Condition:
    return Condition("all", (Ask(key, values),))


def told(*steps: Step) -> dict[str, list[str]]:
    """The ways on from each step, as `Yes -> next`; an optional step has a question mark."""
    found = flow(sop(*steps))
    return {
        f"{id_}{'?' if stop.optional else ''}": [_told(way) for way in stop.ways]
        for id_, stop in found.stops.items()
    }


def _told(way: Way) -> str:
    says = "" if way.answer is None else f"{way.answer or 'unasked'} "
    return f"{says}{'<-' if way.back else '->'} {way.to or 'end'}"


def test_an_answer_leads_to_the_step_it_allows_and_past_the_questions_it_makes_moot() -> None:
    no_deal = Condition("any", (Ask("first", ("No",)), Ask("second", ("No",))))
    assert told(
        asks("first", "Yes", "No"),
        asks("second", "Yes", "No", when=when("first", "Yes")),
        does("sign", when("second", "Yes")),
        does("part", no_deal),
        does("file"),
    ) == {
        "first": ["Yes -> second", "No -> part"],
        "second": ["Yes -> sign", "No -> part"],
        "sign": ["-> file"],
        "part": ["-> file"],
        "file": ["-> end"],
    }


def test_what_the_way_does_not_tell_is_a_step_one_may_pass_by() -> None:
    assert told(
        does("one"),
        does("two", when("channels", "slack")),
        asks("three", "Yes", "No", when=when("channels", "zoom")),
        does("four", when("three", "Yes")),
    ) == {
        "one": ["-> two"],
        "two?": ["-> three"],
        "three?": ["Yes -> four", "No -> end", "unasked -> end"],
        "four": ["-> end"],
    }


def test_after_branches_have_met_again_a_later_condition_is_open() -> None:
    assert told(
        asks("pick", "A", "B", "C"),
        does("only-a", when("pick", "A")),
        does("all"),
        does("not-c", when("pick", "A", "B")),
        does("not-a", Condition("not", (Ask("pick", ("A",)),))),
    ) == {
        "pick": ["A -> only-a", "B -> all", "C -> all"],
        "only-a": ["-> all"],
        "all": ["-> not-c"],
        "not-c?": ["-> not-a"],
        "not-a?": ["-> end"],
    }


def test_a_way_back_has_a_way_on_once_it_is_spent() -> None:
    twice = Go(step="do", at_most=Count("2 times"))
    assert told(
        does("do"),
        asks("check", "Good", Answer("Bad", twice), Answer("Never", Go(end="end"))),
        does("go-on", when("check", "Good")),
        does("file"),
    )["check"] == ["Good -> go-on", "Bad <- do", "Bad -> file", "Never -> end"]
    for then, to in ((Then(end="end"), "end"), (Then(escalate="client"), "end")):
        bad = Answer("Bad", replace(twice, then=then))
        assert told(does("do"), asks("check", "Good", bad), does("file"))["check"] == [
            "Good -> file",
            "Bad <- do",
            f"Bad -> {to}",
        ]


# How it is drawn ------------------------------------------------------------------------------


def a_library(root: Path, files: Mapping[str, str]) -> Library:
    reading = read(lay(root, {"files": files}))
    assert not reading.problems
    assert reading.library
    return reading.library


def context(**other: Any) -> Context:
    given = {
        "templates": template_folder(REPOSITORY),
        "today": TODAY,
        "audience": "confidential",
        "commit": "ab12cd3",
        "changed": lambda _: ("9f3e2a1", date(2026, 9, 1)),
        "schemas": schema,
        "problem_pages": {},
    }
    return Context(**{**given, **other})


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return a_library(tmp_path_factory.mktemp("diagram"), {"sops/onboard/busy.yml": BUSY})


def drawn(library: Library, sop: Sop, **other: Any) -> Diagram:
    pen = Pen(edition(library, context(**other)), sop_page(sop.stage, sop.id))
    return diagram(pen, sop, flow(sop))


Rect = tuple[float, float, float, float]


def rects(svg: ElementTree.Element) -> Iterator[tuple[str, Rect]]:
    """The outline of each box that has one: its kind, left, top, right, bottom."""
    for box in svg.iter():
        kind = (box.get("class") or "").partition(" ")
        outline = box.find(f"{SVG}rect")
        if kind[0] != "box":
            continue
        if outline is not None:
            x, y, w, h = (float(outline.get(name, "")) for name in ("x", "y", "width", "height"))
            yield kind[2], (x, y, x + w, y + h)
        elif (path := box.find(f"{SVG}path")) is not None:
            n = [float(number) for number in re.findall(r"-?[\d.]+", path.get("d", ""))]
            yield kind[2], (n[0] - 8, n[1], n[0] + n[2] + 8, n[1] + 2 * n[4])


DESKTOP = 686
"""What a screen 1280 pixels wide leaves to a drawing; a test in the browser holds it."""


def assert_sound(found: Diagram, drawn: Sop) -> ElementTree.Element:
    """Well-formed, each step once, nothing covers another or falls off the page, no line blank."""
    assert all(line.strip() for line in found.svg.split("\n"))
    svg = ElementTree.fromstring(found.svg)  # noqa: S314  # our own
    links = [a.get("href", "") for a in svg.iter(f"{SVG}a")]
    assert [link for link in links if link.startswith("#")] == [f"#{s.id}" for s in drawn.steps]
    boxes = list(rects(svg))
    for (_, a), (_, b) in combinations(boxes, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    wide, high = float(svg.get("width", "")), float(svg.get("height", ""))
    for _, (left, top, right, bottom) in boxes:
        assert left >= 0 <= top
        assert right <= wide
        assert bottom <= high
    heads = sum(text.get("class") == "head" for text in svg.iter(f"{SVG}text"))
    roles = len({step.role for step in drawn.steps})
    assert len(lanes(svg)) in (0, roles)
    # No lane: each box says who.
    assert heads == (roles if lanes(svg) else len(drawn.steps))
    assert wide <= DESKTOP or not lanes(svg)
    return svg


def lanes(svg: ElementTree.Element) -> list[ElementTree.Element]:
    return [r for r in svg.iter(f"{SVG}rect") if (r.get("class") or "").startswith("lane")]


def words(svg: ElementTree.Element) -> list[str]:
    return [" ".join("".join(text.itertext()).split()) for text in svg.iter(f"{SVG}text")]


def test_a_diagram_shows_lanes_questions_answers_ways_back_runs_and_ends(library: Library) -> None:
    busy = library.sops["busy"]
    found = drawn(library, busy)
    svg = assert_sound(found, busy)
    assert words(svg)[:3] == ["Account manager", "Management", "Project manager"]
    assert {
        "Contract signed",
        "1.1 Ask <b>it</b> & when",
        'Is it "good"?',
        "No, at most 2 times",
        "No, after 2 times",
        "Client decides",
        "Later",
        "Welcome a client",
        "Only if How we talk: slack",
        "Runs Welcome a client",
        "End",
    } <= set(words(svg))
    kinds = [kind for kind, _ in rects(svg)]
    assert sorted(set(kinds)) == ["end", "question", "run", "start", "step", "step optional"]
    links = [a.get("href", "") for a in svg.iter(f"{SVG}a")]
    assert links.count("../welcome/") == 2
    assert found.says == "5 steps, 3 roles, 1 question"
    assert found.key.startswith("A dashed box")
    assert found.key.endswith("A dotted line leads back.")
    assert "Account manager, Management, Project manager" in (svg.findtext(f"{SVG}desc") or "")


def test_where_lanes_would_not_fit_beside_each_other_each_box_names_its_role(
    library: Library,
) -> None:
    aside = Answer("Later", Go(sop="welcome"))
    many = sop(*(replace(asks(f"ask-{role}", "Yes", aside), role=role) for role in ROLES))
    found = drawn(library, many)
    svg = assert_sound(found, many)
    assert lanes(svg) == []
    (first,) = (a for a in svg.iter(f"{SVG}a") if a.get("href") == "#ask-client")
    assert words(first) == ["Client", "1.1 Ask-Client", "ask-client?"]
    assert "each step with its role: Client, Management" in (svg.findtext(f"{SVG}desc") or "")


def test_what_is_above_the_audience_is_not_named(library: Library) -> None:
    busy = replace(library.sops["busy"], classification="public")
    secret = replace(library, sops={**library.sops, "busy": busy})
    found = drawn(secret, busy, audience="public")
    svg = assert_sound(found, busy)
    assert "Welcome" not in found.svg
    assert "another procedure (not in this edition)" in words(svg)


HOW: tuple[Literal["all", "any", "not"], ...] = ("all", "any", "not")
IDS = [f"s{number}" for number in range(12)]
SAYS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60)
TITLES = SAYS.filter(lambda text: bool(text.strip()))


@st.composite
def graphs(draw: st.DrawFn) -> Sop:
    """Any SOP that the rules let pass: questions, conditions on them, and ways back."""
    ids = IDS[: draw(st.integers(1, len(IDS)))]
    steps: list[Step] = []
    for number, id_ in enumerate(ids):
        before = [s for s in steps if s.decision]
        condition = None
        if draw(st.booleans()):
            keys = st.sampled_from([*(s.id for s in before), "channels"])
            values = st.lists(st.sampled_from("ABC"), min_size=1, max_size=2, unique=True)
            parts = st.builds(lambda k, v: Ask(k, tuple(v)), keys, values)
            how = draw(st.sampled_from(HOW))
            most = 1 if how == "not" else 3
            condition = Condition(how, tuple(draw(st.lists(parts, min_size=1, max_size=most))))
        decision = None
        if draw(st.booleans()):
            go = st.one_of(
                st.none(),
                st.just(Go(end="end")),
                st.just(Go(sop="welcome")),
                st.builds(
                    Go,
                    step=st.sampled_from(ids[: number + 1]),
                    at_most=st.just(Count("2 times")),
                    then=st.sampled_from((None, Then(end="end"), Then(escalate="client"))),
                ),
            )
            answers = tuple(Answer(letter, draw(go)) for letter in "ABC"[: draw(st.integers(1, 3))])
            decision = Decision(draw(TITLES), answers)
        role = draw(st.sampled_from(ROLES))
        run = draw(st.sampled_from(("", "", "welcome")))
        step = Step(id_, draw(TITLES), role, when=condition, decision=decision, run=run)
        steps.append(step)
    return sop(*steps)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs())
def test_any_sop_can_be_drawn(library: Library, some: Sop) -> None:
    found = drawn(library, some)
    assert_sound(found, some)
    assert drawn(library, some) == found
    ways = flow(some)
    order = {step.id: number for number, step in enumerate(some.steps)}
    for id_, stop in ways.stops.items():
        for way in stop.ways:
            if way.to:
                assert (order[way.to] > order[id_]) == (way.back is None)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(graphs(), st.integers(400, 1200))
def test_a_part_for_paper_holds_its_boxes_whole(library: Library, some: Sop, tall: int) -> None:
    drawing = drawn(library, some).drawing
    cut = parts(drawing, tall)
    held = [number for part in cut for number in boxes_in(drawing, part)]
    assert sorted(held) == ([*range(len(drawing.sizes))] if cut else [])
    for part in cut:
        assert part.bottom - part.top + drawing.down <= tall
        for number in boxes_in(drawing, part):
            (x, y), size = drawing.layout.boxes[number], drawing.sizes[number]
            assert part.top <= y - size.height // 2
            assert y + size.height // 2 <= part.bottom
            assert part.left <= x - size.width // 2
            assert x + size.width // 2 <= part.right
        svg = ElementTree.fromstring(draw_part(drawing, part, ""))  # noqa: S314  # our own
        assert (svg.get("width"), words(svg)) == (str(part.width), [])
    said = "".join(line.says for part in cut for line in texts(drawing, part) if line.box)
    assert not cut or all("".join(s.title.split()) in "".join(said.split()) for s in some.steps)


@given(TITLES, st.integers(30, 200), st.integers(8, 20))
def test_text_fits_and_stays_the_same(text: str, room: int, size: int) -> None:
    lines = fit(text, room, size)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line, size) <= room or len(line) == 1 for line in lines)


def test_the_way_between_two_pages_as_they_are_served() -> None:
    assert site_way("onboard/a.md", "onboard/b.md") == "../b/"
    assert site_way("onboard/a.md", "win/index.md") == "../../win/"
    assert site_way("index.md", "win/b.md") == "win/b/"
    assert site_way("onboard/a.md", "index.md") == "../../"


# In a browser ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    (root / "mkdocs.yml").write_text((REPOSITORY / "mkdocs.yml").read_text("utf-8"), "utf-8")
    for page in render(library, context(problem_pages={"unknown-role": "# unknown-role: A"})):
        path = root / "build" / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.content)
    build_site(root / "build/mkdocs.yml", TODAY)
    return root / "build/site"


@pytest.fixture
def reader(browser: Browser, site: Path) -> Iterator[Reader]:
    with served(site) as address:
        reader = Reader(browser, address)
        yield reader
        reader.leave()
        assert reader.faults == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("size", "scheme", "scripts"),
    [("phone", "dark", True), ("desktop", "light", True), ("phone", "light", False)],
)
def test_a_diagram_opens_and_scrolls_by_itself(
    reader: Reader, size: Size, scheme: Scheme, scripts: bool
) -> None:
    page = reader.open("onboard/busy/", size, scheme, scripts=scripts)
    page.locator(".flow > summary").click()
    room = page.locator(".flow-room")
    expect(room).to_be_visible()
    assert sideways(page) == 0
    assert (
        size == "phone"
        or page.evaluate("document.querySelector('.flow-room').clientWidth") == DESKTOP
    )
    assert scripts is False or barriers(page) == []
    # Each line of text lies in its box, in this browser's own font.
    outside = page.evaluate(
        """() => [...document.querySelectorAll(".flow .box")].flatMap(box => {
            const shape = box.querySelector("rect, path");
            if (!shape) return [];
            const frame = shape.getBoundingClientRect();
            return [...box.querySelectorAll("tspan")].filter(line => {
                const at = line.getBoundingClientRect();
                return at.left < frame.left || at.right > frame.right
                    || at.top < frame.top - 1 || at.bottom > frame.bottom + 1;
            }).map(line => line.textContent);
        })"""
    )
    assert outside == []
    page.locator(".flow a[href='#talk']").click()
    page.wait_for_url("**/onboard/busy/#talk")
    expect(page.locator("h3#talk")).to_be_in_viewport()


@pytest.mark.browser
def test_a_diagram_leads_to_what_it_runs_and_takes_the_readers_colors(reader: Reader) -> None:
    ink = set()
    for scheme in ("light", "dark"):
        page = reader.open("onboard/busy/", scheme=scheme)
        page.locator(".flow > summary").click()
        ink.add(page.evaluate("getComputedStyle(document.querySelector('.flow .step rect')).fill"))
    assert len(ink) == 2
    page.locator(".flow .run[href='../welcome/']").first.click()
    page.wait_for_url("**/onboard/welcome/")
    expect(page.locator("h1")).to_contain_text("Welcome a client")


def test_the_search_does_not_find_a_diagram(site: Path) -> None:
    index = (site / "search/search_index.json").read_text("utf-8")
    assert "Judge the answer" in index
    assert "Contract signed" in index
    assert "from top to bottom" not in index
    assert "at most 2 times" in index
    assert "after 2 times" not in index


# The home page --------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_home_leads_by_stage_by_role_and_by_what_happened(
    reader: Reader, size: Size, scheme: Scheme
) -> None:
    page = reader.open("", size, scheme)
    assert barriers(page) == []
    assert sideways(page) == 0
    article = page.get_by_role("article")
    first = article.locator(".stages a", has_text="Welcome a client")
    expect(first).to_be_in_viewport()
    for link in ("Account manager", "The contract is signed."):
        found = article.locator(".chips, .needs").get_by_role("link", name=link)
        expect(found.first).to_be_visible()
    article.locator(".needs li", has_text="The contract is signed").get_by_role(
        "link"
    ).first.click()
    page.wait_for_url("**/onboard/*/")
