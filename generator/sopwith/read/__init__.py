"""A root folder -> Library and problems."""

from sopwith.read.kinds import COMPANY, KINDS, PAGES, Kind
from sopwith.read.reading import Reading
from sopwith.read.root import NO_PRIVATE, content_files, read

__all__ = ["COMPANY", "KINDS", "NO_PRIVATE", "PAGES", "Kind", "Reading", "content_files", "read"]
