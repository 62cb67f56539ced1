"""Show the handbook in a browser, and make it anew whenever a file is saved.

The engine's own server lives on: when what was saved is wrong, it goes on showing what was right,
and the problems stand in the terminal.
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from threading import Timer

from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer

from sopwith import making, report
from sopwith.outputs.handbook import Memory
from sopwith.read import Reading
from sopwith.serve.site import Site
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
"""What the handbook is made of below the root, beside the files that were read."""
_LATER = 2.0
"""Seconds after which the browser has its page."""


def serve(inputs: Inputs, port: int, say: Say) -> None:
    """Serve the handbook on this machine until interrupted; port 0 takes any that is free.

    Raises OSError where the port cannot be had.
    """
    with tempfile.TemporaryDirectory(prefix="sopwith-") as folder:
        site = Path(folder, "site")
        server = LiveReloadServer(
            builder=lambda: None, host=HOST, port=port, root=str(site), polling_interval=0.2
        )
        try:
            server.server_bind()
        except OSError as error:
            why = f"{error.strerror}; name another with --port"
            raise OSError(error.errno, why, f"port {port}") from None
        server.server_bind = lambda: None  # type: ignore[method-assign]  # bound above, to know the port
        maker = _Maker(inputs, server, Site(site), say)
        server.builder = maker.make
        server.error_handler = partial(_error_page, site)
        maker.watch(inputs.root / name for name in WATCHED)
        # Whoever saved waits. To look for garbage among all that is at hand can wait longer.
        gc.disable()
        try:
            # Now, so that nothing is missed that is saved while the first site is made.
            server.observer.start()
            server.observer.start = lambda: None  # type: ignore[method-assign]  # by the server
            maker.make()
            say(f"The handbook is at http://{HOST}:{server.server_port}/ (stop with Ctrl-C)")
            server.serve()  # type: ignore[no-untyped-call]  # mkdocs says no types here
        except KeyboardInterrupt:
            pass
        finally:
            server.shutdown()
            gc.enable()


class _Maker:
    """Makes the site anew and shows it once it is whole.

    What was read, drawn and rendered the last time is at hand: only what would differ is made.
    """

    def __init__(self, inputs: Inputs, server: LiveReloadServer, site: Site, say: Say) -> None:
        self._inputs = inputs
        self._server = server
        self._site = site
        self._say = say
        self._reading: Reading | None = None
        self._memory = Memory()
        self._watched: set[Path] = set()

    def make(self) -> None:
        """Read, check, write and render; with problems, tell them and leave the site alone."""
        self._make()
        later = Timer(_LATER, gc.collect)
        later.daemon = True
        later.start()

    def _make(self) -> None:
        work = open_workspace(self._inputs, self._reading)
        self._reading = work.reading
        read = {*work.reading.sources, *(problem.spot.path for problem in work.problems)}
        self.watch({(work.root / path).parent for path in read} - {work.root})
        self.watch(work.root / name for name in WATCHED)
        try:
            # Until the site is up to date, requests wait.
            self._site.renew(work.root / BUILD, making.handbook_alone(work, self._memory))
        except making.Blocked as blocked:
            self._say(report.text(blocked.problems, work.reading.files).rstrip())
            self._say("The handbook shows what was there before.")
        except (MkDocsException, OSError, *making.FAILURES) as error:
            self._say(f"The site could not be made: {making.reason(error)}")
        else:
            self._say(f"Made anew from {work.reading.files} files.")

    def watch(self, paths: Iterable[Path]) -> None:
        """Make the site anew whenever one of these changes, or anything in it."""
        for path in paths:
            if path.exists() and path not in self._watched:
                self._watched.add(path)
                self._server.watch(str(path))


def _error_page(site: Path, code: int) -> bytes | None:
    page = site / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
