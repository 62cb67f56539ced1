"""What goes into the clients' files: a client begun, a step done, or taken back.

Nothing is written that would not pass the check, and what is written changes no line but its own.
"""

from sopwith.filing.begin import Given, Question, begin
from sopwith.filing.keep import Refused
from sopwith.filing.tick import Tick, take_back, tick

__all__ = ["Given", "Question", "Refused", "Tick", "begin", "take_back", "tick"]
