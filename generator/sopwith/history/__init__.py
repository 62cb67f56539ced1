"""What git knows: the commit we build from, the last change of each file, files as they were."""

from sopwith.history.changes import UNCOMMITTED, UNSAVED, Commit, History, read_history, uncommitted
from sopwith.history.commits import UnknownRevision, commit_name, is_whole, parting, user_email
from sopwith.history.git import GitFailed
from sopwith.history.past import OldFile, Past, file_at, lay, past_files

__all__ = [
    "UNCOMMITTED",
    "UNSAVED",
    "Commit",
    "GitFailed",
    "History",
    "OldFile",
    "Past",
    "UnknownRevision",
    "commit_name",
    "file_at",
    "is_whole",
    "lay",
    "parting",
    "past_files",
    "read_history",
    "uncommitted",
    "user_email",
]
