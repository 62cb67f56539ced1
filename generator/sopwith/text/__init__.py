"""Rich text: a plain part of Markdown, parsed once into one small tree and written many ways.

`parse` reads it, the writers turn the tree into what an output needs. Text that is not rich goes
through `escape_markdown`. What a person must fill in travels as a `Prompt`: it is a value in a
template like any other, `mark` writes it so that `parse` finds it again wherever it lands, and
each writer makes it stand out in its own way. A line that is never parsed, such as a subject, has
it written by `spell`.
"""

from sopwith.text.data import to_data
from sopwith.text.escape import escape_markdown, mark, spell
from sopwith.text.html import to_html
from sopwith.text.markdown import to_markdown
from sopwith.text.parse import parse, read_back
from sopwith.text.plain import to_plain
from sopwith.text.tree import (
    Align,
    Block,
    Break,
    Emphasis,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Prompt,
    Row,
    Strong,
    Table,
    Text,
)
from sopwith.text.walk import has_head, is_form, prompts, weights

__all__ = [
    "Align",
    "Block",
    "Break",
    "Emphasis",
    "Heading",
    "Inline",
    "Link",
    "ListBlock",
    "Paragraph",
    "Prompt",
    "Row",
    "Strong",
    "Table",
    "Text",
    "escape_markdown",
    "has_head",
    "is_form",
    "mark",
    "parse",
    "prompts",
    "read_back",
    "spell",
    "to_data",
    "to_html",
    "to_markdown",
    "to_plain",
    "weights",
]
