"""Everything, or some of its parts: staged, and swapped in whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from sopwith import engine
from sopwith.making.asking import all_plans, at, stop_at_errors
from sopwith.making.parts import handbook_pages, pack, report_pages
from sopwith.outputs import review
from sopwith.outputs.page import Page
from sopwith.workspace import Workspace
from sopwith.write import Staging, staging

Say = Callable[[str], None]
PARTS = ("handbook", "clients", "review")


def handbook_alone(work: Workspace) -> None:
    """Write the handbook's Markdown and settings, without the site; raises Blocked."""
    stop_at_errors(work)
    with staging(work.root) as stage:
        _stage(stage, handbook_pages(work))


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
            _stage(stage, handbook_pages(work))
            say("site")
            engine.build_site(stage.folder / "mkdocs.yml", work.today)
            stage.adopt("site")
            told.append(f"the handbook is in {at(work, 'site')}")
        if "clients" in parts:
            plans = all_plans(work)
            for plan in plans:
                say(f"checklist and emails: {plan.client.name}")
                stage.add(f"clients/{plan.client.id}", pack(work, plan))
            stage.drop_others("clients")
            one = len(plans) == 1
            whose = "checklist of 1 client is" if one else f"checklists of {len(plans)} clients are"
            told.append(f"the {whose} in {at(work, 'clients')}")
        if "review" in parts:
            quarter = review.Quarter.of(work.today)
            say(f"review: {quarter}")
            stage.add(f"review/{quarter}", report_pages(work, quarter))
            told.append(f"the review is in {at(work, f'review/{quarter}')}")
    return _sentence(told)


def _stage(stage: Staging, pages: Sequence[Page]) -> None:
    """Stage pages by the folder, or the file, that they belong to."""
    for target in dict.fromkeys(page.path.partition("/")[0] for page in pages):
        stage.add(target, [page for page in pages if page.path.partition("/")[0] == target])


def _sentence(told: Sequence[str]) -> str:
    text = "; ".join(told)
    return f"{text[:1].upper()}{text[1:]}."
