"""A client's calendar by itself, and what every calendar needs to know of the past."""

from __future__ import annotations

from dataclasses import replace

from sopwith.ical import Sequences
from sopwith.making.asking import NotHere, at, named, plan_of
from sopwith.model import Client
from sopwith.outputs import calendar as output
from sopwith.workspace import Workspace
from sopwith.write import staging


def sequences(work: Workspace) -> Sequences:
    """How often what a client's dates hang on has changed: its file, company.yml, any SOP.

    Nothing is kept between two runs: it is the number of commits that touched one of these, and
    one more for what is not committed. An SOP that is not for this client counts too, so that the
    number never falls when an SOP leaves its plan.
    """
    touched = work.touched
    shared = touched.get(work.library.company.at.path, set()) | touched.get("sops", set())

    def sequence(client: Client) -> int:
        return len(shared | touched.get(client.at.path, set()))

    return sequence


def calendar(work: Workspace, client: str, wish: output.Wish) -> str:
    """Write a client's calendar, and say where it is.

    Raises NotHere, and Blocked where a problem stands in the way of this client.
    """
    plan = plan_of(work, client)
    if wish.role and wish.role not in plan.company.roles:
        raise NotHere("role", wish.role, plan.company.roles)
    if wish.person:
        wish = replace(wish, person=named(wish.person, plan.company.people))
    folder = f"calendar/{client}"
    page = output.render(plan, folder, sequences(work), wish)
    with staging(work.root) as stage:
        stage.add(folder, [page])
    return at(work, page.path)
