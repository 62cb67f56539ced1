"""The quarterly review: the full, private report, and the edition that the handbook carries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from sopwith import paper
from sopwith.data import Templates, jinja
from sopwith.hands import spread
from sopwith.model import Audience, Library, Quarter
from sopwith.outputs.page import Page
from sopwith.outputs.review import plain
from sopwith.outputs.review.figures.edition import shareable
from sopwith.outputs.review.figures.gather import gather
from sopwith.outputs.review.figures.report import Report
from sopwith.outputs.review.figures.whereabouts import Whereabouts
from sopwith.outputs.review.words import printed, sheet
from sopwith.outputs.review.words.pen import Pen
from sopwith.outputs.review.words.sheet import Block, Chart, Sheet
from sopwith.plan import Plans
from sopwith.text import escape_markdown

__all__ = ["Context", "Quarter", "Report", "Shared", "gather", "render", "shared"]


_Files = Iterator[tuple[str, bytes]]
_GAP = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Context:
    """What a review needs beside the library.

    `commit` is a short hash, or "uncommitted". `audience` is that of the published edition.
    """

    templates: Templates
    today: date
    quarter: Quarter
    commit: str
    audience: Audience


def render(library: Library, plans: Plans, context: Context) -> Iterator[Page]:
    """Write the full report in all its forms; it names clients and people, so it is private.

    Paths are below build/. Of a large firm, paper, pages and tables are made side by side. Raises
    paper.PaperError.
    """
    report = gather(library, plans, context.quarter)
    pen = Pen(library, shared=False, places=Whereabouts(library.sops.values()))
    content = _drawn(sheet(report, pen, context.commit), context)
    folder = f"review/{context.quarter}"

    def on_screen() -> _Files:
        yield "report.md", _text(content, context, "review.md", autoescape=False)
        yield "report.html", _text(content, context, "review.html", autoescape=True)
        yield from ((chart.path, chart.svg.encode()) for chart in _charts(content))

    def in_tables() -> _Files:
        return plain.files(report)

    def on_paper() -> _Files:
        yield "report.pdf", _pdf(content, library, context)

    forms = (on_screen, in_tables, on_paper)
    is_large = len(library.clients) > plans.KEPT
    for made in spread(lambda form: [*form()], forms, worth_it=is_large):
        yield from (Page(f"{folder}/{name}", form) for name, form in made)


@dataclass(frozen=True, slots=True)
class Shared:
    """The edition for the handbook: its Markdown, and the charts by the headings they belong to."""

    text: str
    charts: Mapping[str, str]

    def illustrated(self, page: str) -> str:
        """The page of the handbook that was made of the text, with its charts."""
        for title, svg in self.charts.items():
            before, heading, after = page.partition(f"\n### {title}\n\n")
            says, gap, rest = after.partition("\n\n")
            if gap:
                figure = f"<figure>\n{svg.strip()}\n</figure>"
                page = f"{before}{heading}{says}\n\n{figure}\n\n{rest}"
        return page


def shared(library: Library, plans: Plans, context: Context) -> Shared:
    """The edition for the handbook: no client, nobody by name, only what is allowed.

    Everything in it comes from the part of the library that the audience may see; of clients it
    knows nothing but counts. It has no title of its own, and links SOPs by their files, relative
    to the root.
    """
    report = gather(library, plans, context.quarter, context.audience)
    shown = shareable(library, context.audience)
    pen = Pen(shown, shared=True, places=Whereabouts(shown.sops.values()))
    content = replace(sheet(report, pen, context.commit, context.audience), proofs=())
    charts = {chart.title: chart.svg for chart in _charts(_drawn(content, context))}
    return Shared(_text(content, context, "handbook.md", autoescape=False).decode(), charts)


def _text(content: Sheet, context: Context, name: str, *, autoescape: bool) -> bytes:
    environment = jinja(context.templates, autoescape=autoescape)
    environment.filters["plain"] = lambda text: escape_markdown(" ".join(text.split()))
    text = environment.get_template(f"review/{name}.j2").render(
        sheet=content, anchors={proof.id: proof.anchor for proof in content.proofs}
    )
    return _GAP.sub("\n\n", text).strip("\n").encode() + b"\n"


# Charts and paper --------------------------------------------------------------------------------


def _drawn(content: Sheet, context: Context) -> Sheet:
    """The same with the picture of each chart."""
    template = jinja(context.templates, autoescape=True).get_template("review/chart.svg.j2")

    def draw(block: Block) -> Block:
        if isinstance(block, Chart) and block.bars:
            return replace(block, svg=template.render(chart=block))
        return block

    sections = (
        replace(section, blocks=tuple(map(draw, section.blocks))) for section in content.sections
    )
    return replace(content, sections=tuple(sections))


def _charts(content: Sheet) -> Iterator[Chart]:
    blocks = (block for section in content.sections for block in section.blocks)
    return (block for block in blocks if isinstance(block, Chart) and block.svg)


def _pdf(content: Sheet, library: Library, context: Context) -> bytes:
    """Print it, whatever letters there are: one client's name is not to spoil the meeting."""
    language, _, region = content.language.partition("-")
    company = library.company
    content = printed(content)
    data = asdict(content) | {
        "language": language,
        "region": region,
        "paper": company.paper,
        "printed": str(context.today),
        "commit": context.commit,
        "handbook": company.handbook,
    }
    try:
        return _print(data, content, context)
    except paper.MissingGlyph as missing:
        return _print(paper.spelled(data, missing), content, context, missing.numbers)


def _print(
    data: dict[str, object], content: Sheet, context: Context, named: dict[int, str] | None = None
) -> bytes:
    templates = context.templates
    assets = templates.under("paper")
    assets |= {chart.path: chart.svg.translate(named or {}).encode() for chart in _charts(content)}
    template = templates.text("review/review.typ")
    return paper.pdf(template, data, assets=assets, title=content.title, today=context.today)
