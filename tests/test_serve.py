"""The handbook while it is worked on: a real process, real files, real requests."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from _thread import interrupt_main
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from laid import TODAY, lay
from sopwith.serve import serve
from sopwith.workspace import Inputs

SOP = "sops/onboard/welcome.yml"
PATIENCE = 90.0  # seconds: a busy machine is slow, not wrong


@dataclass(frozen=True)
class Served:
    """A running server, and the file that its output goes to."""

    address: str
    output: Path

    def page(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:  # noqa: S310  # our own
            text: str = answer.read().decode()
        return text

    def said(self) -> str:
        return self.output.read_text("utf-8")


# A program begun in the background would be deaf to Ctrl-C; this one never is.
PROGRAM = """\
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from sopwith.cli import main
main()
"""


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", PROGRAM, "serve", *arguments]


def wait(until: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < end, f"never seen: {what}"
        time.sleep(0.05)


@contextmanager
def serving(root: Path, output: Path, *more: str) -> Iterator[Served]:
    arguments = command("--root", str(root), "--port", "0", "--today", "2026-11-20", *more)
    with output.open("wb") as file:
        process = subprocess.Popen(arguments, stdout=file, stderr=subprocess.STDOUT)
    try:
        wait(lambda: process.poll() is not None or "stop with" in output.read_text(), "the address")
        assert process.poll() is None, output.read_text()
        address = output.read_text().partition("The handbook is at ")[2].split()[0]
        yield Served(address, output)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
    assert output.read_text().endswith("Stopped.\n")
    assert "Traceback" not in output.read_text()


def save(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_serve(tmp_path: Path) -> None:
    root = lay(tmp_path / "root", {})
    with serving(root, tmp_path / "output") as served:
        page = served.page("onboard/welcome/")
        assert "Hold the kickoff call" in page
        assert "livereload(" in page
        assert "Content-Security-Policy" not in page, "it would keep the page from being made anew"
        before = len(json.loads(served.page("search/search_index.json"))["docs"])

        save(root / SOP, "title: Hold the kickoff call", "title: Ring the client")
        wait(lambda: "Ring the client" in served.page("onboard/welcome/"), "the changed page")
        index = json.loads(served.page("search/search_index.json"))["docs"]
        assert len(index) == before
        assert any("Ring the client" in entry["title"] for entry in index)

        save(root / SOP, "role: project-manager", "role: projet-manager")
        fault = "sops/onboard/welcome.yml:29:15: unknown-role"
        wait(lambda: fault in served.said(), "the problem")
        assert 'did you mean "project-manager"?' in served.said()
        assert "Ring the client" in served.page("onboard/welcome/")
        assert "projet" not in served.page("onboard/welcome/")

        save(root / SOP, "title: Ring the client", 'title: "Ring the client')
        wait(lambda: "28:16: unclosed-quote" in served.said(), "the second problem")
        assert "Ring the client" in served.page("onboard/welcome/")

        save(root / SOP, 'title: "Ring the client', "title: Ring them")
        save(root / SOP, "role: projet-manager", "role: project-manager")
        wait(lambda: "Ring them" in served.page("onboard/welcome/"), "the mended page")

        (root / "pages").mkdir()  # no part of the library until now
        with pytest.raises(urllib.error.HTTPError) as missing:
            served.page("nothing-here/")
        assert missing.value.code == 404
        assert b"Fern" in missing.value.read()


def test_begins_with_a_problem(tmp_path: Path) -> None:
    """What is wrong when it starts is told; the page is there as soon as it is mended."""
    root = lay(tmp_path / "root", {})
    save(root / SOP, "role: project-manager", "role: projet-manager")
    with serving(root, tmp_path / "output") as served:
        assert "unknown-role" in served.said()
        save(root / SOP, "role: projet-manager", "role: project-manager")
        wait(lambda: "Made anew" in served.said(), "the mended handbook")
        assert "Hold the kickoff call" in served.page("onboard/welcome/")


def test_saved_while_the_first_site_is_made(tmp_path: Path) -> None:
    root, told = lay(tmp_path, {}), []

    def say(text: str) -> None:
        told.append(text)
        if len(told) == 1:
            save(root / SOP, "title: Hold the kickoff call", "title: Ring the client")
        elif text == told[0]:
            raise KeyboardInterrupt

    patience = threading.Timer(PATIENCE, interrupt_main)
    patience.start()
    serve(Inputs(root, today=TODAY), 0, say)
    patience.cancel()
    assert told[0].startswith("Made anew")
    assert told[1:] == [told[1], told[0]], "it was not made a second time"


def test_observations_kept_elsewhere(tmp_path: Path) -> None:
    root, private = lay(tmp_path / "root", {}), tmp_path / "private"
    private.mkdir()
    for name in ("clients", "observations"):
        (root / name).rename(private / name)
    with serving(root, tmp_path / "output", "--private", str(private)) as served:
        noted = private / "observations/2026-11-17-long-form.yml"
        save(noted, "too long to read on a phone", "much too long")
        wait(lambda: "much too long" in served.page("pages/review-2026-q4/"), "the observation")


def test_port_that_is_taken(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        root = str(lay(tmp_path, {}))
        done = subprocess.run(
            command("--root", root, "--port", port), capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert f"port {port}: " in done.stderr
    assert "name another with --port" in done.stderr
    assert "Traceback" not in done.stderr


def test_not_a_library(tmp_path: Path) -> None:
    done = subprocess.run(
        command("--root", str(tmp_path)), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "company.yml:1:1: no-company" in done.stderr
    assert list(tmp_path.iterdir()) == []
