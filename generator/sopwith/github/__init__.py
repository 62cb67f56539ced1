"""Issues on GitHub: read to the last page, written once, asked for patiently.

What it relies on is told in the documentation of GitHub's REST API: "Issues", "Labels",
"Pagination", "Rate limits" and "Best practices". Python's own HTTP client is enough for that.
"""

from sopwith.github.answer import GitHubFailed
from sopwith.github.asking import Line
from sopwith.github.issues import TITLE, Issue, Issues, Label

__all__ = ["TITLE", "GitHubFailed", "Issue", "Issues", "Label", "Line"]
