"""Measure all there is to measure, or what is named: `python -m benchmarks check plans`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import check, checklists, handbook, plans, review, serve

MEASURES: dict[str, Callable[[Path], None]] = {
    "check": check.measure,
    "checklists": checklists.measure,
    "handbook": handbook.measure,
    "handbooks": handbook.measure_growth,
    "plans": plans.measure,
    "review": review.measure,
    "serve": serve.measure,
}


def main(names: list[str]) -> None:
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        sys.exit(f"no measurement is called {unknown[0]}; there are: {', '.join(MEASURES)}")
    for name in names or MEASURES:
        with TemporaryDirectory(prefix=f"sopwith-{name}-") as folder:
            MEASURES[name](Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
