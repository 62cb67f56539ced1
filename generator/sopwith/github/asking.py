"""The line to GitHub: one request, tried again where that is safe and told where it is no use."""

from __future__ import annotations

import http.client
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from sopwith.github.answer import MEANS, NOT_GITHUB, Answer, GitHubFailed, limit

T = TypeVar("T")

TRIES = 5
TIMEOUT = 20
"""Seconds without a word after which a request is given up."""
PATIENCE = 300
"""Seconds that a request waits for limits to end, all in all; a longer wait is told."""
PACE = 1
"""Seconds between two things that we write, as GitHub asks for."""
_MOST = 10_000_000
_HERE = ("127.0.0.1", "::1", "localhost")


class Lost(Exception):
    """No answer came, so that nobody knows whether it was done."""


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow nowhere: the token is for one host only."""


def _sleep(seconds: float) -> None:
    time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Line:
    """Where to ask for what: `api` is the address of the API, without a slash at its end."""

    api: str
    repository: str
    token: str = field(repr=False)
    wait: Callable[[float], None] = _sleep

    def __post_init__(self) -> None:
        """Raise GitHubFailed for no repository, no token, or an address that it may not go to."""
        if not re.fullmatch(r"[\w.-]+/[\w.-]+", self.repository, re.ASCII):
            message = "is no repository on GitHub: write it as in example/handbook"
            raise GitHubFailed(f'"{self.repository}" {message}')
        if not re.fullmatch(r"[!-~]+", self.token):
            raise GitHubFailed("What GITHUB_TOKEN holds is no token: it has letters that none has.")
        if not _is_safe(self.api):
            message = "is no address to send a token to: GITHUB_API_URL must begin with https://"
            raise GitHubFailed(f'"{self.api}" {message}')

    @property
    def home(self) -> str:
        """The address of the repository."""
        return f"{self.api}/repos/{self.repository}"

    def pages(self, url: str) -> Iterator[Mapping[str, Any]]:
        """Every item of a list, page by page, as the Link headers lead on."""
        seen: set[str] = set()
        while url and url not in seen:
            seen.add(url)
            answer = self.ask("GET", url)
            items = answer.data()
            if not (isinstance(items, list) and all(isinstance(item, dict) for item in items)):
                raise GitHubFailed(NOT_GITHUB)
            yield from items
            following = re.search(r'<([^>]*)>;\s*rel="next"', answer.headers.get("link", ""))
            url = following[1] if following else ""
            if url and not url.startswith(f"{self.api}/"):
                raise GitHubFailed("The next page is said to be at another address: not followed.")

    def once(self, post: Callable[[], T], find: Callable[[], T | None]) -> T:
        """Do what must not be done twice: where no answer came, look whether it is done."""
        why = ""
        for tries in range(TRIES):
            try:
                return post()
            except Lost as lost:
                why = str(lost)
            self.wait(2**tries)
            found = find()
            if found is not None:
                return found
        raise GitHubFailed(_unanswered(why))

    def ask(self, method: str, url: str, data: Any = None, *, missing: bool = False) -> Answer:
        """Ask until there is an answer; 404 is one where what is asked for may be `missing`.

        Raises GitHubFailed, and Lost for a POST that was sent and not answered.
        """
        waited, why = 0.0, ""
        for tries in range(TRIES):
            answer, why = self._answer(method, url, data)
            pause = float(2**tries)
            if answer and answer.is_limit:
                pause, why = answer.pause(tries), "it has had enough requests for now"
                waited += pause
                if waited > PATIENCE:
                    raise GitHubFailed(limit(pause))
            elif answer and answer.status < 500:
                self._stop_at_refusal(answer, missing=missing)
                if method != "GET":
                    self.wait(PACE)
                return answer
            elif method == "POST":
                raise Lost(why)
            if tries < TRIES - 1:
                self.wait(pause)
        raise GitHubFailed(_unanswered(why))

    def _answer(self, method: str, url: str, data: Any) -> tuple[Answer | None, str]:
        """What came back, or None, and what to say of it."""
        try:
            answer = self._send(method, url, data)
        except (OSError, http.client.HTTPException) as error:
            inner = getattr(error, "reason", None) or error
            in_time = not isinstance(inner, TimeoutError)
            return None, f"{inner}" if in_time else "it did not answer in time"
        return answer, f"it answers with an error of its own ({answer.status})"

    def _send(self, method: str, url: str, data: Any) -> Answer:
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "User-Agent": "sopwith",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        body = None if data is None else json.dumps(data).encode()
        request = Request(url, body, headers, method=method)  # noqa: S310  # __post_init__ has looked
        try:
            with build_opener(_Stay).open(request, timeout=TIMEOUT) as got:
                return Answer(got.status, got.headers, got.read(_MOST))
        except HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.headers, refused.read(_MOST))

    def _stop_at_refusal(self, answer: Answer, *, missing: bool) -> None:
        if answer.status < 300 or (missing and answer.status == 404):
            return
        means = MEANS.get(answer.status, "it does not say more")
        says = f' It says: "{answer.message}".' if answer.message else ""
        told = f"GitHub refused ({answer.status}, {self.repository}): {means}.{says}"
        raise GitHubFailed(told.replace(self.token, "..."))


def _is_safe(api: str) -> bool:
    """Say whether a token may be sent there: encrypted, or to this very machine."""
    try:
        address = urlsplit(api)
    except ValueError:
        return False
    schemes = ("https", "http") if address.hostname in _HERE else ("https",)
    return bool(address.hostname) and address.scheme in schemes


def _unanswered(why: str) -> str:
    return f"GitHub was asked {TRIES} times and does not answer: {why}. Try again later."
