"""The example firm's year, lived again: each month committed as its files stood then.

What today's files say with a date is known from that day on: a version, a tick, an observation, a
meeting and what became of what it decided. All files are read and written as plain data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from gitted import commit
from laid import TESTS

HOME = TESTS.parent
DATED = ("clients", "people", "quarters", "observations", "reviews", "sops")
Files = Mapping[str, Any]


def content() -> Files:
    """Today's dated files by path, every value as text but true and false."""
    found = (path for folder in DATED for path in sorted((HOME / folder).rglob("*.yml")))
    return {path.relative_to(HOME).as_posix(): _told(_loaded(path)) for path in found}


# C reads and writes ten times as fast, where it is there.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def _loaded(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), _LOADER)  # noqa: S506  # nothing but text


def _told(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _told(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_told(value) for value in data]
    return {"true": True, "false": False}.get(data, data)


def as_of(files: Files, day: date) -> Files:
    """The same files as they stood on a day; those that were not there yet are left out."""
    then = {path: _THEN[path.partition("/")[0]](path, data, day) for path, data in files.items()}
    there = {path: data for path, data in then.items() if data is not None}
    versions = {
        (Path(path).stem, change["version"])
        for path, data in there.items()
        if path.startswith("sops/")
        for change in data["changes"]
    }
    for path, data in there.items():
        if "sops" in data:  # nobody is pinned to a version that is still to come
            pins = {id_: v for id_, v in data["sops"].items() if (id_, v) in versions}
            there[path] = {k: v for k, v in {**data, "sops": pins}.items() if v}
    return there


def _sop(_: str, data: Any, day: date) -> Any:
    """In the version of that day; before its first one it is a draft."""
    known = [change for change in data["changes"] if _by(change["effective"], day)]
    status = data["status"] if known else "draft"
    changes = known or data["changes"][-1:]
    review = dict(data["review"])
    if not _by(review.get("last", "9999-12-31"), day):
        review = {key: value for key, value in review.items() if key not in ("last", "by")}
    version = changes[0]["version"]
    return {**data, "status": status, "version": version, "changes": changes, "review": review}


def _engagement(path: str, data: Any, day: date) -> Any:
    dates = [d["planned"] if isinstance(d, dict) else d for d in data.get("dates", {}).values()]
    if path.startswith("clients/") and not any(_by(d, day) for d in dates):
        return None
    progress = {
        address: mark
        for address, mark in data.get("progress", {}).items()
        if _by(mark.get("done", "0001-01-01"), day)
    }
    cases = []
    for case in data.get("cases", ()):
        if _by(case["opened"], day):
            open_ = not _by(case.get("closed", "9999-12-31"), day)
            cases.append({k: v for k, v in case.items() if not (open_ and k == "closed")})
    kept = {k: v for k, v in data.items() if k not in ("progress", "cases")}
    if "ended" in kept and not _by(kept["ended"]["date"], day):
        del kept["ended"]
    more = {k: v for k, v in (("cases", cases), ("progress", progress)) if v}
    return {**kept, **more} or None


def _observation(_: str, data: Any, day: date) -> Any:
    if not _by(data["date"], day):
        return None
    action = {"action": _action(data["action"], day)} if "action" in data else {}
    return {**data, **action}


def _review(_: str, data: Any, day: date) -> Any:
    if not _by(data["held"], day):
        return None
    signed = [of for of in data.get("signed", ()) if _by(of["date"], day)]
    decisions = [_action(decision, day) for decision in data["decisions"]]
    kept = {k: v for k, v in data.items() if k != "signed"}
    return {**kept, "decisions": decisions, **({"signed": signed} if signed else {})}


def _action(action: Any, day: date) -> Any:
    """Done on the day it was due; whether it helped was said a month later."""
    then = dict(action)
    due = date.fromisoformat(action["due"])
    if due > day and then.get("status") == "done":
        then["status"] = "open"
        then.pop("helped", None)
    elif (day - due).days < 30:
        then.pop("helped", None)
    return then


_THEN = {
    "sops": _sop,
    "clients": _engagement,
    "people": _engagement,
    "quarters": _engagement,
    "observations": _observation,
    "reviews": _review,
}


def _by(text: str, day: date) -> bool:
    return date.fromisoformat(text[:10]) <= day


def live_until(root: Path, files: Files, days: Iterable[date], before: Files) -> Files:
    """Write and commit the files as they stood on each of these days; return the last state.

    `before` is what lies in the folder already.
    """
    for day in days:
        then = as_of(files, day)
        for path in before.keys() - then.keys():
            (root / path).unlink()
        for path, data in then.items():
            if before.get(path) != data:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                text = yaml.dump(data, Dumper=_DUMPER, allow_unicode=True, sort_keys=False)
                (root / path).write_text(text, "utf-8")
        commit(root, f"As of {day}", f"{day}T10:00:00+00:00")
        before = then
    return before
