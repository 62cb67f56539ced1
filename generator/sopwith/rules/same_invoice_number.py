"""Two invoices have the same number.

An invoice's number comes from the short name of the client's file and the step that sends the
invoice, and from nothing else, so that it never changes. Once in many millions two come out the
same, and then a payment cannot be told from another. Give the newer client's file, or the newer
milestone, another short name before anything is sent.

Wrong, where the two milestones happen to lead to one number:

```yaml
milestones:
  - {id: part-3778, title: First part, fee: "500.00"}
  - {id: part-7917, title: Second part, fee: "500.00"}
```

Right:

```yaml
milestones:
  - {id: part-3778, title: First part, fee: "500.00"}
  - {id: second-part, title: Second part, fee: "500.00"}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith import letters
from sopwith.hands import spread
from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem

CODE = "same-invoice-number"


def check(library: Library, plans: Plans) -> Iterator[Problem]:
    """Report steps whose invoice would have the number of another's."""
    numbered = {d.id for d in library.documents.values() if "invoice.number" in d.body}

    def invoices(client: str) -> list[str]:
        plan = plans.of(client)
        rows = plan.rows() if plan else ()
        return [row.address for row in rows if row.step.document in numbered]

    clients = sorted(library.clients) if numbered else []
    known: dict[str, str] = {}
    found = spread(invoices, clients, worth_it=len(clients) > plans.KEPT)
    for client, addresses in zip(clients, found, strict=True):
        for address in addresses:
            told = f"{client}/{address}"
            number = letters.number(client, address)
            other = known.setdefault(number, told)
            if other != told:
                message = f"the invoice of {told} has the number {number}, as that of {other} has"
                hint = "give the milestone or the client's file another short name"
                yield Problem(library.clients[client].at, CODE, message, hint)
