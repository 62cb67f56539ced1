"""A YAML text and a change -> the text with only that changed.

Comments, order, quoting, indentation and line ends outside the lines of the change stay byte for
byte. What comes out is read back before it is returned: it says what was meant and nothing else,
or there is no text at all.
"""

from sopwith.edit.begun import begun
from sopwith.edit.changes import insert, put, remove, rename
from sopwith.edit.onto import onto
from sopwith.edit.pen import Quoted
from sopwith.edit.sheet import Unwritable
from sopwith.edit.tidy import tidy

__all__ = ["Quoted", "Unwritable", "begun", "insert", "onto", "put", "remove", "rename", "tidy"]
