"""Nothing private, and nothing above its audience, in any published byte.

Every field of a client's file holds a secret of its own, found by walking the schema, so that a
new field is searched for from its first day. Every class has an SOP that marks all its texts.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from pypdf import PdfReader

from gitted import commit
from laid import TODAY, lay, line, look
from planting import KINDS, Field, fields
from planting import planted as sown
from sopwith import making
from sopwith.data import schema
from sopwith.model import AUDIENCES, Audience
from sopwith.workspace import Inputs, open_workspace

Schema = Mapping[str, Any]

MARK = "zqx"
"""What begins every private secret: client ids, names, notes, people known only through clients."""
DAY = re.compile(rb"2031-\d|[ -]\d{1,2}, 2031|\d 2031\b|/2031\b")
"""How a page might write a private date: all of them are in 2031, in which nothing else happens."""
AMOUNT = re.compile(rb"73[,. ']?190")


# The private half ------------------------------------------------------------------------------

# What must agree with other files; all other fields of a client are planted by themselves.
PERSON = f"{MARK}-person"
AGREED: Mapping[str, Any] = {
    "account": f"{MARK}-account",
    "facts": {"channels": ["email", "zoom"], "contract_value": "73190.01"},
    "team": {"project-manager": PERSON},
    "dates": {
        "contract-signed": "2026-11-02",
        "kickoff": {
            "planned": "2026-11-09",
            "now": "2026-11-10",
            "why": f"{MARK}-dates-why",
            "caused_by": "client",
        },
        "delivery-due": "2031-05-06",
        "contract-end": {"planned": "2031-07-08"},
    },
    "paused/from": "2031-02-03",
    "paused/to": "2031-02-04",
    "fees/currency": "USD",
    "fees/terms": "30 days",
    "cases/sop": "plqinternal",
    "cases/about": "welcome/call",
    "cases/team": {"project-manager": PERSON},
    "exceptions/step": "welcome/call",
    "exceptions/approved_by": "management",
    "progress": {
        "welcome/greet": {"done": "2026-11-17", "by": PERSON, "note": f"{MARK}-progress-note"},
        "plqinternal/red-flags": {
            "done": "2026-11-18",
            "by": PERSON,
            "answer": "No",
            "note": f"{MARK}-progress-answer-note",
        },
        "plqinternal/act": {"not_applicable": True, "by": PERSON, "reason": f"{MARK}-reason"},
    },
}
# Left out: a pin is refused for now, and one who has left has nothing due.
LEFT_OUT = {"sops", "ended"}


def planted(whole: Schema, part: Schema, route: str) -> Any:
    """A value for a part of a schema: everything that may be said is said, with secrets in it."""
    while "$ref" in part:
        part = whole["$defs"][part["$ref"].rpartition("/")[2]]
    if route in AGREED:
        return AGREED[route]
    if "properties" in part:
        fields = {name: f"{route}/{name}".lstrip("/") for name in part["properties"]}
        return {
            name: planted(whole, part["properties"][name], path)
            for name, path in fields.items()
            if path not in LEFT_OUT
        }
    if "items" in part:
        return [planted(whole, part["items"], route)]
    return leaf(part, route)


def leaf(part: Schema, route: str) -> Any:
    name = f"{MARK}-{re.sub('[^a-z]+', '-', route)}"
    if part["type"] == "boolean":
        return True
    if "enum" in part:
        return part["enum"][0]
    if part.get("format") in ("date", "moment"):
        return "2026-11-16" if route == "cases/opened" else f"2031-03-{10 + len(route) % 15}"
    if part.get("format") == "email":
        return f"{name}@example.example"
    if "-?[0-9]" in part.get("pattern", ""):
        return f"73190.{len(route) % 90 + 10}"
    return name


def leaves(value: Any) -> Iterator[str]:
    """Every secret in what was planted."""
    if isinstance(value, str) and value.startswith((MARK, "2031", "73190")):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)


CLIENT = planted(schema("client"), schema("client"), "")
RECORD = planted(schema("record"), schema("record"), "")
FORMER = {**CLIENT, "ended": {"date": "2026-11-19", "how": "lost"}}

# The published half ----------------------------------------------------------------------------

SOP = """\
title: Title plq{0}
version: "1.1"
status: active
classification: {0}
owner: owner-of-{0}
approver: management
review: {{every: quarter, last: 2026-09-30, by: dana}}
scope: Scope plq{0}
purpose: Purpose plq{0}
acknowledge: {{by: [owner-of-{0}], within: 2 weeks}}
trigger: {{event: contract-signed, says: Trigger plq{0}}}
outcome: Outcome plq{0}
timeline: Timeline plq{0}
phases:
  - id: phase-plq{0}
    title: Phase plq{0}
    objective: Objective plq{0}
    steps:
      - id: act
        title: Step plq{0}
        details: "Details plq{0}\\n\\n- and *more* plq{0}"
        role: owner-of-{0}
        with: [account-manager]
        email: email-plq{0}
        document: document-plq{0}
        tools: [tool-plq{0}]
        evidence: Evidence plq{0}
        substeps: [Substep plq{0}]
        notes: [{{kind: warning, says: Note plq{0}}}]
        expect: Expect plq{0}
        situations: [Step situation plq{0}]
        tags: [Step tag plq{0}]
      - id: red-flags
        title: Decide plq{0}
        role: owner-of-{0}
        wait_for: [act]
        escalate: {{to: management, after: 2 business days}}
        decision:
          question: Question plq{0}?
          answers:
            - {{answer: "Yes", go: {{sop: {1}}}}}
            - answer: "No"
      - id: hand-over
        title: Hand over
        role: owner-of-{0}
        run: {1}
