"""Any printed page: a Typst template and data in, a tagged PDF out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import fontpkg
import typst

MAIN = "main.typ"
# A file, not an input: Typst lays out again whatever was laid out under other inputs.
GIVEN = "given.json"
_NO_GLYPH = re.compile(
    r'the text (?:`"(.+?)"` could not be displayed|contains the disallowed codepoint `"(.+?)"`)'
)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
# Blocks of scripts that are written from right to left: Hebrew, Arabic, and their kin.
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]"
)
_ISOLATED = "\N{FIRST STRONG ISOLATE}{}\N{POP DIRECTIONAL ISOLATE}"
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


class PaperError(Exception):
    """A page could not be printed; the message says why, and where in which template."""


class MissingGlyph(PaperError):
    """No font that we print with has these characters, so the page would show blank boxes."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        super().__init__(f"no font has {', '.join(map(_named, characters))}")

    @property
    def numbers(self) -> dict[int, str]:
        """What may stand for each of them in print, for `str.translate`."""
        return {ord(character): f"[U+{ord(character):04X}]" for character in self.characters}


def spelled(data: Mapping[str, object], missing: MissingGlyph) -> dict[str, object]:
    """The same data with the number of each character in its place, as in [U+1F600]."""
    text = json.dumps(data, ensure_ascii=False).translate(missing.numbers)
    told: dict[str, object] = json.loads(text)
    return told


def pdf(
    template: str,
    data: Mapping[str, object],
    *,
    assets: Mapping[str, bytes] | None = None,
    title: str,
    today: date,
) -> bytes:
    """Print a Typst template to a PDF that screen readers can follow (PDF/UA-1).

    The template finds `data` and `title` in `/given.json`: text, never markup. It may import or
    show the `assets`, by their path (`/paper/page.typ`), and no other file. The same arguments
    give the same bytes; the PDF is dated midnight of `today`, UTC. Raises MissingGlyph for
    characters that cannot be printed, PaperError for a template that Typst does not accept.
    """
    given = json.dumps({"title": title, "data": _turned(data)}).encode()
    with _room({**(assets or {}), MAIN: template.encode(), GIVEN: given}) as room:
        try:
            return typst.compile(
                room / MAIN,
                root=room,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                pdf_standards="ua-1",  # Typst then refuses a character without a glyph
                package_path=room,
                package_cache_path=room,
                timestamp=datetime.combine(today, time(), UTC),
            )
        except typst.TypstError as error:
            raise _explained(error, room) from None


@cache
def _fonts() -> typst.Fonts:
    """Every font that a package brings, and behind them those inside Typst, with the symbols.

    Those of the machine are left out: the same PDF comes from every machine with our packages.
    """
    packaged = {file.path.parent for family in fontpkg.families().values() for file in family.files}
    han = find_spec("manimgx_fonts_cjk")  # of the extra `fonts`; a package with nothing but fonts
    folders = {*packaged, *map(Path, (han and han.submodule_search_locations) or ())}
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=sorted(map(str, folders)),
    )


def _turned(data: object) -> object:
    """The same data, where a text with letters from right to left has a direction of its own.

    Without it a name's first letter would not decide where its full stop stands.
    """
    match data:
        case str() if _RIGHT_TO_LEFT.search(data):
            return _ISOLATED.format(data)
        case Mapping():
            return {key: _turned(value) for key, value in data.items()}
        case list() | tuple():
            return [_turned(value) for value in data]
    return data


@contextmanager
def _room(files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder with these files and nothing else: all of the disk that Typst gets to see."""
    with TemporaryDirectory(prefix="sopwith-") as folder:
        room = Path(folder)
        for name, content in files.items():
            path = room / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        yield room


def _explained(error: typst.TypstError, room: Path) -> PaperError:
    """Say what Typst found in our words: characters by name, or its message and the place."""
    found = (match[1] or match[2] for match in _NO_GLYPH.finditer(error.diagnostic))
    missing = (_ESCAPED.sub(_unescaped, text) for text in found)
    characters = tuple(dict.fromkeys(character for text in missing for character in text))
    if characters:
        return MissingGlyph(characters)
    place = re.search(rf"┌─ (?:\S*{re.escape(room.name)}/)?(\S+)", error.diagnostic)
    hints = "".join(f" ({hint})" for hint in error.hints)
    says = f"{place[1] + ': ' if place else ''}{error.message}{hints}"
    return PaperError(says.replace(str(room), ""))  # the folder is gone by now


def _unescaped(match: re.Match[str]) -> str:
    code, letter = match.groups()
    return chr(int(code, 16)) if code else _ESCAPES.get(letter, letter)


def _named(character: str) -> str:
    """A character as people can find it again: itself where it shows, and its number."""
    number = f"U+{ord(character):04X}"
    return f'"{character}" ({number})' if character.isprintable() else number
