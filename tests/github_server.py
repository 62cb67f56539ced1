"""GitHub's issues in memory, behind a local HTTP server that answers as its REST API documents."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

TOKEN = "ghs_0123456789"  # noqa: S105  # of a server that lives as long as a test
REPOSITORY = "fern/handbook"

NOW = "Fri, 20 Nov 2026 12:00:00 GMT"
SECONDS = 1795176000
"""The same as GitHub counts it in x-ratelimit-reset."""

Data = dict[str, Any]


@dataclass
class Trouble:
    """An answer instead of the right one. `lost` does what was asked, and hangs up."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    message: str = "Something is wrong"
    data: Any = None
    method: str = ""
    path: str = ""
    times: int = 1
    lost: bool = False
    after: int = 0

    def concerns(self, method: str, path: str) -> bool:
        """Say whether it befalls this request; each that comes before lessens `after`."""
        if self.method not in ("", method) or self.path not in path or self.times <= 0:
            return False
        self.after -= 1
        return self.after < 0


@dataclass
class Server:
    """One repository. `asked` are the requests that came, in order."""

    address: str = ""
    issues: list[Data] = field(default_factory=list)
    labels: list[Data] = field(default_factory=list)
    comments: dict[int, list[Data]] = field(default_factory=dict)
    members: set[str] = field(default_factory=set)
    drops: set[str] = field(default_factory=set)
    has_issues: bool = True
    may_write: bool = True
    largest_page: int = 100
    troubles: list[Trouble] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def issue(self, **fields: Any) -> Data:
        """Add an issue, or with `pull_request` a pull request."""
        made = {
            "number": len(self.issues) + 1,
            "title": "",
            "body": None,
            "state": "open",
            "state_reason": None,
            "labels": [],
            "assignees": [],
            **fields,
        }
        self.issues.append(made)
        return made

    def written(self) -> list[tuple[str, str]]:
        """The requests that change something."""
        return [(method, path) for method, path in self.asked if method != "GET"]

    def trouble(self, method: str, path: str) -> Trouble | None:
        for trouble in self.troubles:
            if trouble.concerns(method, path):
                trouble.times -= 1
                return trouble
        return None


@contextmanager
def serving() -> Iterator[Server]:
    """Run a server until the end of the block."""
    server = Server()
    http = _Http(("127.0.0.1", 0), _Handler)
    http.github = server
    server.address = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=lambda: http.serve_forever(poll_interval=0.01))
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


Reply = tuple[int, Any, dict[str, str]]


def refuse(status: int, message: str, **more: Any) -> Reply:
    return status, {"message": message, "documentation_url": "https://docs.github.com", **more}, {}


def answer(server: Server, method: str, url: str, data: Data) -> Reply:
    """What GitHub says to a request of someone with a valid token."""
    parts = urlsplit(url)
    home = f"/repos/{REPOSITORY}"
    if not parts.path.startswith(f"{home}/"):
        return refuse(404, "Not Found")
    path = parts.path.removeprefix(home)
    if path.startswith("/issues") and not server.has_issues:
        return refuse(410, "Issues has been disabled in this repository.")
    if method != "GET" and not server.may_write:
        return refuse(403, "Resource not accessible by integration")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    for (verb, pattern), reply in ROUTES.items():
        found = re.fullmatch(pattern, path)
        if found and verb == method:
            return reply(server, unquote(found[1]) if found.groups() else "", query or data)
    return refuse(404, "Not Found")


def _list(server: Server, _: str, query: Data) -> Reply:
    found = [
        one
        for one in sorted(server.issues, key=lambda one: int(one["number"]))
        if query.get("state", "open") in ("all", one["state"])
        and query.get("labels", "") in ("", *(label["name"] for label in one["labels"]))
    ]
    if query.get("direction", "desc") == "desc":
        found.reverse()
    return _page(server, "/issues", found, query)


def _page(server: Server, path: str, found: list[Data], query: Data) -> Reply:
    size = min(int(query.get("per_page", 30)), server.largest_page)
    number = int(query.get("page", 1))
    here = f"{server.address}/repositories/7{path}"  # GitHub leads on by the repository's number
    links = {"prev": number - 1, "next": number + 1} if number > 1 else {"next": number + 1}
    if number * size >= len(found):
        del links["next"]
    pages = {name: urlencode({**query, "page": to}) for name, to in links.items()}
    link = ", ".join(f'<{here}?{asked}>; rel="{name}"' for name, asked in pages.items())
    shown = found[(number - 1) * size : number * size]
    return 200, shown, {"Link": link} if link else {}


