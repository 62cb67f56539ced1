"""YAML text -> plain data, and the line and column of every part of it."""

from sopwith.source.events import Data
from sopwith.source.fault import quoted, shown
from sopwith.source.parse import Source, parse
from sopwith.source.sources import Sources

__all__ = ["Data", "Source", "Sources", "parse", "quoted", "shown"]
