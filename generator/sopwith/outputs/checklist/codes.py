"""Addresses as QR codes, for readers who hold the paper and a phone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import segno

QUIET = 4
"""Light modules on each side, as ISO/IEC 18004 asks."""


def codes(addresses: Iterable[str]) -> Mapping[str, Mapping[str, object]]:
    """Draw the code of each address: `svg`, and the widths of its dark part and quiet zone.

    A seventh of a code may be worn or folded and it still reads (level M).
    """
    return {address: _code(address) for address in sorted({*addresses} - {""})}


@lru_cache(maxsize=1024)
def _code(address: str) -> Mapping[str, object]:
    code = segno.make_qr(address, error="M", boost_error=False)
    inline = code.svg_inline(border=QUIET, omitsize=True)
    named = inline.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return {"svg": named, "modules": code.symbol_size(border=0)[0], "quiet": QUIET}
