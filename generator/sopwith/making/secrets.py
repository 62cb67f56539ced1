"""What may not go onto the published site."""

from __future__ import annotations

from sopwith.making.asking import Blocked, plans_of
from sopwith.model import AUDIENCES
from sopwith.problem import Problem, Spot
from sopwith.workspace import Workspace


def stop_at_secrets(work: Workspace) -> None:
    """Raise Blocked where the edition is above what company.yml lets onto the published site."""
    plans_of(work)
    company, edition = work.library.company, work.audience
    if AUDIENCES.index(edition) <= AUDIENCES.index(company.publish):
        return
    message = f"the {edition} edition may not be published: whoever opens the site may read it"
    hint = (
        "GitHub Pages are public on most plans, also those of a private repository; "
        f"add --audience {company.publish}, "
        f'or say "publish: {edition}" where a login stands before the site'
    )
    raise Blocked([Problem(_says_so(work), "not-publishable", message, hint)])


def _says_so(work: Workspace) -> Spot:
    """Where company.yml says what is published; else where it says what is built."""
    at = work.library.company.at
    said = work.reading.sources[at.path].data
    return next((at / key for key in ("publish", "audience") if key in said), at)
