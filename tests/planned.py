"""A plan made by hand, with every kind of row and with names that try to break a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from sopwith.model import (
    Answer,
    Case,
    Change,
    Client,
    Company,
    Contact,
    Count,
    Decision,
    Ending,
    Event,
    EventDate,
    Go,
    Moment,
    Note,
    Person,
    Phase,
    Progress,
    ReviewRhythm,
    Role,
    Sop,
    Span,
    Step,
    Then,
    Trigger,
    Version,
    Waiver,
)
from sopwith.plan.rows import Assignee, Gap, Plan, PlannedPhase, PlannedSop, Row, State
from sopwith.problem import Spot

TODAY = date(2026, 11, 20)
HOSTILE = "Łódź ✓ O'Brien & Co #[ *bold* ] <b>{{ x }}</b> | `$y$` @z"

PEOPLE = {
    "dana": Person("dana", "Dana Whitfield", "DW", "dana@alderfinch.example"),
    "sam": Person("sam", "Sam Ortiz", "", "sam@alderfinch.example"),
}
COMPANY = Company(
    name="Alder & Finch",
    timezone="America/Chicago",
    handbook="https://handbook.alderfinch.example",
    people=PEOPLE,
    stages=(),
    events=(
        Event("inquiry-received", "Inquiry received"),
        Event("contract-signed", "Contract signed"),
        Event("kickoff", "Kickoff with the client"),
        Event("delivery-due", "Delivery due"),
    ),
    roles={
        "account-manager": Role("account-manager", "Account manager", held_by=("dana",)),
        "project-manager": Role("project-manager", "Project manager", held_by=("sam",)),
        "onboarding-specialist": Role("onboarding-specialist", "Onboarding specialist"),
        "management": Role("management", "Management", held_by=("dana",)),
        "client": Role("client", "Client", outside=True),
    },
)
DANA = Assignee("dana", "Dana Whitfield", "DW", why="holds the role")
SAM = Assignee("sam", "Sam Ortiz", why="in the client's team")
PRIYA = Assignee("", "Priya Shah")

FIRST = Phase(
    "first-contact",
    "First contact",
    objective="A warm, personal start that sets the right expectations.",
    steps=(
        Step(
            "welcome",
            "Send the welcome email",
            "account-manager",
            critical=True,
        ),
        Step(
            "red-flags",
            "Look for red flags",
            "account-manager",
            decision=Decision(
                "Are there two or more red flags?",
                (Answer("Yes", Go(sop="client-red-flags")), Answer("No")),
            ),
        ),
        Step(
            "intake-form",
            "Send the intake form",
            "onboarding-specialist",
            evidence="The sent email, filed with the client",
            notes=(
                Note("caution", "Never ask for card numbers in the form."),
                Note("tip", "A tip stays in the handbook."),
            ),
        ),
        Step(
            "slack-channel",
            "Open the shared Slack channel",
            "onboarding-specialist",
            with_=("account-manager",),
        ),
        Step("proposal", "Write and deliver the proposal", "account-manager", run="proposal"),
    ),
)
WORK = Phase(
    "work",
    "Work together",
    objective="The client never has to ask how things stand.",
    work="read-do",
    steps=(
        Step("kickoff", "Hold the kickoff meeting", "project-manager", critical=True),
        Step("check-in", "Hold the check-in call", "account-manager"),
        Step(
            "revise",
            "Revise the proposal",
            "account-manager",
            decision=Decision(
                "Does the client agree?",
                (
                    Answer("Yes"),
                    Answer(
                        "No",
                        Go(
                            step="revise",
                            at_most=Count("3 times"),
                            then=Then(escalate="management"),
                        ),
                    ),
                ),
            ),
        ),
        Step("approve", "Get the deliverable approved", "client", sign=("client",)),
        Step("fax", "Fax the signed form", "project-manager"),
    ),
)
COSTS = Phase(
    "cost",
    "Work out the cost",
    steps=(Step("estimate", "Estimate the hours", "account-manager", critical=True),),
)


def sop(id_: str, title: str, *phases: Phase, version: str = "1.0", outcome: str = "") -> Sop:
    """An active SOP of that title and version."""
    return Sop(
        id=id_,
        stage="onboard",
        title=title,
        version=Version(version),
        status="active",
        owner="account-manager",
        approver="management",
        review=ReviewRhythm(),
        trigger=Trigger("Someone asks about working with us.", "inquiry-received"),
        outcome=outcome,
        phases=phases,
        changes=(Change(Version(version), date(2026, 10, 5), "dana", "Clearer wording."),),
    )


ONBOARDING = sop(
    "client-onboarding",
    "Client onboarding",
    FIRST,
    WORK,
    version="1.20",
    outcome="The client knows whom to call, the project is set up, and kickoff has happened.",
)
PROPOSAL = sop("proposal", "Proposal and agreement", COSTS)
CHANGE = sop("change-management", "Change management", COSTS, outcome="The change is agreed.")
BILLING = sop("billing", "Billing", COSTS)


def row(of: Sop, step: str, number: str, state: State, **more: object) -> Row:
    """A row for that step of that SOP; `more` are the row's other fields."""
    found = of.step(step)
    assert found
    address = f"{of.id}/{step}" + (f"@{more['which']}" if "which" in more else "")
    given = {"who": (DANA,), "due_words": "", **more}
    return replace(
        Row(address, of, found, number, "due"),
        state=state,
        **given,  # type: ignore[arg-type]  # a factory for tests: the fields vary by row
    )