guidelines: [Guideline plq{0}]
responsibilities: {{owner-of-{0}: Responsibility plq{0}}}
prerequisites: [Prerequisite plq{0}]
terms: [{{term: Term plq{0}, means: Means plq{0}}}]
situations: [Situation plq{0}]
tags: [tag plq{0}]
records: [{{name: Record plq{0}, kept_in: tool-plq{0}, keep: 7 years, access: [owner-of-{0}]}}]
references:
  - {{sop: {1}}}
  - {{document: document-plq{0}}}
  - {{title: Reference plq{0}, url: "https://plq{0}.example"}}
former_steps: [{{id: gone-plq{0}, until: "1.0"}}]
changes:
  - version: "1.1"
    effective: 2026-10-05
    by: dana
    approved_by: management
    approved: 2026-10-02
    summary: Summary plq{0}
    why: Why plq{0}
    minor_because: Minor plq{0}
  - {{version: "1.0", effective: 2026-09-01, by: dana, summary: First plq{0}}}
"""

EMAIL = """\
title: Email plq{0}
version: "1.0"
owner: owner-of-{0}
from: account-manager
to: main_contact
asks: {{more: "Ask plq{0}?"}}
subject: Subject plq{0}
body: |
  Hi {{{{ contact.first_name }}}}, plq{0} {{{{ asks.more }}}} {{{{ fees.total | money }}}}
"""

DOCUMENT = """\
title: Document plq{0}
version: "1.0"
owner: owner-of-{0}
asks: {{more: "Answer plq{0}?"}}
body: |
  # For {{{{ client.name }}}}

  Body plq{0}
"""

OBSERVATION = """\
kind: {1}
date: 2026-11-1{2}
sop: plq{0}
version: "1.1"
step: act
client: zqx-client
reported_by: zqx-person
tags: [noted plq{3}]
summary: Observed plq{3}
action: {{what: Act plq{3}, owner: owner-of-{0}, due: 2026-11-15}}
"""

CONFIRMATION = f"""\
sop: plqpublic
version: "1.0"
by: {PERSON}
confirmed: 2031-03-30
"""

REVIEW = """\
held: 2026-10-06
present: [dana, sam]
decisions:
  - {id: plqinternal-decision, what: Decided plqinternal, owner: management, due: 2026-11-15}
