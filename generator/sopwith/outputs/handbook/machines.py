"""The same edition for programs: handbook.json, llms.txt, and plain Markdown beside each page.

schemas/handbook.schema.json says what each field of the JSON means; llms.txt has the form of
https://llmstxt.org. What is in none of the edition's pages is in none of these.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from sopwith.model import Answer, Document, Email, Role, Sop, Step
from sopwith.outputs.handbook.edition import Edition, numbered
from sopwith.outputs.handbook.markup import line
from sopwith.outputs.handbook.overview import READERS
from sopwith.outputs.handbook.pen import Pen, titled
from sopwith.outputs.handbook.settings import FOLDER
from sopwith.outputs.page import Page
from sopwith.places import CHANGES, HOME, VERSIONS, WRITING, page, served, sop_page
from sopwith.words import long_date

SITE = "site"
Data = dict[str, Any]


def for_machines(edition: Edition) -> Iterator[Page]:
    """The files for programs that the site engine copies as they stand."""
    yield Page(f"{FOLDER}/handbook.json", _written(as_data(edition)).encode())
    yield Page(f"{FOLDER}/llms.txt", _llms(edition).encode())


# handbook.json ------------------------------------------------------------------------------------


def _written(data: Data) -> str:
    """JSON with a line for each thing: with indents it would take many times as long."""
    fields = (f"{_dump(name)}: {_listed(value)}" for name, value in data.items())
    return "{\n" + ",\n".join(fields) + "\n}\n"


def _listed(value: Any) -> str:
    if not isinstance(value, list):
        return _dump(value)
    return "[\n" + ",\n".join(map(_dump, value)) + "\n]"


_dump = partial(json.dumps, ensure_ascii=False)


def as_data(edition: Edition) -> Data:
    """All that an edition says, as the schema `handbook` has it; what is not known is left out."""
    company, context, pen = edition.company, edition.context, Pen(edition, HOME)
    emails, documents = _used(edition, "email"), _used(edition, "document")
    tools = dict.fromkeys(tool for sop in edition.sops.values() for tool in _tools(sop))
    return _known(
        sopwith="handbook",
        version=1,
        company=company.name,
        audience=context.audience,
        made=str(context.today),
        commit=context.commit,
        address=company.handbook,
        stages=[{"id": stage.id, "title": stage.title} for stage in company.stages],
        roles=[_role(role) for role in edition.roles.values()],
        tools=[
            _known(id=id_, title=company.tools[id_].title, url=company.tools[id_].url)
            for id_ in tools
            if id_ in company.tools
        ],
        procedures=[_sop(pen, sop) for sop in edition.sops.values()],
        emails=[_email(email, emails[email.id]) for email in edition.emails.values()],
        documents=[_document(item, documents[item.id]) for item in edition.documents.values()],
    )


def _tools(sop: Sop) -> Iterator[str]:
    yield from sop.tools
    yield from (record.kept_in for record in sop.records if record.kept_in)


def _known(**fields: Any) -> Data:
    return {name: value for name, value in fields.items() if value not in ("", None, [], {}, False)}


def _placed(path: str) -> Data:
    """Where a page is, and its plain Markdown, as seen from handbook.json."""
    return {"page": served(path), "markdown": path}


def _role(role: Role) -> Data:
    where = _placed(page("roles", role.id))
    return _known(id=role.id, title=role.title, does=role.does, outside=role.outside, **where)


def _sop(pen: Pen, sop: Sop) -> Data:
    numbers = {step.id: number for step, number in numbered(sop)}
    return _known(
        id=sop.id,
        stage=sop.stage,
        title=sop.title,
        version=str(sop.version),
        status=sop.status,
        effective=str(sop.current.effective) if sop.current else "",
        classification=sop.classification,
        owner=sop.owner,
        approver=sop.approver,
        superseded_by=sop.superseded_by if sop.superseded_by in pen.edition.sops else "",
        about=sop.about,
        starts=pen.plain(sop.trigger.says),
        event=sop.trigger.event,
        applies_to=pen.condition_words(sop, sop.applies_to) if sop.applies_to else "",
        takes=sop.timeline,
        outcome=sop.outcome,
        purpose=pen.plain(sop.purpose),
        scope=pen.plain(sop.scope),
        prerequisites=list(sop.prerequisites),
        tags=list(sop.tags),
        phases=[
            _known(
                id=phase.id,
                title=phase.title,
                objective=phase.objective,
                work=phase.work,
                steps=[_step(pen, sop, step, numbers[step.id]) for step in phase.steps],
            )
            for phase in sop.phases
        ],
        guidelines=[pen.plain(text) for text in sop.guidelines],
        terms=[{"term": term.term, "means": term.means} for term in sop.terms],
        **_placed(sop_page(sop.stage, sop.id)),
    )


def _step(pen: Pen, sop: Sop, step: Step, number: str) -> Data:
    edition, decision = pen.edition, step.decision
    return _known(
        id=step.id,
        number=number,
        title=step.title,
        role=step.role,
        **{"with": list(step.with_)},
        sign=list(step.sign),
        due=pen.due_words(sop, step.due) if step.due else "",
        repeats=pen.repeat_words(step.repeat) if step.repeat else "",
        only_if=pen.condition_words(sop, step.when) if step.when else "",
        for_each=step.for_each,
        waits_for=list(step.wait_for),
        runs=step.run if step.run in edition.sops else "",
        email=step.email if step.email in edition.emails else "",
        document=step.document if step.document in edition.documents else "",
        tools=list(step.tools),
        critical=step.critical,
        details=pen.plain(step.details),
        substeps=list(step.substeps),
        notes=[{"kind": note.kind, "says": pen.plain(note.says)} for note in step.notes],
        question=decision.question if decision else "",
        answers=[_answer(pen, answer) for answer in decision.answers] if decision else [],
        expect=step.expect,
        evidence=step.evidence,
    )


def _answer(pen: Pen, answer: Answer) -> Data:
    go = answer.go
    if go is None:
        return {"answer": answer.answer, "leads": "on"}
    leads = "procedure" if go.sop else "back" if go.step else "end"
    return _known(
        answer=answer.answer,
        leads=leads,
        procedure=go.sop if go.sop in pen.edition.sops else "",
        step=go.step,
        at_most=str(go.at_most) if go.at_most else "",
    )


def _used(edition: Edition, kind: str) -> Mapping[str, list[Data]]:
    """The steps that call for each email or document."""
    found: defaultdict[str, list[Data]] = defaultdict(list)
    for use in edition.uses(lambda step: bool(getattr(step, kind))):
        found[getattr(use.step, kind)].append({"procedure": use.sop.id, "step": use.step.id})
    return found


def _email(email: Email, used_in: list[Data]) -> Data:
    return _known(
        id=email.id,
        title=email.title,
        version=str(email.version),
        owner=email.owner,
        **{"from": email.from_},
        to=email.to,
        cc=list(email.cc),
        asks=dict(email.asks),
        subject=email.subject,
        body=email.body,
        used_in=used_in,
        **_placed(page("emails", email.id)),
    )


def _document(document: Document, used_in: list[Data]) -> Data:
    return _known(
        id=document.id,
        title=document.title,
        version=str(document.version),
        owner=document.owner,
        asks=dict(document.asks),
        body=document.body,
        used_in=used_in,
        **_placed(page("documents", document.id)),
    )


# llms.txt -----------------------------------------------------------------------------------------


_HOW_TO_READ = (
    "A procedure counts while its status is active; one that is a draft or retired says so in its "
    "title. The same as data is in handbook.json."
)


def _llms(edition: Edition) -> str:
    company, context = edition.company, edition.context
    day = long_date(context.today, company.locale)
    name = line(company.name)
    about = (
        f"How {name} works: every procedure with its steps, who does them and by when. This "
        f"edition is {READERS[context.audience]}. It was made on {day} from commit "
        f"{context.commit}."
    )
    lines = [f"# {name}", "", f"> {about}", "", _HOW_TO_READ]
    for title, entries in _sections(edition):
        listed = [_entry(edition, *entry) for entry in entries]
        lines += ["", f"## {line(title)}", "", *listed] if listed else []
    return "\n".join(lines) + "\n"


_Entry = tuple[str, str, str]


def _sections(edition: Edition) -> Iterator[tuple[str, list[_Entry]]]:
    """Under each heading what is there: where, what it is called, and what it is about."""
    for stage in edition.company.stages:
        yield (
            stage.title,
            [
                (sop_page(sop.stage, sop.id), titled(sop), sop.outcome)
                for sop in edition.stage(stage.id)
            ],
        )
    for title, folder, items in (
        ("Roles", "roles", edition.roles),
        ("Background", "pages", edition.pages),
        ("Emails", "emails", edition.emails),
        ("Documents", "documents", edition.documents),
    ):
        yield title, [_titled(folder, id_, item) for id_, item in items.items()]
    yield (
        "Optional",
        [
            (CHANGES, "What changed", "Every change to a procedure, newest first."),
            (WRITING, "Writing an SOP", "Every field of an SOP's file."),
        ],
    )


def _titled(folder: str, id_: str, item: Any) -> _Entry:
    return page(folder, id_), item.title, getattr(item, "does", "")


def _entry(edition: Edition, path: str, title: str, about: str) -> str:
    home = edition.company.handbook.rstrip("/")
    link = f"- [{line(title)}]({f'{home}/' if home else ''}{path})"
    return f"{link}: {line(about)}" if about else link


# Markdown beside each page ------------------------------------------------------------------------


def beside(pages: Iterable[Page]) -> Iterator[Page]:
    """Beside each page of the site, as `x.md` beside `x/`, what it is made from, without the HTML.

    Older versions have none: nobody is to take one for the procedure.
    """
    for made in pages:
        path = made.path.removeprefix(f"{FOLDER}/")
        if path.endswith(".md") and not path.startswith((".", f"{VERSIONS}/")):
            yield Page(f"{SITE}/{path}", plain_markdown(made.content.decode()).encode())


_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_GAP = re.compile(r"\n(?:[ \t]*\n){2,}")
# What stays, what goes with all that is in it, and what is written in another way. Every piece
# begins with one of three signs: that makes finding them many times as quick.
_PIECE = re.compile(
    r"""[`<&](?:
      (?<=`) (?: (?P<fence>`{2,})[^\n]*\n(?s:.*?)\n`(?P=fence)`*(?=\n|\Z) | [^`\n]+` )
    | (?<=<) (?:
          details\ class="flow"(?s:.*?)</details>
        | nav\ class="jump"(?s:.*?)</nav>
        | !--.*?-->
        | (?P<end>/?)(?P<tag>[a-z]\w*)(?:\s[^>]*)?>
      )
    | (?<=&) \#(?P<code>\d+);
    )""",
    re.VERBOSE,
)
_MARKS: Mapping[str, str] = {"strong": "**", "em": "*", "code": "`", "br": " "}
_HEADINGS: Mapping[str, str] = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_NEVER_MARKUP = frozenset(" :,;?@$^%/='\"")


def plain_markdown(text: str) -> str:
    """A page's Markdown without front matter, HTML and the drawing; what was escaped still is."""
    bare = _PIECE.sub(_piece, _FRONT.sub("", text, 1))
    return _GAP.sub("\n\n", bare).strip() + "\n"


def _piece(found: re.Match[str]) -> str:
    end, tag, code = found.group("end", "tag", "code")
    if code:
        return _letter(chr(int(code)), found)
    if tag:
        return _MARKS.get(tag) or ("" if end else _HEADINGS.get(tag, ""))
    return found[0] if found[0].startswith("`") else ""


def _letter(letter: str, found: re.Match[str]) -> str:
    """A letter that was escaped, with a backslash where Markdown might make something of it."""
    around = (
        found.string[found.start() - 1 : found.start()]
        + found.string[found.end() : found.end() + 1]
    )
    if letter == "\n":
        return " "
    is_safe = letter in _NEVER_MARKUP or (letter == "." and around.isdigit() and len(around) == 2)
    return letter if is_safe or not letter.isascii() else f"\\{letter}"
