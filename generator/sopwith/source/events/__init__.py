"""The events of one text -> its data, and all that is wrong with it."""

from sopwith.source.events.builder import build
from sopwith.source.events.frame import Data

__all__ = ["Data", "build"]
