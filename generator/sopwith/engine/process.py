"""The engine's own process: `python -m sopwith.engine.process MKDOCS_YML`.

What it cannot build it tells on standard error, and exits 1.
"""

from __future__ import annotations

import logging
import sys

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from sopwith.engine.rendering import ManyHands


def main(path: str) -> None:
    """Build the site of a mkdocs.yml, strictly."""
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    logging.basicConfig(format="%(message)s")
    try:
        config = load_config(path, strict=True)
        config.plugins["sopwith/many-hands"] = ManyHands()
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except MkDocsException as error:
        sys.exit(error.format_message())


if __name__ == "__main__":
    main(sys.argv[1])
