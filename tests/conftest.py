"""What all tests share: Hypothesis without a stopwatch, and what a test has to say at the end."""

from __future__ import annotations

import pytest
from hypothesis import settings

# The machine may be busy, and a pull request must not fail for an example it did not bring.
settings.register_profile("sopwith", deadline=None, derandomize=True)
settings.load_profile("sopwith")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what a test recorded as its `summary`, also where all have passed."""
    for report in [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]:
        for name, said in report.user_properties:
            if name == "summary":
                terminalreporter.write_line(said)
