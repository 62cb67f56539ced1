"""A new file with only what must be in it, and a comment that says what belongs where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from sopwith import edit
from sopwith.edit import Quoted
from sopwith.fields import Fields
from sopwith.filing.keep import Refused, create
from sopwith.filing.naming import checked_id, path_of_new
from sopwith.filing.telling import sentence
from sopwith.filing.whom import known_to_git
from sopwith.making import Blocked, NotHere
from sopwith.model import Library, Observation
from sopwith.read import KINDS
from sopwith.source import Data
from sopwith.words import long_date
from sopwith.workspace import Workspace

_FIRST = Quoted("1.0")
_LETTER = """\
Hi {{ contact.first_name }},

Say here what you write for.

{{ sender.name }}
"""
_NEXT_OF_SOP = """\
It is a draft: the handbook shows it, and no checklist does. Fill it in, look at it with "sopwith \
check", and once it is right, say status: active."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be begun: its kind, what it is called, where it belongs, what it came of."""

    kind: str
    title: str = ""
    id: str = ""
    stage: str = ""
    observations: Sequence[str] = ()


def new(work: Workspace, wanted: Wanted) -> str:
    """Write a file with only its required fields, and tell how to go on.

    What can be left for the editor is not asked: roles are those that most of our files name, and
    texts say what is to stand in their place. Raises NotHere for names that nothing has, Refused
    where it cannot be written, and Blocked where it would have errors.
    """
    if work.reading.library is None:
        raise Blocked(work.errors)
    came_of = tuple(_observation(work.library, name) for name in dict.fromkeys(wanted.observations))
    title = wanted.title or _theme(came_of)
    kind = next(kind for kind in KINDS if kind.name == wanted.kind)
    id_ = checked_id(wanted.id, title, "thank-you-card")
    stage = _stage(work.library, wanted.stage, came_of) if kind.name == "sop" else ""
    path = path_of_new(work, kind, id_, stage)
    make, next_ = SKELETONS[kind.name]
    try:
        text = edit.begun(make(work, title, came_of), Fields.of(kind.schema), spread="phases")
    except edit.Unwritable as unwritable:
        raise Refused(f"This cannot be written: {unwritable}.") from None
    create(work, path, text)
    return "\n".join((f"{path} is written.", sentence(next_.format(id=id_))))


def _observation(library: Library, name: str) -> Observation:
    id_ = PurePath(name).stem
    if id_ not in library.observations:
        raise NotHere("observation", id_, library.observations)
    return library.observations[id_]


def _theme(came_of: Sequence[Observation]) -> str:
    """What most of some observations are about."""
    tags = [tag for observation in came_of for tag in observation.tags]
    if not tags:
        raise Refused("Say what it is to be called.")
    return Counter(tags).most_common(1)[0][0].capitalize()


def _stage(library: Library, given: str, came_of: Sequence[Observation]) -> str:
    """The stage that was given, or that of the procedure which was observed."""
    stages = [stage.id for stage in library.company.stages]
    about = [library.sops[o.sop].stage for o in came_of if o.sop in library.sops]
    stage = given or next(iter(about if about else stages[: len(stages) == 1]), "")
    if not stage:
        raise Refused(f"Say where it belongs: --stage with one of {', '.join(stages)}.")
    if stage not in stages:
        raise NotHere("stage", stage, stages)
    return stage


# What stands in it ----------------------------------------------------------------------------


def _sop(work: Workspace, title: str, came_of: Sequence[Observation]) -> dict[str, Data]:
    sops = work.library.sops.values()
    owner = _usual(work.library, (sop.owner for sop in sops))
    proposed = [o.action.what for o in came_of if o.action and o.action.status != "dropped"]
    step: dict[str, Data] = {"id": "first-step", "title": "Say what to do, a verb first"}
    if proposed:
        step["details"] = "Proposed so far: " + " ".join(" ".join(proposed).split())
    phase: dict[str, Data] = {"id": "first-part", "title": "Name this part"}
    change: dict[str, Data] = {
        "version": _FIRST,
        "effective": str(work.today),
        "by": _author(work, owner),
        "summary": "First version",
    }
    named = ", ".join(o.id for o in came_of)
    about = dict.fromkeys(o.sop for o in came_of if o.sop in work.library.sops)
    return {
        "title": title,
        "version": _FIRST,
        "status": "draft",
        "owner": owner,
        "approver": _usual(work.library, (sop.approver for sop in sops)),
        "review": {"every": "quarter"},
        **({"purpose": _noticed(work.library, came_of)} if came_of else {}),
        "trigger": {"says": "Say what starts it."},
        "outcome": "Say what is true when it is done.",
        "phases": [{**phase, "steps": [{**step, "role": owner}]}],
        **_some("tags", dict.fromkeys(tag for o in came_of for tag in o.tags)),
        **({"references": [{"sop": sop} for sop in about]} if about else {}),
        "changes": [{**change, **({"why": f"We noticed it: {named}"} if came_of else {})}],
    }


def _noticed(library: Library, came_of: Sequence[Observation]) -> str:
    """What was noticed, and when."""
    locale = library.company.locale
    said = (f"{long_date(o.date, locale)}: {' '.join(o.summary.split())}" for o in came_of)
    return " ".join(("What we noticed.", *said))


def _email(work: Workspace, title: str, _: Sequence[Observation]) -> dict[str, Data]:
    emails = work.library.emails.values()
    return {
        "title": title,
        "version": _FIRST,
        "owner": _usual(work.library, (email.owner for email in emails)),
        "from": _usual(work.library, (email.from_ for email in emails)),
        "to": "main_contact",
        "subject": Quoted(title),
        "body": _LETTER,
    }


def _document(work: Workspace, title: str, _: Sequence[Observation]) -> dict[str, Data]:
    documents = work.library.documents.values()
    return {
        "title": title,
        "version": _FIRST,
        "owner": _usual(work.library, (document.owner for document in documents)),
        "body": f"# {title}\n\nFor {{{{ client.name }}}}\n\nWrite here what it says.\n",
    }


SKELETONS: Mapping[str, tuple[Callable[..., dict[str, Data]], str]] = {
    "sop": (_sop, _NEXT_OF_SOP),
    "email": (_email, "Fill it in, and let the step that sends it say email: {id}"),
    "document": (_document, "Fill it in, and let the step that writes it say document: {id}"),
}
"""Each kind of file that can be begun: what stands in it, and what is to be done next."""


# What is taken for granted --------------------------------------------------------------------


def _usual(library: Library, roles: Iterable[str]) -> str:
    """The role that most files name, or the first one inside the firm."""
    known = Counter(role for role in roles if role in library.company.roles)
    inside = (role.id for role in library.company.roles.values() if not role.outside)
    return known.most_common(1)[0][0] if known else next(inside, next(iter(library.company.roles)))


def _author(work: Workspace, role: str) -> str:
    """Whoever sits here, else somebody who holds a role, else the first of us."""
    company = work.library.company
    holders = company.roles[role].held_by if role in company.roles else ()
    return known_to_git(work.root, company) or next(iter((*holders, *company.people)))


def _some(key: str, values: Iterable[str]) -> dict[str, Data]:
    found: list[Data] = [*values]
    return {key: found} if found else {}
