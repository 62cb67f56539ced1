"""An edition as handbook.json; schemas/handbook.schema.json says what each field means."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from sopwith.model import Answer, Document, Email, Role, Sop, Step
from sopwith.outputs.handbook.edition import Edition, numbered
from sopwith.outputs.handbook.memory import Memory, remembered
from sopwith.outputs.handbook.pen import Pen
from sopwith.places import HOME, page, served, sop_page

Data = dict[str, Any]


def as_json(edition: Edition, memory: Memory | None = None) -> str:
    """An edition as JSON, a line for each thing: with indents it would take many times as long."""
    fields = (
        f"{_dump(name)}: {_listed(value)}" for name, value in as_data(edition, memory).items()
    )
    return "{\n" + ",\n".join(fields) + "\n}\n"


def _listed(value: Any) -> str:
    if not isinstance(value, list):
        return _dump(value)
    return "[\n" + ",\n".join(map(_dump, value)) + "\n]"


_dump = partial(json.dumps, ensure_ascii=False)


def as_data(edition: Edition, memory: Memory | None = None) -> Data:
    """All that an edition says, as the schema `handbook` has it; what is not known is left out."""
    company, context = edition.company, edition.context
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
        procedures=[
            remembered(memory, edition, f"{sop}.json", partial(_sop, sop_id=sop))
            for sop in edition.sops
        ],
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


def _sop(edition: Edition, sop_id: str) -> Data:
    pen, sop = Pen(edition, HOME), edition.sops[sop_id]
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
        superseded_by=sop.superseded_by if sop.superseded_by in edition.sops else "",
        about=sop.about,
        starts=pen.plain(sop.trigger.says),
        event=sop.trigger.event,
        applies_to=pen.condition_words(sop, sop.applies_to) if sop.applies_to else "",
        takes=sop.timeline,
        outcome=sop.outcome,
        purpose=pen.plain(sop.purpose),
        scope=pen.plain(sop.scope),
        prerequisites=list(sop.prerequisites),
        situations=list(sop.situations),
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
        situations=list(step.situations),
        tags=list(step.tags),
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
        for_us=document.for_us,
        used_in=used_in,
        **_placed(page("documents", document.id)),
    )
