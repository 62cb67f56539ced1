"""What a change to the handbook means, in words: for a terminal, a pull request, a program."""

from __future__ import annotations

from collections.abc import Sequence

from sopwith.comparing import Pair
from sopwith.data import Templates
from sopwith.model import Library
from sopwith.outputs.diff.effects import Effect, effect, names, touched
from sopwith.outputs.diff.forms import FORMS, PRIVATE, Named
from sopwith.outputs.diff.view import view

__all__ = ["FORMS", "Effect", "effect", "render"]


def render(
    pairs: Sequence[Pair],
    libraries: tuple[Library, Library],
    effects: Sequence[Effect],
    since: str,
    form: str,
    templates: Templates,
) -> str:
    """Tell what two readings of a handbook differ in, as one of FORMS.

    Only a form for whoever sits at the terminal names clients; the others count them.
    """
    told = view(pairs, libraries, effects, since)
    named = Named()
    if form in PRIVATE:
        called = names(effects)
        who = {pair.shown.at.path: touched(pair, effects) for pair in pairs}
        named = Named(
            {called[one.subject.id]: one for one in effects if one.parts},
            {path: [called[one.subject.id] for one in found] for path, found in who.items()},
        )
    return FORMS[form](told, named, templates)
