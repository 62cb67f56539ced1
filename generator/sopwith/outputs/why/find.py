"""From what somebody typed to a step of a client's plan, or an SOP."""

from __future__ import annotations

from sopwith.finding import meant, unclear
from sopwith.model import Sop
from sopwith.outputs.why.book import Book
from sopwith.outputs.why.lines import STUCK
from sopwith.plan import Row, Unclear, endings
from sopwith.problem import nearest


def find(book: Book, typed: str) -> Row | Sop:
    """The step with this address, number or title, or the only one that ends so; else an SOP.

    A step of an SOP that is not in the plan stands for its SOP. Raises Unclear.
    """
    typed = typed.strip().strip("/")
    if typed in book.rows:
        return book.rows[typed]
    sop = None if "/" in typed else book.library.sops.get(typed.partition("@")[0])
    if sop:
        return sop
    found = meant(typed, book.rows, book.plan)
    if len(found) == 1:
        return book.rows[found[0]]
    if found:
        raise unclear(typed, found, book.plan, book.tails)
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
    near = nearest(typed, known | book.library.sops.keys())
    return f'did you mean "{near}"?' if near else ""
