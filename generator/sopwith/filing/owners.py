"""CODEOWNERS, the file that tells GitHub whom to ask, written from what the other files say."""

from __future__ import annotations

from sopwith.filing.keep import Refused
from sopwith.filing.telling import sentence
from sopwith.making import Blocked, plans_of
from sopwith.outputs.codeowners import PATH, render
from sopwith.unfinished import beside
from sopwith.workspace import Workspace

_OWNED = ("sops/", "emails/", "documents/")
_NOBODY = (
    'Nobody would own what belongs to no procedure: name people under "maintainers" in '
    "company.yml, with their account on GitHub."
)


def write_owners(work: Workspace) -> str:
    """Write the file, whole or not at all; raises Blocked, and Refused where it cannot be."""
    plans_of(work)
    unread = [p for p in work.reading.problems if p.is_error and p.spot.path.startswith(_OWNED)]
    if unread:  # whoever owns these would be asked no more
        raise Blocked([*map(work.reading.located, unread)])
    text = render(work.library, work.today)
    if not text:
        raise Refused(_NOBODY)
    file = work.root / PATH
    if file.parent.is_symlink() or file.is_symlink():
        raise Refused(f"{PATH} is or lies behind a symbolic link, and those are not followed here.")
    try:
        if file.is_file() and file.read_bytes() == text.encode():
            return f"{PATH} is as it should be."
        file.parent.mkdir(exist_ok=True)
        with beside(file, text) as whole:
            whole.chmod(0o644)  # in a repository everybody may read it
            whole.replace(file)
    except OSError as error:
        raise Refused(f"{PATH} cannot be written: {error.strerror or error}.") from None
    return sentence(f"{PATH} is written.")
