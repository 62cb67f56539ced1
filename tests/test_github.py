"""The line to GitHub: every page read, limits waited for, nothing done twice, refusals told."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator

import pytest

from github_server import REPOSITORY, SECONDS, TOKEN, Server, Trouble, serving
from sopwith.github import GitHubFailed, Issues, Label, Line

LABEL = Label("review due", "d4a72c", "To be read")
NAMED = [{"name": "review due"}]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "*")
    with serving() as running:
        yield running


def issues(server: Server, waits: list[float] | None = None, **other: str) -> Issues:
    given = {"api": server.address, "repository": REPOSITORY, "token": TOKEN, **other}
    return Issues(Line(**given, wait=(waits if waits is not None else []).append))


def begin(server: Server, waits: list[float] | None = None) -> int:
    made = issues(server, waits).open("Read it", "<!-- mark -->\nSay", "review due", (), "mark")
    return made.number


# Reading ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, 3, 7])
def test_every_page_is_read(count: int, server: Server) -> None:
    server.largest_page = 3
    for number in range(count):
        server.issue(title=str(number), labels=NAMED, state="open" if number % 2 else "closed")
    found = issues(server).all("review due")
    assert [issue.title for issue in found] == [str(number) for number in range(count)]
    assert [issue.is_open for issue in found] == [number % 2 == 1 for number in range(count)]


def test_pull_requests_and_other_issues_are_left_out(server: Server) -> None:
    server.issue(title="a pull request", labels=NAMED, pull_request={"url": "x"})
    server.issue(title="of another label", labels=[{"name": "bug"}])
    server.issue(title="ours", labels=NAMED, body="a\r\nb")
    (found,) = issues(server).all("review due")
    assert (found.title, found.body) == ("ours", "a\nb")


def test_the_token_goes_nowhere_else(server: Server) -> None:
    elsewhere = {"Link": '<https://evil.example/issues?page=2>; rel="next"'}
    server.troubles.append(Trouble(200, elsewhere, data=[]))
    with pytest.raises(GitHubFailed, match="not followed"):
        issues(server).all("review due")
    with serving() as other:
        server.troubles.append(Trouble(302, {"Location": f"{other.address}/x"}))
        with pytest.raises(GitHubFailed, match="has moved"):
            issues(server).all("review due")
        assert other.asked == []


@pytest.mark.parametrize("data", [{}, "x", [1], [{"number": "x"}], [{"number": 1}]])
def test_what_is_not_github_is_told(data: object, server: Server) -> None:
    server.troubles.append(Trouble(200, data=data))
    with pytest.raises(GitHubFailed, match="GITHUB_API_URL right"):
        issues(server).all("review due")


# Refusals -----------------------------------------------------------------------------------------

REFUSED = [
    # what stands in the way, and what is told
    ({"token": "ghs_wrong"}, r"\(401, fern/handbook\): the token .* is not valid.*Bad credentials"),
    ({"repository": "fern/nothing"}, r"\(404, fern/nothing\): there is no such repository"),
    ({"repository": "fern"}, r'"fern" is no repository'),
    ({"repository": "a/b/../c"}, "is no repository"),
    ({"api": "http://api.github.example"}, "no address to send a token to"),
    ({"api": "ftp://127.0.0.1"}, "no address to send a token to"),
    ({"api": "https://["}, "no address to send a token to"),
    ({"token": "a\nb"}, "is no token"),
]


@pytest.mark.parametrize(("other", "told"), REFUSED)
def test_refusals_are_told_without_the_token(
    other: dict[str, str], told: str, server: Server
) -> None:
    with pytest.raises(GitHubFailed, match=told) as failed:
        issues(server, None, **other).all("review due")
    assert other.get("token", TOKEN) not in str(failed.value)
    assert TOKEN not in repr(issues(server))


def test_issues_switched_off(server: Server) -> None:
    server.has_issues = False
    with pytest.raises(GitHubFailed, match=r"410.*switched off"):
        issues(server).all("review due")


def test_a_token_that_may_only_read(server: Server) -> None:
    server.may_write = False
    with pytest.raises(GitHubFailed, match=r"403.*must be allowed to write issues") as failed:
        begin(server)
    assert server.asked == [("POST", f"/repos/{REPOSITORY}/issues")]  # told at once, not tried anew
    assert "limit" not in str(failed.value)


def test_what_is_not_taken(server: Server) -> None:
    with pytest.raises(GitHubFailed, match=r"422.*Validation Failed"):
        issues(server).open("", "x", "review due", (), "mark")


def test_a_message_cannot_move_the_cursor(server: Server) -> None:
    server.troubles.append(Trouble(404, message=f"\x1b[31m{TOKEN}\n::error::x"))
    with pytest.raises(GitHubFailed) as failed:
        issues(server).all("review due")
    assert not re.search(rf"[\x1b\n]|{TOKEN}", str(failed.value))


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    waits: list[float] = []
    with pytest.raises(GitHubFailed, match=r"asked 5 times.*refused"):
        issues(Server("http://127.0.0.1:9"), waits).all("review due")
    assert waits == [1, 2, 4, 8]


def test_nobody_who_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr("sopwith.github.asking.TIMEOUT", 0.01)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(GitHubFailed, match="did not answer in time"):
            issues(Server(address)).all("review due")


# Trying again -------------------------------------------------------------------------------------

LIMITS = [
    # the answer, and how long we wait for it to end
    (Trouble(429, {"Retry-After": "7"}), [7]),
    (Trouble(403, {"Retry-After": "7"}, "You have exceeded a secondary rate limit"), [7]),
    (Trouble(403, {}, "You have exceeded a secondary rate limit", times=2), [60, 120]),
    (Trouble(403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(SECONDS + 42)}), [42]),
    (Trouble(429, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "soon"}), [60]),
    (Trouble(500), [1]),
    (Trouble(502, times=3), [1, 2, 4]),
    (Trouble(lost=True, times=2), [1, 2]),
]


@pytest.mark.parametrize(("trouble", "pauses"), LIMITS)
def test_a_limit_is_waited_for(trouble: Trouble, pauses: list[float], server: Server) -> None:
    server.issue(title="ours", labels=NAMED)
    server.troubles.append(trouble)
    waits: list[float] = []
    assert len(issues(server, waits).all("review due")) == 1
    assert waits == pauses


@pytest.mark.parametrize(("trouble", "_"), LIMITS)
def test_nothing_is_opened_twice(trouble: Trouble, _: list[float], server: Server) -> None:
    trouble = Trouble(**{**vars(trouble), "method": "POST", "times": 1})
    server.troubles.append(trouble)
    assert begin(server) == 1
    assert len(server.issues) == 1
    posts = [path for method, path in server.asked if method == "POST"]
    assert len(posts) == (1 if trouble.lost else 2)


def test_what_was_lost_is_looked_for_even_in_trouble(server: Server) -> None:
    server.troubles += [Trouble(lost=True, method="POST"), Trouble(503, method="GET", times=2)]
    assert begin(server) == 1
    assert [method for method, _ in server.asked] == ["POST", "GET", "GET", "GET"]


def test_a_long_wait_is_told(server: Server) -> None:
    spent = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(SECONDS + 2580)}
    server.troubles.append(Trouble(403, spent))
    waits: list[float] = []
    with pytest.raises(GitHubFailed, match="again in about 43 minutes"):
        issues(server, waits).all("review due")
    assert waits == []


def test_a_limit_that_does_not_end_is_told(server: Server) -> None:
    server.troubles.append(Trouble(429, {"Retry-After": "1"}, times=99))
    with pytest.raises(GitHubFailed, match=r"asked 5 times.*enough requests"):
        issues(server).all("review due")
    assert len(server.asked) == 5


def test_errors_that_do_not_end_are_told(server: Server) -> None:
    server.troubles.append(Trouble(500, times=99))
    with pytest.raises(GitHubFailed, match=r"error of its own \(500\)"):
        begin(server)
    assert server.issues == []


# Writing ------------------------------------------------------------------------------------------


def test_a_label_is_made_once(server: Server) -> None:
    for _ in range(2):
        issues(server).ensure(LABEL)
    server.troubles.append(Trouble(lost=True, method="POST"))
    issues(server).ensure(Label("other", "000000", ""))
    assert [label["name"] for label in server.labels] == ["review due", "other"]


def test_a_comment_is_made_once(server: Server) -> None:
    server.largest_page = 2
    server.comments[1] = [{"body": "theirs"}] * 3
    for trouble in (Trouble(lost=True, method="POST"), Trouble(500, method="POST")):
        server.troubles.append(trouble)
        issues(server).comment(1, "Reviewed. mark", "mark")
    assert [comment["body"] for comment in server.comments[1]] == [
        *["theirs"] * 3,
        "Reviewed. mark",
    ]


def test_who_can_be_assigned(server: Server) -> None:
    server.members = {"dana-example"}
    assert issues(server).can_assign("dana-example")
    assert not issues(server).can_assign("../../x")


def test_there_is_time_between_two_things_written(server: Server) -> None:
    waits: list[float] = []
    begin(server, waits)
    assert waits == [1]
