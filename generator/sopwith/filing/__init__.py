"""What goes into files: a client begun, a step done, an SOP revised or reviewed, what was noticed.

Nothing is written that would not pass the check, and what is written changes no line but its own.
"""

from sopwith.filing.begin import Given, Question, begin
from sopwith.filing.keep import Refused
from sopwith.filing.notice import Noticed, from_issue, notice
from sopwith.filing.owners import write_owners
from sopwith.filing.progress import bring_in
from sopwith.filing.revise import Revision, bump, reviewed
from sopwith.filing.tick import Tick, take_back, tick
from sopwith.filing.upgrade import upgrade

__all__ = [
    "Given",
    "Noticed",
    "Question",
    "Refused",
    "Revision",
    "Tick",
    "begin",
    "bring_in",
    "bump",
    "from_issue",
    "notice",
    "reviewed",
    "take_back",
    "tick",
    "upgrade",
    "write_owners",
]
