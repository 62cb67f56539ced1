"""What goes into files: one begun, a step done, an SOP revised, reviewed, read; what was noticed.

Nothing is written that would not pass the check, and what is written changes no line but its own;
but for files put in order, which say afterwards what they said before.
"""

from sopwith.filing.acknowledge import acknowledge
from sopwith.filing.acknowledge import bring_in as bring_in_sheet
from sopwith.filing.begin import Given, Question, begin
from sopwith.filing.keep import Refused
from sopwith.filing.notice import Noticed, from_issue, notice
from sopwith.filing.owners import write_owners
from sopwith.filing.progress import bring_in, refused
from sopwith.filing.revise import Revision, bump, reviewed
from sopwith.filing.skeleton import SKELETONS, Wanted, new
from sopwith.filing.tick import Tick, take_back, tick
from sopwith.filing.tidying import Tidied, tidy
from sopwith.filing.upgrade import upgrade

__all__ = [
    "SKELETONS",
    "Given",
    "Noticed",
    "Question",
    "Refused",
    "Revision",
    "Tick",
    "Tidied",
    "Wanted",
    "acknowledge",
    "begin",
    "bring_in",
    "bring_in_sheet",
    "bump",
    "from_issue",
    "new",
    "notice",
    "refused",
    "reviewed",
    "take_back",
    "tick",
    "tidy",
    "upgrade",
    "write_owners",
]
