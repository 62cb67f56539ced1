"""Beside each page its plain Markdown, for programs and for whoever copies it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape

from sopwith.outputs.handbook.markup import line, table
from sopwith.outputs.handbook.settings import FOLDER
from sopwith.outputs.page import Page
from sopwith.places import VERSIONS

SITE = "site"


def beside(pages: Iterable[Page]) -> Iterator[Page]:
    """Beside each page of the site, as `x.md` beside `x/`, what it is made from, without the HTML.

    Older versions have none: nobody is to take one for the procedure.
    """
    for made in pages:
        path = made.path.removeprefix(f"{FOLDER}/")
        if path.endswith(".md") and not path.startswith((".", f"{VERSIONS}/")):
            yield Page(f"{SITE}/{path}", plain_markdown(made.content.decode()).encode())


_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_GAP = re.compile(r"\n(?:[ \t]*\n){2,}")
# What stays, what goes with all that is in it, and what is written in another way. Every piece
# begins with one of three signs: that makes finding them many times as quick.
_PIECE = re.compile(
    r"""[`<&](?:
      (?<=`) (?: (?P<fence>`{2,})[^\n]*\n(?s:.*?)\n`(?P=fence)`*(?=\n|\Z) | [^`\n]+` )
    | (?<=<) (?:
          details\ class="flow"(?s:.*?)</details>
        | nav\ class="jump"(?s:.*?)</nav>
        | figure>(?s:.*?)</figure>
        | (?P<table>table\s(?s:.*?)</table>)
        | h2\ id="letter--preview"(?s:.*?)(?=<details\ class="as-written")
        | !--.*?-->
        | (?P<end>/?)(?P<tag>[a-z]\w*)(?:\s[^>]*)?>
      )
    | (?<=&) \#(?P<code>\d+);
    )""",
    re.VERBOSE,
)
_ROW, _CELL, _TAG = (
    re.compile(pattern, re.DOTALL)
    for pattern in (r"<tr>(.*?)</tr>", r"<t[hd][^>]*>(.*?)</t[hd]>", r"<[^>]*>")
)
_MARKS: Mapping[str, str] = {"strong": "**", "em": "*", "code": "`", "br": " "}
_HEADINGS: Mapping[str, str] = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_NEVER_MARKUP = frozenset(" :,;?@$^%/='\"")


def plain_markdown(text: str) -> str:
    """A page's Markdown without front matter, HTML and drawings; what was escaped still is.

    Of a letter it has what is written: what an example makes of it is HTML, and escaped as such.
    """
    bare = _PIECE.sub(_piece, _FRONT.sub("", text, 1))
    return _GAP.sub("\n\n", bare).strip() + "\n"


def _piece(found: re.Match[str]) -> str:
    end, tag, code, rows = found.group("end", "tag", "code", "table")
    if rows:
        return _PIECE.sub(_piece, _table(rows))
    if code:
        return _letter(chr(int(code)), found)
    if tag:
        return _MARKS.get(tag) or ("" if end else _HEADINGS.get(tag, ""))
    return found[0] if found[0].startswith("`") else ""


def _table(html: str) -> str:
    """A table of HTML, whose cells are words."""
    head, *rows = (_CELL.findall(row) for row in _ROW.findall(html))
    said = [
        [line(" ".join(unescape(_TAG.sub(" ", cell)).split())) for cell in row]
        for row in (head, *rows)
    ]
    return table(said[0], (row + [line("")] * (len(head) - len(row)) for row in said[1:]))


def _letter(letter: str, found: re.Match[str]) -> str:
    """A letter that was escaped, with a backslash where Markdown might make something of it."""
    around = (
        found.string[found.start() - 1 : found.start()]
        + found.string[found.end() : found.end() + 1]
    )
    if letter == "\n":
        return " "
    is_safe = letter in _NEVER_MARKUP or (letter == "." and around.isdigit() and len(around) == 2)
    return letter if is_safe or not letter.isascii() else f"\\{letter}"
