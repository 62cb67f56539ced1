"""What changed around us in a quarter: clients, services and staff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sopwith.model import Library, Quarter
from sopwith.outputs.review.figures.clients import begun, customer, touches
from sopwith.outputs.review.figures.report import Around


def around(library: Library, quarter: Quarter) -> Around:
    """Gather it from the clients' files and from the people in company.yml."""
    clients = [library.clients[id_] for id_ in sorted(library.clients)]
    here = [client for client in clients if touches(client, quarter)]
    people = library.company.people.values()
    came = tuple(c for c in here if (day := begun(c)) and day in quarter)
    known = {customer(c) for c in clients if (day := begun(c)) and day < quarter.first}
    moves: Counter[str] = Counter(
        known.caused_by or "other"
        for client in here
        for known in client.dates.values()
        if known.now
        and known.now != known.planned
        and (known.planned.day in quarter or known.now.day in quarter)
    )
    return Around(
        began=came,
        again=tuple(c for c in came if customer(c) in known),
        ended=tuple(c for c in here if c.ended and c.ended.date in quarter),
        services=tuple(_services(library, quarter)),
        joined=tuple(p for p in people if p.joined and p.joined in quarter),
        left=tuple(p for p in people if p.left and p.left in quarter),
        moves=moves,
        pauses=sum(
            span.from_ <= quarter.last and span.to >= quarter.first
            for client in here
            for span in client.paused
        ),
    )


def _services(library: Library, quarter: Quarter) -> Iterator[tuple[str, str, int, int]]:
    for fact in library.company.facts.values():
        count = Counter(
            (value, when)
            for client in library.clients.values()
            for when in (quarter.previous, quarter)
            if touches(client, when)
            for value in client.facts.get(fact.id, (fact.default,))
        )
        for value in fact.one_of:
            before, now = count[value, quarter.previous], count[value, quarter]
            if before or now:
                yield fact.title, value, before, now
