"""A template's syntax tree, in which nothing is let through that is not known to be harmless."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from jinja2 import Environment, TemplateSyntaxError, nodes

from sopwith.template.pieces import Fault, Piece, Stop, Tag, Token, cut, unexpected

Role = Literal["print", "test", "compare", "member", "loop"]
ITEM = "*"
"""The step of a path from a list to its items."""
ABOUT_LOOP = "loop*"
"""The step from there to what `loop` tells."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """A filter as used, and whether it has a text in brackets."""

    name: str
    word: Token
    argument: bool


@dataclass(frozen=True, slots=True)
class Use:
    """A name where it is used.

    `words` are as written, `path` is what they mean: `step.due` in a loop over `plan.next_steps`
    is `("plan", "next_steps", "*", "due")`.
    """

    words: tuple[Token, ...]
    path: tuple[str, ...]
    role: Role
    filters: tuple[Filtered, ...] = ()

    @property
    def written(self) -> str:
        """The name as it stands in the template."""
        return ".".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Tree:
    """A template that could be read: Jinja's tree, the names in it, and what is refused."""

    root: nodes.Template
    uses: tuple[Use, ...]
    faults: tuple[Fault, ...]


_PARSER = Environment(autoescape=False, keep_trailing_newline=True)  # noqa: S701  # never renders
_FILTERS = 4
_DEEPEST = 30  # brackets in brackets: Python's own parser gives up at 200

# What refused pieces are called by people who have never seen a syntax tree.
_REFUSED: tuple[tuple[type[nodes.Node] | tuple[type[nodes.Node], ...], str], ...] = (
    ((nodes.Concat,), 'use "~"'),
    ((nodes.And, nodes.Or, nodes.Not, nodes.Compare), "compare inside of {{ }}"),
    ((nodes.BinExpr, nodes.UnaryExpr), "calculate"),
    (nodes.Call, "call anything"),
    (nodes.Getitem, "use square brackets"),
    (nodes.Test, 'use "is"'),
    (nodes.CondExpr, 'use "if" inside of {{ }}'),
    (nodes.Filter, "use filters here"),
    (nodes.TemplateData, "hold text here"),
    (nodes.Literal, "use a value written out here"),
)
_ABLE = "a template fills in names, shows them with filters, and uses if and for"


def read(text: str) -> Tree:
    """Read a template; raise Stop at the first thing that no tree can be made of."""
    pieces = cut(text.replace("\r\n", "\n").replace("\r", "\n"))
    source, tokens = _spread(pieces)
    try:
        root = _PARSER.parse(source)
        for data in root.find_all(nodes.TemplateData):
            data.data = "".join(str(pieces[int(number)]) for number in data.data.split())
        reader = _Reader(tokens)
        reader.body(root.body, {})
    except TemplateSyntaxError as error:
        word = tokens[max(line for line in tokens if line <= error.lineno)]
        raise Stop(unexpected(word)) from None
    except (RecursionError, ValueError):  # thousands of brackets, or of digits
        message = "this template is too involved to be read"
        raise Stop(Fault(0, message, _ABLE)) from None
    return Tree(root, tuple(reader.uses), tuple(reader.faults))


def _spread(pieces: Iterable[Piece]) -> tuple[str, Mapping[int, Token]]:
    """Write a template with each word of its tags on a line of its own, and tell their lines.

    The parser knows lines only: so each line is one place. Text stands there by its number.
    """
    source: list[str] = []
    tokens: dict[int, Token] = {}
    line = 1
    for number, piece in enumerate(pieces):
        if not isinstance(piece, Tag):
            source.append(f"{number} ")
            continue
        for token in (piece.opens, *piece.tokens, piece.closes):
            source.append(f"{token.text}\n")
            tokens[line] = token
            line += source[-1].count("\n")
    return "".join(source), tokens


def _is_plain(node: nodes.Filter) -> bool:
    """Say whether a filter has nothing in brackets, or one text."""
    odd = node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) > 1
    return not odd and all(
        isinstance(a, nodes.Const) and isinstance(a.value, str) for a in node.args
    )


