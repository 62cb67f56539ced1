"""The page of each problem code: rules bring it as their docstring, the rest as a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from inspect import cleandoc
from pathlib import Path

from sopwith.rules import RULES

_FILES = Path(__file__).parent / "codes"


@cache
def pages() -> Mapping[str, str]:
    """Every code with its page in Markdown, which begins `# code: what is wrong`; sorted."""
    found = {path.stem: path.read_text(encoding="utf-8") for path in _FILES.glob("*.md")}
    for code, rule in RULES.items():
        title, _, rest = cleandoc(rule.__doc__ or "").partition("\n")
        found[code] = f"# {code}: {title.rstrip('.')}\n{rest}\n"
    return dict(sorted(found.items()))