signed: [{by: dana, date: 2026-10-06}]
"""

LEADS_TO = {"public": "plqconfidential", "internal": "plqconfidential", "confidential": "welcome"}
NOTED = {"public": "internal", "internal": "internal", "confidential": "confidential"}


def files() -> dict[str, str]:
    clients = {"client": CLIENT, "former": FORMER}
    made = {f"clients/{MARK}-{n}.yml": yaml.safe_dump(c) for n, c in clients.items()}
    made |= {f"{own}.yml": yaml.safe_dump(RECORD) for own in ("people/dana", "quarters/2026-Q4")}
    made[f"confirmations/{MARK}-confirmation.yml"] = CONFIRMATION
    made["pages/firm.md"] = "# Page plqinternal\n\nText plqinternal.\n"
    made["reviews/2026-Q3.yml"] = REVIEW
    for i, (of, to) in enumerate(LEADS_TO.items()):
        made[f"sops/deliver/plq{of}.yml"] = SOP.format(of, to)
        made[f"emails/email-plq{of}.yml"] = EMAIL.format(of)
        made[f"documents/document-plq{of}.yml"] = DOCUMENT.format(of)
        for j, kind in enumerate(("friction", "worked", "red-flag")):
            name = f"observations/2026-11-1{i}-plq{NOTED[of]}-{j}-{of[0]}.yml"
            made[name] = OBSERVATION.format(of, kind, i, NOTED[of])
    return made


# Older versions, in the history: one that led to what its readers may not see, and one that was
# itself above those who may read the current one.
OLDER = {
    f"sops/deliver/plq{now}.yml": re.sub(
        r'  - version: "1.1"\n(    .*\n)+', "", SOP.format(then, to).replace('"1.1"', '"1.0"', 1)
    )
    for now, then, to in (
        ("public", "public", "plqinternal"),
        ("internal", "confidential", "welcome"),
    )
}

# Roles have no class: inside the firm all of them are known.
ROLE = {"public": "public", "internal": "internal", "confidential": "internal"}
# What the company says beside the base: a person known only through clients, and what only the
# SOPs of one class name.
COMPANY = {
    "people:\n": f"people:\n  {PERSON}: {{name: Zqxina Day, email: zqx@fern.example, "
    "joined: 2031-01-02, left: 2031-01-03}\n",
    "  management:": "".join(
        f"  owner-of-{of}: {{title: Role plq{ROLE[of]}, does: Does plq{ROLE[of]}, held_by: dana}}\n"
        for of in AUDIENCES
    )
    + "  management:",
    "  crm:": "".join(
        f"  tool-plq{of}: {{title: Tool plq{of}, kind: Kind plq{of}, for: For plq{of}}}\n"
        for of in AUDIENCES
    )
    + "  crm:",
    "name: Dana Whitfield": "name: Opal Wren",
    "name: Sam Ortiz": "name: Ida Quill",
    "audience: internal": "terms: [{term: Our term plqinternal, means: Ours plqinternal}]\n"
    "essentials: [{title: Essential plqinternal}]\n"
    "repository: https://git.example/fern\n"
    "handbook: https://handbook.fern.example\naudience: internal",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    case = {"files": files(), "changes": {"company.yml": COMPANY}}
    folder = lay(tmp_path_factory.mktemp("root"), case)
    current = {path: (folder / path).read_text("utf-8") for path in OLDER}
    lay(folder, {"base": False, "files": OLDER})
    commit(folder, message="zqx: what is said of a change is not published either")
    lay(folder, {"base": False, "files": current})
    commit(folder, message="zqx: nor is this")
    _, problems, _ = look(folder)
    assert [line(problem) for problem in problems if problem.is_error] == []
    return folder


def published(root: Path) -> dict[str, bytes]:
    """Each published file, with its name, what is packed unpacked."""
    found = {}
    for path in root.joinpath("build").rglob("*"):
        name = path.relative_to(root / "build").as_posix()
        if path.is_file() and name.startswith(("handbook/", "site/", "book/", "mkdocs.yml")):
            unpacked = UNPACKED.get(path.suffix, bytes)
            found[name] = unpacked(path.read_bytes())
    return found


def in_pdf(content: bytes) -> bytes:
    """The words of a PDF, what is said of it, and where its links lead."""
    pdf = PdfReader(BytesIO(content))
    words = [page.extract_text() for page in pdf.pages]
    notes = [str(note.get_object()) for page in pdf.pages for note in page.get("/Annots", ())]
    return "\n".join([*words, str(pdf.metadata), str(pdf.outline), *notes]).encode()


UNPACKED: Mapping[str, Callable[[bytes], bytes]] = {".gz": gzip.decompress, ".pdf": in_pdf}


def hits(files: Mapping[str, bytes], what: re.Pattern[bytes]) -> list[str]:
    """Where something stands, in a name or in the bytes, with what is around it."""
    return [
        f"{name}: {match.group()!r} in {text[max(match.start() - 60, 0) : match.end() + 40]!r}"
        for name, content in files.items()
        for text in (name.encode(), content)
        for match in what.finditer(text)
    ]


@pytest.mark.parametrize("audience", AUDIENCES[::-1])
def test_nothing_leaks(audience: Audience, root: Path) -> None:
    """The widest first: what it leaves behind must be gone from the narrower ones."""
    work = open_workspace(Inputs(root, today=TODAY, audience=audience))
    making.everything(work, ("handbook", "book"), lambda _: None)
    pages = published(root)
    assert len(pages) > 100
    assert hits(pages, re.compile(MARK.encode(), re.IGNORECASE)) == []
    assert hits(pages, DAY) == []
    assert hits(pages, AMOUNT) == []
    for of in AUDIENCES:
        mark = re.compile(f"plq{of}".encode(), re.IGNORECASE)
        if AUDIENCES.index(of) > AUDIENCES.index(audience):
            assert hits(pages, mark) == []
        else:
            shown = {name for name in pages if mark.search(pages[name])}
            assert {f"handbook/deliver/plq{of}.md", *EVERYWHERE} <= shown
    assert b"What it said" in pages["handbook/versions/plqpublic/1.0.md"]
    names = re.compile(rb"Opal|Wren\b|Ida Quill|dana@")
    assert bool(hits(pages, names)) is (audience != "public")


def test_every_text_has_its_mark(tmp_path: Path) -> None:
    """A new field that takes free text is searched for from its first day."""
    root = lay(tmp_path, {"files": files(), "changes": {"company.yml": COMPANY}})
    met = sown(root, lambda _, text: text)
    unmet = set[Field]().union(*map(fields, KINDS.values())) - met
    assert unmet == {
        ("company", "calendar", "closures", "[]", "why"),
        ("company", "private"),  # a folder
        ("sop", "applies_to", "*"),  # these two say again what a fact of the company says
        ("sop", "phases", "[]", "steps", "[]", "when", "*"),
    }


EVERYWHERE = {
    "site/search/search_index.json",
    "site/sitemap.xml",
    "site/handbook.json",
    "site/llms.txt",
    "site/index.md",
    "book/handbook.pdf",
}


def test_every_field_is_planted() -> None:
    """What is left out of the client is known, and what is in has a secret wherever it can."""
    assert set(schema("client")["properties"]) - set(CLIENT) == LEFT_OUT
    assert set(schema("record")["properties"]) == set(RECORD)
    found = list(leaves([CLIENT, FORMER]))
    assert len(set(found)) > 25
    assert {"name", "contacts", "fees", "paused", "exceptions", "progress", "cases"} <= {
        key for key, value in CLIENT.items() if list(leaves(value))
    }


def test_the_secrets_are_used(root: Path) -> None:
    """The private outputs of the same library hold them: they are no dead letters."""
    work = open_workspace(Inputs(root, today=TODAY))
    making.everything(work, ("clients", "review"), lambda _: None)
    private = b"".join(
        path.read_bytes()
        for folder in ("clients", "review")
        for path in (root / "build" / folder).rglob("*.*")
        if path.suffix in (".md", ".html", ".txt")
    )
    for secret in ("name", "engagement", "contacts-email", "exceptions-reason", "progress-note"):
        assert f"{MARK}-{secret}".encode() in private
    assert b"plqconfidential" in private


NAMES = [CLIENT["name"], CLIENT["contacts"][0]["name"]]
PLACES = [
    ("observations/2026-11-10-plqinternal-0-p.yml", "Observed plqinternal"),
    ("observations/2026-11-10-plqinternal-0-p.yml", "Act plqinternal"),
    ("observations/2026-11-10-plqinternal-0-p.yml", "noted plqinternal"),
    ("reviews/2026-Q3.yml", "Decided plqinternal"),
    ("pages/firm.md", "Text plqinternal"),
    ("pages/firm.md", "Page plqinternal"),
    ("emails/email-plqpublic.yml", "Subject plqpublic"),
    ("emails/email-plqpublic.yml", "Ask plqpublic"),
    ("documents/document-plqpublic.yml", "Body plqpublic"),
    ("company.yml", "Does plqpublic"),
    ("company.yml", "Tool plqpublic"),
    *(
        ("sops/deliver/plqpublic.yml", f"{word} plqpublic")
        for word in re.findall(r"(?:: |\[)(?!Term|Means)([A-Z][a-z]+) plq", SOP)
    ),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_published_text_is_a_problem(name: str, root: Path) -> None:
    """Wherever text of ours reaches the handbook, a client's or a contact's name in it is found."""
    missed = []
    for path, words in PLACES:
        file = root / path
        before = file.read_text("utf-8")
        assert words in before, (path, words)
        file.write_text(before.replace(words, f"{words.split()[0]} {name} agreed", 1), "utf-8")
        _, problems, _ = look(root)
        file.write_text(before, "utf-8")
        if not any(p.code == "client-name-published" and p.spot.path == path for p in problems):
            missed.append((path, words))
    assert missed == []
