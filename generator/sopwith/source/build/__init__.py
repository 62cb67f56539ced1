"""The text of a file -> its data, and all that is wrong with it."""

from sopwith.source.build.builder import build
from sopwith.source.build.frame import Data

__all__ = ["Data", "build"]
