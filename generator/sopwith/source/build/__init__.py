"""The text of a file -> its data, the marks of its parts, and all that is wrong with it."""

from sopwith.source.build.builder import build
from sopwith.source.build.frame import Data, Mark

__all__ = ["Data", "Mark", "build"]
