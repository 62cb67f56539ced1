"""Reminders of reviews: opened once, kept true, closed, and never more than that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from github_server import REPOSITORY, TOKEN, Server, Trouble, serving
from laid import lay
from sopwith.cli import main
from sopwith.outputs.reminders import Mark, read_mark

SOP = "sops/onboard/welcome.yml"
DUE = date(2026, 12, 14)  # two weeks after the kickoff of the base library's client
ACCOUNTS = {
    "company.yml": {
        "DW, email: dana@fern.example": "DW, email: dana@fern.example, github: Dana-Example",
        "initials: SO}": "initials: SO, github: sam-example}",
        "held_by: sam": "held_by: [sam, dana]",
        "audience: internal": "audience: internal\nrepository: https://github.com/fern/handbook"
        "\nhandbook: https://handbook.fern.example",
    }
}
TITLE = "Review by December 14, 2026: Welcome a client"


@dataclass
class Firm:
    """A library on disk and the repository whose issues remind of it."""

    root: Path
    server: Server
    waits: list[float] = field(default_factory=list)

    def change(self, **files: dict[str, str]) -> None:
        paths = {"sop": SOP, "company": "company.yml", "client": "clients/birch.yml"}
        lay(self.root, {"base": False, "changes": {paths[k]: v for k, v in files.items()}})

    def remind(self, *options: str, today: str = "2026-12-01", **environment: str) -> Result:
        known = {"GITHUB_TOKEN": TOKEN, "GITHUB_API_URL": self.server.address}
        clean = {"GITHUB_REPOSITORY": "", **known, **environment, "COLUMNS": "80"}
        typed = ["remind", "--root", str(self.root), "--today", today, *options]
        result = CliRunner(env=clean).invoke(main, typed)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert TOKEN not in result.output
        assert max(map(len, ["", *result.stdout.splitlines()])) < 80
        return result

    def settled(self, *options: str, today: str = "2026-12-01") -> None:
        """Nothing is left to do, and nothing is done."""
        before = len(self.server.written())
        assert self.remind(*options, today=today).stdout.startswith("Nothing to do:")
        assert len(self.server.written()) == before

    @property
    def bodies(self) -> list[str]:
        return [str(issue["body"]) for issue in self.server.issues]

    @property
    def states(self) -> list[str]:
        return [issue["state"] for issue in self.server.issues]


@pytest.fixture
def firm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Firm]:
    monkeypatch.setenv("no_proxy", "*")
    with serving() as server:
        server.members = {"Dana-Example", "sam-example"}
        made = Firm(lay(tmp_path, {"changes": ACCOUNTS}), server)
        monkeypatch.setattr("sopwith.github.asking.time.sleep", made.waits.append)
        yield made


# The life of a reminder ---------------------------------------------------------------------------


def test_the_first_run_opens_and_the_second_changes_nothing(firm: Firm) -> None:
    result = firm.remind()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"Opened #1: {TITLE}\n1 reminder is open.\n"
    (issue,) = firm.server.issues
    assert (issue["title"], issue["labels"]) == (TITLE, [{"name": "review due"}])
    assert issue["assignees"] == [{"login": "Dana-Example"}]
    assert [label["name"] for label in firm.server.labels] == ["review due"]
    firm.settled()
    firm.settled(today="2026-12-05")


def test_nobody_is_asked_before_it_is_time(firm: Firm) -> None:
    result = firm.remind(today="2026-11-20")
    assert result.stdout == "Nothing to do: no reminders are open.\n"
    assert firm.server.written() == []


def test_the_text_says_all_that_one_needs(firm: Firm) -> None:
    seen = "kind: friction\ndate: 2026-11-{}\nsop: welcome\nversion: '1.0'\n"
    seen += "step: call\nclient: birch\nsummary: x\n"
    for day in (10, 12):
        path = firm.root / f"observations/2026-11-{day}-x.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(seen.format(day), "utf-8")
    firm.remind()
    (body,) = firm.bodies
    for words in (
        "[its page in the handbook](https://handbook.fern.example/onboard/welcome/)",
        f"[its file](https://github.com/fern/handbook/blob/HEAD/{SOP})",
        "version 1.0",
        "December 14, 2026, two weeks after “Kickoff”. It is also looked at every quarter.",
        "September 30, 2026",
        "Account manager",
        "3 reports of friction. Friction came up at “Hold the kickoff call” (2) and “Send",
        "sopwith reviewed welcome --by dana",
    ):
        assert words in body
    assert not re.search("birch|priya|shah", body, re.IGNORECASE)


def test_a_moved_date_updates(firm: Firm) -> None:
    firm.remind()
    firm.server.issues[0]["body"] = (
        "Ours:\r\n" + firm.bodies[0].replace("\n", "\r\n") + "\r\nTheirs"
    )
    firm.change(client={"kickoff: 2026-11-30": "kickoff: 2026-11-26"})
    result = firm.remind()
    moved = "Review by December 10, 2026: Welcome a client"
    assert result.stdout == f"Updated #1: {moved}\n1 reminder is open.\n"
    assert firm.server.issues[0]["title"] == moved
    body = firm.bodies[0].replace("\r\n", "\n")
    assert read_mark(body) == Mark("welcome", "2026-09-30", "2026-12-10")
    assert body.startswith("Ours:\n<!-- sopwith:review ")
    assert body.endswith("-->\nTheirs")
    assert (body.count("December 10"), body.count("December 14")) == (1, 0)
    firm.settled()


def test_what_is_late_says_so(firm: Firm) -> None:
    firm.remind()
    assert "Updated #1" in firm.remind(today="2026-12-15").stdout
    assert firm.server.issues[0]["title"].startswith("Review overdue since December 14, 2026")
    firm.settled(today="2027-06-01")


def test_a_review_closes_with_a_comment(firm: Firm) -> None:
    firm.remind()
    firm.change(sop={"last: 2026-09-30": "last: 2026-12-02"})
    assert firm.remind(today="2026-12-03").stdout.startswith(f"Closed #1: {TITLE}\n")
    assert (firm.states, firm.server.issues[0]["state_reason"]) == (["closed"], "completed")
    (comment,) = firm.server.comments[1]
    assert comment["body"].startswith("Reviewed on December 2, 2026. Thank you. The next review is")
    firm.settled(today="2026-12-03")


def test_the_next_review_has_an_issue_of_its_own(firm: Firm) -> None:
    firm.remind()
    firm.change(sop={"last: 2026-09-30": "last: 2026-12-02"})
    firm.remind(today="2026-12-03")
    assert "Opened #2: Review by March 2, 2027" in firm.remind(today="2027-02-27").stdout
    assert firm.states == ["closed", "open"]
    firm.settled(today="2027-02-27")


def test_reviewed_and_due_again_closes_one_and_opens_another(firm: Firm) -> None:
    firm.remind()
    firm.change(sop={"last: 2026-09-30": "last: 2026-12-02"})
    firm.remind(today="2027-03-01")
    assert firm.states == ["closed", "open"]


def test_what_nobody_works_by_is_closed(firm: Firm) -> None:
    firm.remind()
    firm.change(sop={"status: active": "status: draft"})
    assert "Closed #1" in firm.remind().stdout
    assert firm.server.issues[0]["state_reason"] == "not_planned"
    assert "Nobody works by" in firm.server.comments[1][0]["body"]
    firm.settled()


def test_closed_by_hand_stays_closed_until_the_next_due_date(firm: Firm) -> None:
    firm.remind()
    firm.server.issues[0]["state"] = "closed"
    firm.settled()
    firm.settled(today="2027-01-20")
    firm.change(client={"kickoff: 2026-11-30": "kickoff: 2026-11-26"})
    assert "Opened #2: Review by December 10" in firm.remind().stdout


def test_never_reviewed(firm: Firm) -> None:
    firm.change(sop={", last: 2026-09-30, by: dana": ""})
    assert "Opened #1: Review for the first time: Welcome a client" in firm.remind().stdout
    assert "Nobody has done so since it was written." in firm.bodies[0]
    assert "None" not in firm.bodies[0]
    firm.settled(today="2027-06-01")
    firm.change(sop={"also_after: kickoff": "also_after: kickoff, last: 2026-12-01, by: dana"})
    assert "Closed #1" in firm.remind().stdout


# Nothing doubled ----------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", [Trouble(lost=True), Trouble(502), Trouble(429)], ids=str)
@pytest.mark.parametrize("path", ["/labels", "/issues"])
def test_an_answer_that_is_lost_doubles_nothing(trouble: Trouble, path: str, firm: Firm) -> None:
    firm.server.troubles.append(Trouble(**{**vars(trouble), "method": "POST", "path": path}))
    assert firm.remind().stdout.startswith("Opened #1")
    assert (len(firm.server.issues), len(firm.server.labels)) == (1, 1)
    firm.settled()


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_a_run_that_is_cut_short_is_finished_by_the_next(method: str, firm: Firm) -> None:
    firm.remind()
    firm.change(sop={"last: 2026-09-30": "last: 2026-12-02"})
    firm.server.troubles.append(Trouble(500, method=method, times=99))
    result = firm.remind(today="2026-12-03")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Error: GitHub was asked 5 times" in result.stderr
    firm.server.troubles.clear()
    firm.remind(today="2026-12-03")
    assert firm.states == ["closed"]
    assert len(firm.server.comments[1]) == 1


@pytest.mark.parametrize("lost", [False, True], ids=["not done", "done, and the answer lost"])
@pytest.mark.parametrize("cut", range(8))
def test_wherever_a_run_is_cut_short_the_next_ends_it(cut: int, lost: bool, firm: Firm) -> None:
    """GitHub fails from one request on, in a run that closes, updates and opens an issue."""
    more_sops(firm, 3)
    firm.remind("--most", "2")
    first, second = firm.root / "sops/onboard/sop-0.yml", firm.root / "sops/onboard/sop-1.yml"
    first.write_text(first.read_text("utf-8").replace("2026-01-15", "2026-11-30"), "utf-8")
    second.write_text(second.read_text("utf-8").replace("every: quarter", "every: month"), "utf-8")
    firm.server.troubles.append(Trouble(500, lost=lost, after=cut))
    firm.server.troubles.append(Trouble(500, after=cut, times=99))
    assert firm.remind("--most", "2").exit_code == 1
    firm.server.troubles.clear()
    firm.remind("--most", "2")
    titles = [issue["title"] for issue in firm.server.issues]
    assert [title.rpartition(" ")[2] for title in titles] == ["0", "1", "2"]
    assert "March 15" in titles[1]
    assert firm.states == ["closed", "open", "open"]
    assert [len(comments) for comments in firm.server.comments.values()] == [1]
    firm.settled("--most", "2")


def test_issues_of_others_and_pull_requests_are_left_alone(firm: Firm) -> None:
    firm.server.largest_page = 2
    mark = str(Mark("welcome", "2026-09-30", str(DUE)))
    named = [{"name": "review due"}]
    for number in range(5):
        firm.server.issue(title=f"{number}", labels=named, body="Not ours")
    firm.server.issue(title="a pull request", labels=named, body=mark, pull_request={})
    before = [dict(issue) for issue in firm.server.issues]
    assert "Opened #7" in firm.remind().stdout
    assert firm.server.issues[:6] == before
    firm.settled()


# How many, and whose ------------------------------------------------------------------------------


def more_sops(firm: Firm, count: int) -> None:
    text = (firm.root / SOP).read_text("utf-8").replace("also_after: kickoff, ", "")
    for number in range(count):
        day = f"2026-0{number + 1}-15"
        more = text.replace("Welcome a client", f"Procedure {number}").replace("2026-09-30", day)
        (firm.root / f"sops/onboard/sop-{number}.yml").write_text(more, "utf-8")


def test_no_more_are_open_than_allowed(firm: Firm) -> None:
    more_sops(firm, 4)
    firm.change(sop={"also_after: kickoff, ": ""})
    result = firm.remind("--most", "3")
    assert result.stdout.splitlines() == [
        "Opened #1: Review overdue since April 15, 2026: Procedure 0",
        "Opened #2: Review overdue since May 15, 2026: Procedure 1",
        "Opened #3: Review overdue since June 15, 2026: Procedure 2",
        "3 reminders are open. 1 more waits until some are closed: --most allows 3 at a",
        "time.",
    ]
    assert "Nothing to do: 3 reminders" in firm.remind("--most", "3").stdout
    firm.server.issues[0]["state"] = "closed"
    assert "Opened #4: Review overdue since July 15" in firm.remind("--most", "3").stdout


def test_whoever_stands_in_is_assigned_too(firm: Firm) -> None:
    firm.change(sop={"owner: account-manager": "owner: project-manager"})
    firm.change(company={"held_by: [sam, dana]": "held_by: sam"})
    firm.remind()
    assert firm.server.issues[0]["assignees"] == [{"login": "sam-example"}]
    firm.remind(today="2026-12-08")  # Sam is away
    both = [{"login": "sam-example"}, {"login": "Dana-Example"}]
    assert firm.server.issues[0]["assignees"] == both
    del firm.server.issues[0]["assignees"][0]
    firm.settled(today="2026-12-09")  # whoever gave it away is not asked again


def test_who_cannot_be_assigned_is_told(firm: Firm) -> None:
    firm.change(sop={"owner: account-manager": "owner: project-manager"})
    firm.server.members = {"Dana-Example"}
    firm.server.drops = {"Dana-Example"}  # as GitHub does for a token that may not assign
    result = firm.remind()
    assert "does not let it be assigned to sam-example, Dana-Example." in result.stdout
    assert firm.server.issues[0]["assignees"] == []
    firm.settled()


def test_an_owner_without_an_account_is_told(firm: Firm) -> None:
    firm.change(company={", github: Dana-Example": ""})
    assert "no owner of it has github: in company.yml" in firm.remind().stdout
    firm.settled()


def test_without_its_label_an_issue_would_be_lost(firm: Firm) -> None:
    firm.server.drops = {"review due"}
    result = firm.remind()
    assert result.exit_code == 1
    assert "did not get its label" in result.stderr


# Looking only, and what stands in the way ---------------------------------------------------------


def test_a_dry_run_says_it_and_does_nothing(firm: Firm) -> None:
    told = f"Would open: {TITLE}\nThen 1 reminder would be open.\n"
    assert firm.remind("--dry-run").stdout == told
    assert firm.server.written() == []
    firm.remind()
    written = len(firm.server.written())
    firm.change(sop={"last: 2026-09-30": "last: 2026-12-02"})
    told = f"Would close #1: {TITLE}\nThen no reminders would be open.\n"
    assert firm.remind("--dry-run", today="2026-12-03").stdout == told
    firm.change(sop={"last: 2026-12-02": "last: 2026-09-30"})
    assert "Would update #1: Review overdue" in firm.remind("--dry-run", today="2026-12-20").stdout
    assert len(firm.server.written()) == written


def test_without_a_token_only_what_is_due_is_told(firm: Firm) -> None:
    result = firm.remind("--dry-run", GITHUB_TOKEN="")
    assert result.exit_code == 0
    assert "nobody knows what is open" in result.stdout
    assert f"Would open: {TITLE}\n" in result.stdout
    assert "There is no token" in firm.remind(GITHUB_TOKEN="").stderr
    assert firm.server.asked == []


def test_where_we_run_beats_what_is_written(firm: Firm) -> None:
    firm.change(company={"github.com/fern/handbook": "github.com/example/other"})
    assert "404, example/other" in firm.remind().stderr
    assert firm.remind(GITHUB_REPOSITORY=REPOSITORY).exit_code == 0


def test_a_repository_elsewhere_is_not_looked_for_on_github(firm: Firm) -> None:
    firm.change(company={"https://github.com/fern": "https://gitlab.com/fern"})
    said = firm.remind(GITHUB_API_URL="").stderr
    assert "https://gitlab.com/fern/handbook is not on GitHub" in " ".join(said.split())


def test_without_a_repository(firm: Firm) -> None:
    firm.change(company={"\nrepository: https://github.com/fern/handbook": ""})
    assert "which repository is meant" in firm.remind().stderr


def test_an_error_in_any_file_stops_it(firm: Firm) -> None:
    firm.change(sop={"outcome: The": "outcome: Birch Bakery. The"})
    result = firm.remind()
    assert result.exit_code == 1
    assert "client-name-published" in result.stderr
    assert firm.server.asked == []


def test_refusals_are_told(firm: Firm) -> None:
    result = firm.remind(GITHUB_TOKEN="ghs_old")  # noqa: S106  # it is none
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: GitHub refused (401, fern/handbook): the token")


def test_hostile_words_call_nobody(firm: Firm) -> None:
    title = "@everyone <b>x</b> <!-- sopwith --> [x](y)"
    firm.change(sop={"title: Welcome a client": f'title: "{title}"'})
    firm.remind()
    shown = firm.bodies[0]
    assert "@everyone" not in shown
    assert "<b>" not in shown
    assert read_mark(shown) == Mark("welcome", "2026-09-30", str(DUE))
    firm.settled()