Scope = Mapping[str, tuple[str, ...]]
"""The names that loops have made, and the paths they stand for."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """Walks Jinja's tree in the order of the text."""

    tokens: Mapping[int, Token]
    uses: list[Use] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def body(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                for part in node.nodes:
                    if not isinstance(part, nodes.TemplateData):
                        self.printed(part, scope)
            elif isinstance(node, nodes.If):
                self.choice(node, scope)
            elif isinstance(node, nodes.For):
                self.loop(node, scope)
            else:
                self.refuse(node)

    def choice(self, node: nodes.If, scope: Scope) -> None:
        for branch in (node, *node.elif_):
            self.condition(branch.test, scope, 0)
            self.body(branch.body, scope)
        self.body(node.else_, scope)

    def loop(self, node: nodes.For, scope: Scope) -> None:
        target = node.target
        if not isinstance(target, nodes.Name) or node.test or node.recursive or node.else_:
            example = "{% for step in plan.next_steps %}"
            self.fault(node, "a for is written more plainly", f"as in {example}")
            return
        if target.name == "loop":
            self.fault(target, '"loop" has a meaning of its own here', "choose another name")
            return
        path = self.name(node.iter, scope, "loop")
        outer = scope.get("loop")
        if path and outer and path[: len(outer) - 1] != outer[:-1]:
            hint = "go through the two lists one after the other"
            self.fault(node.iter, "a loop in a loop needs a list of the outer one's items", hint)
        item = (*(path or ("",)), ITEM)
        self.body(node.body, {**scope, target.name: item, "loop": (*item, ABOUT_LOOP)})

    def printed(self, node: nodes.Node, scope: Scope) -> None:
        filters: list[Filtered] = []
        inner = node
        while isinstance(inner, nodes.Filter) and inner.node:
            if not _is_plain(inner):
                message = "a filter takes nothing, or one text in quotes"
                self.fault(inner, message, 'as in {{ facts.channels | join(", ") }}')
                return
            word = self.tokens[inner.lineno]
            filters.insert(0, Filtered(inner.name, word, bool(inner.args)))
            inner = inner.node
        if len(filters) > _FILTERS:
            self.fault(node, "these are too many filters", "one or two are plenty")
        self.name(inner, scope, "print", tuple(filters))

    def condition(self, node: nodes.Node, scope: Scope, depth: int) -> None:
        if depth == _DEEPEST and not isinstance(node, nodes.Name | nodes.Getattr | nodes.Compare):
            self.fault(node, "this condition is too long", "two or three parts are plenty")
        elif isinstance(node, nodes.And | nodes.Or):
            self.condition(node.left, scope, depth + 1)
            self.condition(node.right, scope, depth + 1)
        elif isinstance(node, nodes.Not):
            self.condition(node.node, scope, depth + 1)
        elif isinstance(node, nodes.Compare):
            self.comparison(node, scope)
        else:
            self.name(node, scope, "test")

    def comparison(self, node: nodes.Compare, scope: Scope) -> None:
        first = node.ops[0]
        if len(node.ops) > 1 or first.op not in ("eq", "ne", "in", "notin"):
            self.fault(node, "only ==, != and in compare, two things at a time", _ABLE)
            return
        self.operand(node.expr, scope, "compare")
        self.operand(first.expr, scope, "compare" if first.op in ("eq", "ne") else "member")

    def operand(self, node: nodes.Node, scope: Scope, role: Role) -> None:
        is_text = isinstance(node, nodes.Const) and isinstance(node.value, str)
        if not is_text or role == "member":
            self.name(node, scope, role)

    def name(
        self, node: nodes.Node, scope: Scope, role: Role, filters: tuple[Filtered, ...] = ()
    ) -> tuple[str, ...] | None:
        """Note a dotted name and return its path; refuse all else."""
        words: list[Token] = []
        inner = node
        while isinstance(inner, nodes.Getattr):
            words.insert(0, self.after(inner.lineno))
            inner = inner.node
        if not isinstance(inner, nodes.Name):
            self.refuse(inner)
            return None
        words.insert(0, self.tokens[inner.lineno])
        rest = (word.text for word in words[1:])
        path = (*scope.get(inner.name, (inner.name,)), *rest)
        self.uses.append(Use(tuple(words), path, role, filters))
        return path

    def after(self, line: int) -> Token:
        """The word behind the dot on this line."""
        return self.tokens[line + 1]

    def refuse(self, node: nodes.Node) -> None:
        what = next((words for kinds, words in _REFUSED if isinstance(node, kinds)), "do this")
        self.fault(node, f"templates cannot {what}", _ABLE)

    def fault(self, node: nodes.Node, message: str, hint: str) -> None:
        """Note a fault where the node's first word stands."""
        inside = (node, *node.find_all(nodes.Node))
        first = min(inner.lineno for inner in inside if inner.lineno)
        self.faults.append(Fault(self.tokens[first].start, message, hint))
