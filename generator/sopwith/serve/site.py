"""The site while it is worked on: the engine renders only the pages that became others.

It can do so by itself, and then forgets what the search and its own checks have to know of the
pages it passed over. So that is kept here, and given back to it.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

# Material prints a notice of its own end when it is loaded: that is for us, not for readers.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from material.plugins.search.plugin import SearchPlugin  # type: ignore[import-untyped]
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as SitePage

from sopwith.outputs import handbook
from sopwith.outputs.page import Page

_FIRST = 100
"""Before the engine's own search, which writes its index at the end of a build."""
_SETTINGS = "mkdocs.yml"
_MARKDOWN, _HIDDEN, _SITE = "handbook/", "handbook/.", "site/"

logging.getLogger("mkdocs").setLevel(logging.WARNING)
# That not all is rendered is what we want; where warnings are counted it would stop the build.
logging.getLogger("mkdocs.commands.build").addFilter(lambda said: "'dirty'" not in str(said.msg))


class Site:
    """A folder that is kept as if the engine had just built all of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shared: object = None
        self._shown: Mapping[str, bytes] = {}
        self._kept: Mapping[str, _Kept] = {}
        self._compiled = _Compiled()

    def renew(self, build_folder: Path, pages: Sequence[Page]) -> None:
        """Bring the site up to date with these pages, which stand in the build folder.

        Raises what the engine raises; then the site is as it was.
        """
        shared = _shared_by_all(build_folder, pages)
        is_whole = shared != self._shared
        changed = [page for page in pages if is_whole or self._shown.get(page.path) != page.content]
        if not changed:
            return
        new = self._folder.with_name("new")
        shutil.rmtree(new, ignore_errors=True)
        keeper = _Keeper(self._kept, self._compiled)
        _render(build_folder, new, None if is_whole else changed, keeper)
        for page in handbook.beside(changed):
            (new / page.path.removeprefix(_SITE)).write_bytes(page.content)
        if is_whole:
            shutil.rmtree(self._folder, ignore_errors=True)
            new.rename(self._folder)
        else:
            for path in [path for path in new.rglob("*") if path.is_file()]:
                path.replace(self._folder / path.relative_to(new))
        self._shared, self._kept = shared, keeper.found
        self._shown = {page.path: page.content for page in pages}


def _shared_by_all(build_folder: Path, pages: Sequence[Page]) -> object:
    """What every page of the site may show: settings, navigation, theme, and which pages exist."""
    own = build_folder.with_name(_SETTINGS)
    return (
        own.read_bytes() if own.is_file() else b"",
        [page.path for page in pages],
        [p.content for p in pages if p.path == _SETTINGS or p.path.startswith(_HIDDEN)],
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    """What others have to know of a page: its title and settings, its places, what it links to."""

    title: str | None
    meta: Mapping[str, Any]
    anchors: Set[str]
    links: Mapping[str, Mapping[str, str]]
    entries: Sequence[Mapping[str, Any]]


def _render(build_folder: Path, new: Path, only: Collection[Page] | None, keeper: _Keeper) -> None:
    """Render all pages, or only some, into a new folder."""
    config = load_config(str(build_folder / _SETTINGS), site_dir=str(new), site_url=None)
    config.extra["live"] = True  # the engine adds a script of its own to each page
    # Of what another plugin has to know of all pages we cannot tell.
    if config.hooks or {type(plugin) for plugin in config.plugins.values()} - {SearchPlugin}:
        only = None
    if only is not None:
        keeper.stale = {page.path.removeprefix(_MARKDOWN) for page in only}
    config.plugins["sopwith"] = keeper
    build(config, dirty=only is not None)


class _Compiled(BytecodeCache):
    """The theme's templates, compiled once: that takes the engine longer than to render a page."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template whose text is the same; the bucket looks whether it is."""
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self._code[bucket.key] = bucket.bytecode_to_string()


class _Keeper(BasePlugin):  # type: ignore[type-arg,no-untyped-call]  # has no settings
    """Tells the engine which files are stale (None: all), and what it knew of the other pages."""

    def __init__(self, kept: Mapping[str, _Kept], compiled: _Compiled) -> None:
        self.stale: Set[str] | None = None
        self.found: dict[str, _Kept] = {}
        self._kept = kept
        self._compiled = compiled
        self._pages: Sequence[SitePage] = ()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Say of each file whether it is to be made anew."""
        for file in files if self.stale is not None else ():
            file.is_modified = partial(self._is_stale, file)  # type: ignore[method-assign]
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Once the stale pages are read, give the others what is known of them."""
        env.bytecode_cache = self._compiled
        self._pages = [file.page for file in files.documentation_pages() if file.page]
        for page in self._pages:
            if not self._is_stale(page.file):
                known = self._kept[page.file.src_uri]
                page.title, page.meta = known.title, dict(known.meta)
                page.present_anchor_ids = set(known.anchors)
                page.links_to_anchors = {
                    files.src_uris[uri]: dict(links) for uri, links in known.links.items()
                }
        return env

    @event_priority(_FIRST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Hand the search the entries of all pages, in the order of a whole build."""
        index = next(
            (p.search_index for p in config.plugins.values() if isinstance(p, SearchPlugin)), None
        )
        entries = defaultdict(list)
        for entry in index.entries if index else ():
            entries[entry["location"].partition("#")[0]].append(entry)
        for page in self._pages:
            uri = page.file.src_uri
            is_stale = self._is_stale(page.file)
            self.found[uri] = _Kept(
                page.title,
                page.meta,
                page.present_anchor_ids or set(),
                {to.src_uri: links for to, links in (page.links_to_anchors or {}).items()},
                entries[page.url] if is_stale else self._kept[uri].entries,
            )
        if index:
            index.entries = [entry for known in self.found.values() for entry in known.entries]

    def _is_stale(self, file: File) -> bool:
        return self.stale is None or file.src_uri in self.stale
