"""An email or a document written for somebody, by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sopwith import letters, paper
from sopwith.making.asking import Blocked, NotHere, at, plan_of, stop_at_errors_in_files
from sopwith.making.glyphs import unprintable
from sopwith.model import Document, Email, Library
from sopwith.outputs import drafts
from sopwith.outputs.page import Page
from sopwith.plan import Plan, Row, Unclear, fitting
from sopwith.problem import Problem
from sopwith.workspace import Workspace
from sopwith.write import staging

T = TypeVar("T")
Letter = TypeVar("Letter", Email, Document)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be written, for whom, for which step, and what a person answers to its prompts.

    Without a step it is the first that is still open and calls for it.
    """

    template: str
    client: str
    step: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


def email(work: Workspace, wish: Wish, *, hubspot: bool = False, mailto: bool = False) -> str:
    """Write an email as text, or as a link that opens it in a mail program.

    Raises NotHere, Unclear, letters.TooLong, and Blocked where a problem or an unknown name
    stands in the way.
    """
    plan, found, row = _asked(work, wish, "email", lambda library: library.emails)
    message = _filled(
        plan, found, lambda: letters.write(found, plan, row, wish.answers, hubspot=hubspot)
    )
    if mailto:
        return letters.to_mailto(message)
    return letters.to_text(message, wrapped=not hubspot)


def unanswered(work: Workspace, wish: Wish) -> str:
    """The questions in an email that nobody has answered yet, as what to add; or nothing."""
    asks = work.library.emails[wish.template].asks.items()
    still = [(name, text) for name, text in asks if name not in wish.answers]
    if not still:
        return ""
    told = " ".join(f'--ask {name}="..."' for name, _ in still)
    return f"Not ready to send: {len(still)} to answer. Say {told}"


def document(work: Workspace, wish: Wish, forms: Collection[drafts.Form]) -> str:
    """Write a document in these forms, else in all its own, and say where they are.

    Raises as `email` does, and paper.PaperError.
    """
    plan, found, row = _asked(work, wish, "document", lambda library: library.documents)
    path = f"documents/{plan.client.id}/{found.id}"
    wanted = tuple(forms) or ("html", *found.formats)

    def make() -> list[Page]:
        made = drafts.pages(found, plan, row, wish.answers, work.templates, path, wanted)
        return list(made)

    try:
        pages = _filled(plan, found, make)
    except paper.MissingGlyph as missing:
        raise Blocked(unprintable(work, plan, missing.characters, "document")) from None
    with staging(work.root) as stage:
        for page in pages:
            stage.add(page.path, [page])
    return "\n".join(at(work, page.path) for page in pages)


def _asked(
    work: Workspace, wish: Wish, kind: str, which: Callable[[Library], Mapping[str, Letter]]
) -> tuple[Plan, Letter, Row | None]:
    """The plan, the template and the step that are meant."""
    plan = plan_of(work, wish.client)
    known = which(work.library)
    found = known.get(wish.template)
    stop_at_errors_in_files(work, {f"{kind}s/{wish.template}.yml"})
    if found is None:
        raise NotHere(kind, wish.template, known)
    for ask in wish.answers:
        if ask not in found.asks:
            raise NotHere(f"prompt of this {kind}", ask, found.asks)
    calls = [row for row in plan.rows() if getattr(row.step, kind) == wish.template]
    if wish.step:
        return plan, found, _step(wish.step, calls, f"step that calls for this {kind}")
    return plan, found, next((row for row in calls if row.is_open), None)


def _step(typed: str, calls: Collection[Row], what: str) -> Row:
    rows = {row.address: row for row in calls}
    found = fitting(typed, rows)
    if not found:
        raise NotHere(what, typed, [address.rpartition("/")[2] for address in rows])
    if len(found) > 1:
        listed = "".join(f"\n  {address}" for address in found)
        raise Unclear(f'"{typed}" may be any of these; say which:{listed}')
    return rows[found[0]]


def _filled(plan: Plan, letter: Email | Document, write: Callable[[], T]) -> T:
    try:
        return write()
    except letters.Unresolved as unresolved:
        message = f'"{letter.title}" cannot be written yet: nothing is known of {unresolved.name}'
        at, file = plan.client.at, "the client's file"
        if plan.client.about != "client":  # what is known of us is in no file of its own
            at, file = plan.company.at, "company.yml"
        raise Blocked([Problem(at, "not-yet-known", message, f"add it to {file}")]) from None
