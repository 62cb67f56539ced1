"""What all tests share: Hypothesis without a stopwatch, and with the same examples each time."""

from __future__ import annotations

from hypothesis import settings

# The machine may be busy, and a pull request must not fail for an example it did not bring.
settings.register_profile("sopwith", deadline=None, derandomize=True)
settings.load_profile("sopwith")
