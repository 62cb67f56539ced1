"""The flow diagram of an SOP: its ways from beginning to end, and who does what on them."""

from __future__ import annotations

from dataclasses import dataclass

from sopwith.model import Sop
from sopwith.outputs.handbook.diagram.boxes import chart
from sopwith.outputs.handbook.diagram.drawing import Drawing, arrange
from sopwith.outputs.handbook.diagram.parts import Part, parts, texts
from sopwith.outputs.handbook.diagram.svg import draw, draw_part
from sopwith.outputs.handbook.flow import Flow
from sopwith.outputs.handbook.pen import Pen

__all__ = ["Diagram", "Drawing", "Part", "diagram", "draw_part", "parts", "texts"]

_DASHED = "A dashed box is done only if what it says holds; otherwise go past it."
_DOTTED = "A dotted line leads back."


@dataclass(frozen=True, slots=True)
class Diagram:
    """A drawing, what it is called, how much there is in it, and what must be said to read it.

    `described` stands for the drawing where it is not seen.
    """

    drawing: Drawing
    name: str
    described: str
    says: str
    key: str

    @property
    def svg(self) -> str:
        """The drawing for the screen."""
        return draw(self.drawing, self.name, self.described)


def diagram(pen: Pen, sop: Sop, found: Flow) -> Diagram:
    """Draw an SOP for its page."""
    lanes = {step.role: pen.role_title(step.role) for step in sop.steps}
    questions = sum(1 for step in sop.steps if step.decision)
    counts = ((len(sop.steps), "step"), (len(lanes), "role"), (questions, "question"))
    says = ", ".join(f"{n} {what}{'s' if n > 1 else ''}" for n, what in counts if n)
    drawing = arrange(chart(pen, sop, found), lanes)
    ordered = "in lanes by role" if drawing.heads else "each step with its role"
    described = (
        f"{says}, from top to bottom, {ordered}: {', '.join(lanes.values())}. "
        "The steps below say the same in words."
    )
    return Diagram(drawing, f"The flow of {sop.title}", described, says, _key(found))


def _key(found: Flow) -> str:
    stops = found.stops.values()
    hints = (
        (any(stop.optional for stop in stops), _DASHED),
        (any(way.back for stop in stops for way in stop.ways), _DOTTED),
    )
    return " ".join(hint for is_there, hint in hints if is_there)