def day(month: int, number: int, year: int = 2026) -> Moment:
    """That day, without a time."""
    return Moment(date(year, month, number))


def client(**more: object) -> Client:
    """A client whose name and engagement hold the syntax of every format we write."""
    plain = Client(
        id="harbor-lane",
        name=HOSTILE,
        engagement="Website & booking relaunch, 100% _new_",
        contacts=(Contact("Priya Shah", main=True),),
        team={"project-manager": ("dana", "sam")},
        dates={
            "kickoff": EventDate(
                day(10, 12), day(10, 19), "Two decision makers were away", "client"
            ),
            "inquiry-received": EventDate(day(9, 14)),
            "contract-signed": EventDate(day(10, 1)),
            "delivery-due": EventDate(day(1, 29, 2027)),
        },
        paused=(Span(date(2026, 11, 2), date(2026, 11, 13), "Practice is moving"),),
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # a factory for tests


def first_contact() -> PlannedPhase:
    """One row of most states, and a heading with the rows of the SOP that it calls."""
    of = ONBOARDING
    return PlannedPhase(
        FIRST,
        1,
        (
            row(
                of,
                "welcome",
                "1.1",
                "done",
                due=day(9, 15),
                progress=Progress("sam", done=day(9, 16), note="Sent *twice*"),
            ),
            row(
                of,
                "red-flags",
                "1.2",
                "done",
                due=day(9, 16),
                progress=Progress("dana", done=day(9, 16), answer="No"),
            ),
            row(
                of,
                "intake-form",
                "1.3",
                "overdue",
                due=day(11, 17),
                who=(),
            ),
            row(
                of,
                "slack-channel",
                "1.4",
                "not-applicable",
                progress=Progress("sam", not_applicable=True, reason="They chose Teams"),
            ),
            row(of, "proposal", "1.5", "due", calls="proposal", due=day(11, 24)),
            replace(
                row(PROPOSAL, "estimate", "1.5.1", "due", due=day(11, 24), depth=1),
                address="client-onboarding/proposal/estimate",
            ),
        ),
    )


def work_together(check_ins: int = 3) -> PlannedPhase:
    """Waiting, repeated, excepted, undated and left-out rows."""
    of = ONBOARDING
    calls = tuple(
        row(
            of,
            "check-in",
            "2.2",
            "due",
            which=str(i),
            due=Moment(date.fromordinal(TODAY.toordinal() + 14 * i), time(9, 30)),
        )
        for i in range(1, check_ins + 1)
    )
    return PlannedPhase(
        WORK,
        2,
        (
            row(
                of,
                "kickoff",
                "2.1",
                "waiting",
                who=(DANA, SAM),
                due=day(12, 4),
                only_if="the contract value is at least $10,000",
                waits_for=("client-onboarding/intake-form",),
            ),
            *calls,
            row(
                of,
                "revise",
                "2.3",
                "undated",
                due_words="2 business days after delivery approved",
            ),
            row(
                of,
                "approve",
                "2.4",
                "excepted",
                which="Homepage",
                who=(PRIYA,),
                waiver=Waiver(
                    "client-onboarding/approve",
                    "Approved by word, at the signing",
                    "management",
                    date(2026, 12, 31),
                ),
            ),
            row(of, "fax", "2.5", "out", out="The client is not reached by fax."),
        ),
    )


def plan(**more: object) -> Plan:
    """A plan with everything in it that a checklist can show."""
    onboarding = PlannedSop(ONBOARDING, "client-onboarding", (first_contact(), work_together()))
    extra = replace(
        row(CHANGE, "estimate", "1.1", "due", due=day(11, 30)),
        address="change-management@extra-page/estimate",
    )
    case = PlannedSop(
        CHANGE,
        "change-management@extra-page",
        (PlannedPhase(COSTS, 1, (extra,)),),
        case=Case("change-management", "extra-page", day(11, 16), "A page for the team"),
    )
    everything = Plan(
        client=client(),
        company=COMPANY,
        today=TODAY,
        sops=(onboarding, case),
        left_out=((BILLING, "We deliver a product; this is for services."),),
        gaps=(
            Gap(
                "missing-date",
                'there is no date for "Delivery approved"',
                "add it under dates",
                Spot("clients/harbor-lane.yml"),
            ),
        ),
    )
    return replace(everything, **more)  # type: ignore[arg-type]  # a factory for tests


def ended() -> Plan:
    """The plan of an engagement that is over: its open rows have ended with it."""
    over = replace(
        work_together(),
        rows=tuple(
            replace(r, state="ended", waits_for=()) if r.is_open else r
            for r in work_together().rows
        ),
    )
    return plan(
        client=client(ended=Ending(date(2026, 11, 18), "cancelled")),
        sops=(PlannedSop(ONBOARDING, "client-onboarding", (over,)),),
    )
