"""Show the handbook in a browser, and make it anew whenever a file is saved.

The engine's own server lives on: when what was saved is wrong, it goes on showing what was right,
and the problems stand in the terminal.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

# Material prints a notice of its own end when it is loaded: that is for us, not for readers.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer

from sopwith import build, report
from sopwith.workspace import Inputs, open_workspace
from sopwith.write import BUILD

Say = Callable[[str], None]

HOST = "127.0.0.1"
WATCHED = (
    "company.yml",
    "mkdocs.yml",
    "sops",
    "emails",
    "documents",
    "observations",
    "reviews",
    "pages",
    "site_templates",
)
"""What the handbook is made of, below the root."""


def serve(inputs: Inputs, port: int, say: Say) -> None:
    """Serve the handbook on this machine until interrupted; port 0 takes any that is free."""
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="sopwith-") as site:
        maker = _Maker(inputs, Path(site), say)
        server = LiveReloadServer(
            builder=maker.make, host=HOST, port=port, root=site, polling_interval=0.3
        )
        server.error_handler = partial(_error_page, Path(site))
        maker.make()
        for name in WATCHED:
            if (inputs.root / name).exists():
                server.watch(str(inputs.root / name))
        server.server_bind()
        say(f"The handbook is at http://{HOST}:{server.server_port}/ (stop with Ctrl-C)")
        server.server_bind = lambda: None  # type: ignore[method-assign]  # bound above, to know the port
        try:
            server.serve()  # type: ignore[no-untyped-call]  # mkdocs says no types here
        except KeyboardInterrupt:
            pass
        finally:
            server.shutdown()


class _Maker:
    """Makes the site anew; pages that did not change are left to the engine as they are."""

    def __init__(self, inputs: Inputs, site: Path, say: Say) -> None:
        self._inputs = inputs
        self._site = site
        self._say = say
        self._shape: tuple[object, ...] = ()

    def make(self) -> None:
        """Read, check, write and render; with problems, tell them and leave the site alone."""
        work = open_workspace(self._inputs)
        try:
            build.handbook_alone(work)
            config = self._inputs.root / BUILD / "mkdocs.yml"
            # The navigation stands on every page: only where it is the same may pages be kept.
            shape = (config.read_bytes(), (self._inputs.root / "mkdocs.yml").read_bytes())
            settings = load_config(str(config), site_dir=str(self._site), site_url=None)
            build_site(settings, dirty=shape == self._shape)
            self._shape = shape
        except build.Blocked as blocked:
            self._say(report.text(blocked.problems, work.reading.files).rstrip())
            self._say("The handbook shows what was there before.")
        except MkDocsException as error:
            self._say(f"The site could not be made: {error}")
        else:
            self._say(f"Made anew from {work.reading.files} files.")


def _error_page(site: Path, code: int) -> bytes | None:
    page = site / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
