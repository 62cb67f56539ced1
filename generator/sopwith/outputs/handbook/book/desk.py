"""What a page of the handbook says, as data for print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from sopwith.outputs.handbook.control import Banner
from sopwith.outputs.handbook.markup import Md
from sopwith.outputs.handbook.pen import Pen
from sopwith.outputs.handbook.prose import fitted
from sopwith.outputs.handbook.steps import Fact
from sopwith.places import address
from sopwith.text import Block, ListBlock, read_back, to_data

Data = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Desk:
    """Turns the Markdown of one page into data; `labels` are the places there are in the book."""

    pen: Pen
    labels: frozenset[str]

    def text(self, md: Md) -> list[Data]:
        """Blocks of text."""
        return self.blocks(read_back(md))

    def blocks(self, blocks: Iterable[Block]) -> list[Data]:
        """The same, of a text that is parsed already."""
        return to_data(fitted(blocks, self._aim, headings=False))

    def line(self, md: Md) -> object:
        """The words of one line."""
        return next((block["inlines"] for block in self.text(md) if "inlines" in block), [])

    def facts(self, facts: Iterable[Fact]) -> list[Data]:
        """Labels, and what they say."""
        return [{"label": label, "says": self.line(says)} for label, says in facts]

    def pairs(self, pairs: Iterable[tuple[Md, Md]]) -> list[Data]:
        """As facts, but the label is rich, too."""
        return [{"label": self.line(label), "says": self.line(says)} for label, says in pairs]

    def banners(self, banners: Iterable[Banner]) -> list[Data]:
        """What must be known first."""
        return [{"label": one.label, "says": self.line(one.says)} for one in banners]

    def items(self, items: Iterable[Md]) -> list[object]:
        """The entries of a list, whether or not each is one already."""
        return [
            self.blocks(inner)
            for entry in items
            for block in read_back(entry)
            for inner in (block.items if isinstance(block, ListBlock) else ((block,),))
        ]

    def _aim(self, target: str) -> str | None:
        """A place in the book, else the page of the published handbook, if there is one."""
        if re.match("[a-zA-Z]+:", target):
            return target
        path, _, anchor = target.partition("#")
        there = normpath(join(dirname(self.pen.here), path)) if path else self.pen.here
        for place in (f"{there}#{anchor}", there):
            if place in self.labels:
                return f"#{place}"
        return address(self.pen.edition.company.handbook, there, anchor) or None