def _open(server: Server, _: str, data: Data) -> Reply:
    if not data.get("title"):
        wrong = {"resource": "Issue", "field": "title", "code": "missing_field"}
        return refuse(422, "Validation Failed", errors=[wrong])
    strange = [name for name in data.get("assignees", ()) if name not in server.members]
    if strange:
        wrong = {"resource": "Issue", "field": "assignees", "code": "invalid", "value": strange[0]}
        return refuse(422, "Validation Failed", errors=[wrong])
    named = [name for name in data.get("labels", ()) if name not in server.drops]
    people = [name for name in data.get("assignees", ()) if name not in server.drops]
    labels = [{"name": name} for name in named]
    assignees = [{"login": name} for name in people]
    more = {"title": data["title"], "body": data.get("body")}
    return 201, server.issue(**more, labels=labels, assignees=assignees), {}


def _change(server: Server, number: str, data: Data) -> Reply:
    found = server.issues[int(number) - 1]
    found.update(data)
    return 200, found, {}


def _assign(server: Server, number: str, data: Data) -> Reply:
    found = server.issues[int(number) - 1]
    for name in data["assignees"]:
        if name in server.members - server.drops and {"login": name} not in found["assignees"]:
            found["assignees"].append({"login": name})
    return 201, found, {}


def _comments(server: Server, number: str, query: Data) -> Reply:
    return _page(server, f"/issues/{number}/comments", server.comments.get(int(number), []), query)


def _comment(server: Server, number: str, data: Data) -> Reply:
    server.comments.setdefault(int(number), []).append({"body": data["body"]})
    return 201, {"body": data["body"]}, {}


def _assignee(server: Server, name: str, _: Data) -> Reply:
    return (204, None, {}) if name in server.members else refuse(404, "Not Found")


def _label(server: Server, name: str, _: Data) -> Reply:
    found = [label for label in server.labels if label["name"].lower() == name.lower()]
    return (200, found[0], {}) if found else refuse(404, "Not Found")


def _new_label(server: Server, _: str, data: Data) -> Reply:
    if _label(server, data["name"], {})[0] == 200:
        wrong = {"resource": "Label", "field": "name", "code": "already_exists"}
        return refuse(422, "Validation Failed", errors=[wrong])
    server.labels.append(data)
    return 201, data, {}


ROUTES = {
    ("GET", "/issues"): _list,
    ("POST", "/issues"): _open,
    ("PATCH", r"/issues/(\d+)"): _change,
    ("POST", r"/issues/(\d+)/assignees"): _assign,
    ("GET", r"/issues/(\d+)/comments"): _comments,
    ("POST", r"/issues/(\d+)/comments"): _comment,
    ("GET", "/assignees/([^/]+)"): _assignee,
    ("GET", "/labels/([^/]+)"): _label,
    ("POST", "/labels"): _new_label,
}


class _Http(ThreadingHTTPServer):
    github: Server


class _Handler(BaseHTTPRequestHandler):
    def handle_one(self) -> None:
        server = cast(_Http, self.server).github
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        # What a Link header leads to is the same repository by its number.
        url = self.path.replace("/repositories/7", f"/repos/{REPOSITORY}")
        with server.lock:
            server.asked.append((self.command, url))
            trouble = server.trouble(self.command, url)
            if trouble and not trouble.lost:
                says = {"message": trouble.message} if trouble.data is None else trouble.data
                reply = (trouble.status, says, dict(trouble.headers))
            else:
                refused = self._refused()
                reply = refused or answer(server, self.command, url, json.loads(body or b"{}"))
        if trouble and trouble.lost:
            self.close_connection = True
        else:
            self._reply(*reply)

    do_GET = do_POST = do_PATCH = handle_one  # noqa: N815  # as http.server wants them

    def _refused(self) -> Reply | None:
        if not self.headers.get("User-Agent"):
            return refuse(403, "Request forbidden by administrative rules.")
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return refuse(401, "Bad credentials")
        return None

    def _reply(self, status: int, data: Any, headers: Mapping[str, str]) -> None:
        body = b"" if data is None else json.dumps(data).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def date_time_string(self, timestamp: float | None = None) -> str:
        del timestamp
        return NOW

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
