"""The part of the library that one edition of the review may speak of."""

from __future__ import annotations

from dataclasses import replace

from sopwith.model import AUDIENCES, Audience, Library


def shareable(library: Library, audience: Audience) -> Library:
    """Take what the audience may see, and leave the rest behind; no client is in it.

    Observations and meetings are internal. An observation about an SOP above the audience goes
    with that SOP; the others come without client and reporter, meetings without those present.
    """
    ours = AUDIENCES[: AUDIENCES.index(audience) + 1]
    sops = {id_: sop for id_, sop in library.sops.items() if sop.classification in ours}
    inside = "internal" in ours
    observations = {
        id_: replace(seen, client="", reported_by="")
        for id_, seen in library.observations.items()
        if inside and (not seen.sop or seen.sop in sops)
    }
    reviews = {
        id_: replace(review, present=(), signed=())
        for id_, review in library.reviews.items()
        if inside
    }
    return Library(library.company, sops, observations=observations, reviews=reviews)
