"""What goes into files: a client begun, a step done, an SOP revised, reviewed or confirmed.

Nothing is written that would not pass the check, and what is written changes no line but its own.
"""

from sopwith.filing.acknowledge import acknowledge
from sopwith.filing.acknowledge import bring_in as bring_in_sheet
from sopwith.filing.begin import Given, Question, begin
from sopwith.filing.keep import Refused
from sopwith.filing.progress import bring_in
from sopwith.filing.revise import Revision, bump, reviewed
from sopwith.filing.tick import Tick, take_back, tick
from sopwith.filing.upgrade import upgrade

__all__ = [
    "Given",
    "Question",
    "Refused",
    "Revision",
    "Tick",
    "acknowledge",
    "begin",
    "bring_in",
    "bring_in_sheet",
    "bump",
    "reviewed",
    "take_back",
    "tick",
    "upgrade",
]
