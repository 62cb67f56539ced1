"""What GitHub answers: what it means, and how long it wants us to wait."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any

_MOVED = "the repository has moved: write its new address into company.yml"
MEANS = {
    301: _MOVED,
    302: _MOVED,
    307: _MOVED,
    308: _MOVED,
    401: "the token in GITHUB_TOKEN is not valid, or not any more",
    403: "the token in GITHUB_TOKEN may not do this; it must be allowed to write issues",
    404: "there is no such repository, or the token in GITHUB_TOKEN may not see it",
    410: "issues are switched off in the settings of the repository",
    422: "it does not take what we sent",
}
_MINUTE = 60
_LONGEST = 500


class GitHubFailed(Exception):
    """GitHub could not be asked, or refused; the message says what and why, and never the token."""


NOT_GITHUB = "What answered does not speak as GitHub does. Is GITHUB_API_URL right?"


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP response, read to its end."""

    status: int
    headers: Message
    body: bytes

    def data(self) -> Any:
        """What its JSON holds; raises GitHubFailed where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise GitHubFailed(NOT_GITHUB) from None

    @property
    def message(self) -> str:
        """What GitHub says about a refusal, in letters that a terminal can show."""
        try:
            said = json.loads(self.body)
            parts = [said["message"], *(error.get("message") for error in said.get("errors", ()))]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return ""
        text = "; ".join(part for part in parts if isinstance(part, str))
        return "".join(c if c.isprintable() else " " for c in text)[:_LONGEST]

    @property
    def is_limit(self) -> bool:
        """Say whether it was refused only because too much was asked for lately."""
        spent = self.headers.get("x-ratelimit-remaining") == "0"
        told = "retry-after" in self.headers or "rate limit" in self.message.lower()
        return self.status == 429 or (self.status == 403 and (spent or told))

    def pause(self, tries: int) -> float:
        """How many seconds GitHub wants us to wait; without a word a minute, then twice as long.

        What time it is GitHub says itself, since the clock here may be wrong.
        """
        try:
            if "retry-after" in self.headers:
                return max(0.0, float(self.headers["retry-after"]))
            if self.headers.get("x-ratelimit-remaining") == "0":
                now = parsedate_to_datetime(self.headers["date"]).timestamp()
                return max(1.0, float(self.headers["x-ratelimit-reset"]) - now)
        except (TypeError, ValueError):
            pass
        return float(_MINUTE * 2**tries)


def limit(pause: float) -> str:
    """What to say where the wait is too long for us."""
    minutes = max(1, round(pause / _MINUTE))
    wait = f"{minutes} minute{'' if minutes == 1 else 's'}"
    return f"GitHub has had enough requests for now. Try again in about {wait}."
