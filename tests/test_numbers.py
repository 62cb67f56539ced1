"""A number on paper names a step, alone or behind its procedure."""

from __future__ import annotations

from pathlib import Path

import pytest

from laid import TODAY, lay
from sopwith.plan import numbered
from sopwith.workspace import Inputs, open_workspace


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1.2", ["welcome/red-flags"]),
        ("welcome/1.2", ["welcome/red-flags"]),
        ("welcome 1.2", ["welcome/red-flags"]),
        ("Welcome a client 1.2", ["welcome/red-flags"]),
        ("billing 1.2", []),
        ("1.9", []),
        ("red-flags", []),
    ],
)
def test_a_number_on_paper(tmp_path: Path, typed: str, found: list[str]) -> None:
    plans = open_workspace(Inputs(lay(tmp_path, {}), today=TODAY)).plans
    plan = plans.of("birch") if plans else None
    assert plan
    assert numbered(typed, plan) == found
