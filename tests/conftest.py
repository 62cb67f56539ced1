"""What all tests share: Hypothesis without a stopwatch, what is made once, what is said last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from gitted import build, content, lay_content
from shared import once

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The machine may be busy, and a pull request must not fail for an example it did not bring.
settings.register_profile("sopwith", deadline=None, derandomize=True)
settings.load_profile("sopwith")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's content with all that is built from it, for tests that only look."""

    def make(root: Path) -> None:
        build(lay_content(root, content(), 1e9), PYTHONHASHSEED="1", TZ="Asia/Tokyo")

    return once(tmp_path_factory, "real-content", make)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for each test process."""
    from browser import chromium  # most tests open none

    with chromium() as found:
        yield found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what a test recorded as its `summary`, also where all have passed."""
    for report in [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]:
        for name, said in report.user_properties:
            if name == "summary":
                terminalreporter.write_line(said)
