"""Email and document templates: checked against an allow-list, then rendered in a sandbox.

Templates come in pull requests, so they are hostile until proven otherwise. A template is cut into
its tags (`pieces`), these are read as a syntax tree of which every node must be known to be
harmless (`tree`), and the names in it are looked up (`check`). Only such a tree is ever compiled:
`'a' * 200000000` takes seconds when it is. Jinja's sandbox is the second wall (`render`).

A tag that is alone on its line takes the line with it, so `{% for %}` and `{% endfor %}` may stand
on lines of their own, in a table too.
"""

from sopwith.template.check import check
from sopwith.template.names import FILTERS, Each, Kind, Names
from sopwith.template.render import Unresolved, render

__all__ = ["FILTERS", "Each", "Kind", "Names", "Unresolved", "check", "render"]
