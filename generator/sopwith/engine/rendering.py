"""Markdown -> HTML by many hands, as a plugin of the engine.

Two thirds of the engine's time go into it, one page after the other, though no page hangs on
another. So all pages are turned into HTML beforehand, in as many processes as there are
processors. All else happens as ever, each event of each plugin included: where a page then comes
to be rendered, it takes what it became, if its Markdown is still the same.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils import CountHandler

from sopwith.hands import spread

# From so many pages on, rendering them takes longer than calling for help.
_MANY = 40
_LAST = -100


@dataclass(frozen=True, slots=True)
class _Rendered:
    """What became of a page: all that rendering sets, with other pages by their paths."""

    markdown: str
    content: str | None
    toc: TableOfContents
    title: str | None
    anchors: set[str] | None
    links: Mapping[str, dict[str, str]]


class ManyHands(BasePlugin):  # type: ignore[no-untyped-call,type-arg]
    """Renders all pages before the engine asks for the first."""

    def __init__(self) -> None:
        self._rendered: dict[str, _Rendered] = {}

    @event_priority(_LAST)
    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Render every page, now that it is known which there are."""
        pages = files.documentation_pages()
        if len(pages) > _MANY:
            results = spread(partial(_render, config=config, files=files), pages)
            for page, rendered in zip(pages, results, strict=True):
                if rendered:
                    self._rendered[page.src_uri] = rendered
        return nav

    @event_priority(_LAST)
    def on_page_markdown(
        self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Have a page take what became of it, where no other plugin made it another since."""
        rendered = self._rendered.pop(page.file.src_uri, None)
        if rendered and rendered.markdown == markdown:
            page.render = partial(_take, page, rendered)  # type: ignore[method-assign]
        return markdown


def _render(file: File, *, config: MkDocsConfig, files: Files) -> _Rendered | None:
    """Render a page; None where there is anything to say of it, to be said in its own time."""
    page = file.page or Page(None, file, config)
    with _overheard() as said:
        page = config.plugins.on_pre_page(page, config=config, files=files)
        page.read_source(config)
        markdown = config.plugins.on_page_markdown(
            page.markdown or "", page=page, config=config, files=files
        )
        page.markdown = markdown
        page.render(config, files)
    if said.counts:
        return None
    links = {to.src_uri: by_anchor for to, by_anchor in (page.links_to_anchors or {}).items()}
    # Nothing but the engine's own renderer sets this, and then for good.
    title = page._title_from_render
    return _Rendered(markdown, page.content, page.toc, title, page.present_anchor_ids, links)


def _take(page: Page, rendered: _Rendered, config: MkDocsConfig, files: Files) -> None:
    """In place of `Page.render`."""
    page.content, page.toc = rendered.content, rendered.toc
    page._title_from_render = rendered.title  # as above
    page.present_anchor_ids = rendered.anchors
    page.links_to_anchors = {files.src_uris[to]: links for to, links in rendered.links.items()}


@contextmanager
def _overheard() -> Iterator[CountHandler]:
    """What the engine says in the meantime, which nobody else hears."""
    log, said = logging.getLogger("mkdocs"), CountHandler()
    handlers, propagate = log.handlers, log.propagate
    log.handlers, log.propagate = [said], False
    try:
        yield said
    finally:
        log.handlers, log.propagate = handlers, propagate
