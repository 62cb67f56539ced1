"""The events of one text -> its data, the marks of its parts, and all that is wrong with it."""

from sopwith.source.events.builder import build
from sopwith.source.events.frame import Data, Mark

__all__ = ["Data", "Mark", "build"]
