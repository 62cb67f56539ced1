"""From what somebody typed to a step of a client's plan, or an SOP."""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Sop
from sopwith.outputs.why.book import Book
from sopwith.outputs.why.lines import STUCK
from sopwith.plan import Row, Unclear, endings, fitting, numbered
from sopwith.problem import nearest

_MOST = 8


def find(book: Book, typed: str) -> Row | Sop:
    """The step with this address, or number, or the only one whose address ends so; else an SOP.

    A step of an SOP that is not in the plan stands for its SOP. Raises Unclear.
    """
    typed = typed.strip().strip("/")
    if typed in book.rows:
        return book.rows[typed]
    sop = None if "/" in typed else book.library.sops.get(typed.partition("@")[0])
    if sop:
        return sop
    found = fitting(typed, book.rows) or numbered(typed, book.plan)
    if len(found) == 1:
        return book.rows[found[0]]
    if found:
        first = f'"{typed}" may be any of {len(found)} steps of {book.client.name}; say which:'
        raise _unclear(first, *_listed(book, found))
    return _of_library(book, typed)


def _unclear(*lines: str) -> Unclear:
    return Unclear("\n".join(filter(None, lines)).replace(STUCK, " "))


def _of_library(book: Book, typed: str) -> Sop:
    """The SOP that has such a step, where the plan has none."""
    head, _, step = typed.rpartition("/")
    sops = [sop for sop in book.library.sops.values() if head in ("", sop.id) and sop.step(step)]
    if len(sops) == 1:
        return sops[0]
    if sops:
        first = f'"{typed}" may be a step of any of these, and none is in the plan:'
        raise _unclear(first, *(f"  {sop.id}" for sop in sops))
    none = f'{book.client.name} has no step "{typed}"'
    raise _unclear(none, _meant(book, typed), f"all there are: sopwith why {book.client.id}")


def _meant(book: Book, typed: str) -> str:
    for sop in book.library.sops.values():
        for former in sop.former_steps:
            if typed in (former.id, f"{sop.id}/{former.id}"):
                now = f'; it is now "{former.now}"' if former.now else ""
                return f"{sop.title} had it until version {former.until}{now}"
    known = {end for address in book.rows for end in endings(address)}
    meant = nearest(typed, known | book.library.sops.keys())
    return f'did you mean "{meant}"?' if meant else ""


def _listed(book: Book, addresses: list[str]) -> Iterator[str]:
    """The candidates, what is open first; only some, where there are many."""
    order = {row.address: place for place, row in enumerate(book.plan.open_rows())}
    ranked = sorted(addresses, key=lambda address: order.get(address, len(order)))
    shown = [book.rows[address] for address in ranked[:_MOST]]
    width = max(len(book.tails[row.address]) for row in shown)
    for row in shown:
        when = book.day(row.due) if row.is_open and row.due else row.state.replace("-", " ")
        yield f"  {book.tails[row.address]:{width}}  {when}"
    if len(ranked) > _MOST:
        yield f"  and {len(ranked) - _MOST} more"
