"""Everything, or some of its parts: staged, and swapped in whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from sopwith import engine, report
from sopwith.making.asking import at, plans_of, stop_at_errors
from sopwith.making.parts import handbook_context, handbook_pages, packs, report_pages
from sopwith.outputs import handbook, review
from sopwith.outputs.page import Page
from sopwith.plan import Plan
from sopwith.workspace import Workspace
from sopwith.write import Staging, staging

Say = Callable[[str], None]
PARTS = ("handbook", "book", "clients", "people", "firm", "review")


def handbook_alone(work: Workspace, memory: handbook.Memory | None = None) -> list[Page]:
    """Write the handbook's Markdown and settings, without the site; raises Blocked."""
    stop_at_errors(work)
    pages = handbook_pages(work, memory)
    with staging(work.root) as stage:
        _stage(stage, pages)
    return pages


def everything(work: Workspace, only: Collection[str], say: Say) -> str:
    """Build all parts, or only some, and tell in a sentence what there is now.

    Raises Blocked where a problem stands in the way of anything asked for.
    """
    parts = set(only or PARTS)
    stop_at_errors(work)
    told: list[str] = []
    with staging(work.root) as stage:
        if "handbook" in parts:
            say("handbook")
            pages = handbook_pages(work)
            _stage(stage, pages)
            say("site")
            engine.build_site(stage.folder / "mkdocs.yml", work.today)
            stage.adopt("site", handbook.beside(pages))
            told.append(f"the handbook is in {at(work, 'site')}")
        if "book" in parts:
            say("book")
            page = handbook.book(handbook.edition(work.library, handbook_context(work)))
            stage.add(page.path, [page])
            told.append(f"the book is {at(work, page.path)}")
        for part, sort in _SORTS.items():
            number = _stage_packs(stage, work, sort, say) if part in parts else 0
            if number or part in only:
                told.append(f"the {sort.told(number)} in {at(work, sort.folder)}")
        if "review" in parts:
            quarter = review.Quarter.of(work.today)
            say(f"review: {quarter}")
            stage.add(f"review/{quarter}", report_pages(work, quarter))
            told.append(f"the review is in {at(work, f'review/{quarter}')}")
    late = report.late_reviews(work.late_reviews) if parts & {"handbook", "review"} else ""
    return "\n".join([_sentence(told), *([late] if late else [])])


@dataclass(frozen=True, slots=True)
class _Sort:
    """Checklists and emails of one sort: where they lie, whose they are, and what to call them."""

    folder: str
    ids: Callable[[Workspace], Sequence[str]]
    one: str
    several: str

    def told(self, number: int) -> str:
        """So many of them, in words."""
        if number == 1:
            return f"checklist of 1 {self.one} is"
        return f"checklists of {number} {self.several} are"


_SORTS = {
    "clients": _Sort("clients", lambda work: sorted(work.library.clients), "client", "clients"),
    "people": _Sort("people", lambda work: _ids(plans_of(work).people()), "person", "people"),
    "firm": _Sort("quarters", lambda work: _ids(plans_of(work).quarters()), "quarter", "quarters"),
}


def _ids(plans: Iterable[Plan]) -> list[str]:
    return [plan.client.id for plan in plans]


def _stage_packs(stage: Staging, work: Workspace, sort: _Sort, say: Say) -> int:
    """Stage the packs of one sort; return how many there are."""
    ids = sort.ids(work)
    for client, pages in packs(work, ids):
        say(f"checklist and emails: {client.name}")
        stage.add(client.folder, pages)
    stage.drop_others(sort.folder)
    return len(ids)


def _stage(stage: Staging, pages: Sequence[Page]) -> None:
    """Stage pages by the folder, or the file, that they belong to."""
    for target in dict.fromkeys(page.path.partition("/")[0] for page in pages):
        stage.add(target, [page for page in pages if page.path.partition("/")[0] == target])


def _sentence(told: Sequence[str]) -> str:
    text = "; ".join(told)
    return f"{text[:1].upper()}{text[1:]}."
