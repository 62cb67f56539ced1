"""Email and document templates: checked against an allow-list, then rendered in a sandbox.

Templates come in pull requests, so they are hostile until proven otherwise. Nothing is compiled
before every node of it, in every branch, is known to be harmless: arithmetic, calls and indexing
are refused unseen (`'a' * 200000000` takes seconds when it is compiled). Jinja's sandbox is the
second wall.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from jinja2 import TemplateSyntaxError, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sopwith.problem import Problem, Spot, did_you_mean

Kind = Literal["text", "date", "amount", "words"]
"""What a name stands for: text, a day, money, or several words."""


@dataclass(frozen=True, slots=True)
class Each:
    """A list that `for` may go through, and what each of its items is."""

    item: Mapping[str, Kind]


Names = Mapping[str, "Kind | Each | Names"]
"""What a template may name: `contact.first_name` is `{"contact": {"first_name": "text"}}`."""


@dataclass(frozen=True, slots=True)
class _Filter:
    takes: tuple[Kind, ...]
    gives: Kind
    argument: bool = False


FILTERS: Mapping[str, _Filter] = {
    "date": _Filter(("date",), "text"),
    "day": _Filter(("date",), "text"),
    "money": _Filter(("amount",), "text"),
    "lower": _Filter(("text",), "text"),
    "upper": _Filter(("text",), "text"),
    "join": _Filter(("words",), "text", argument=True),
    "default": _Filter(("text",), "text", argument=True),
}
_SHOWN_BY: Mapping[Kind, str] = {"date": "date", "amount": "money", "words": 'join(", ")'}
_LOOP: Names = {"first": "text", "last": "text", "index": "text"}
_DEEPEST_LOOP = 2

# What refused pieces are called by people who have never seen a syntax tree.
_REFUSED: tuple[tuple[type[nodes.Node], str], ...] = (
    (nodes.BinExpr, "reckoning"),
    (nodes.UnaryExpr, "reckoning"),
    (nodes.Concat, "joining with ~"),
    (nodes.Call, "calling something"),
    (nodes.Getitem, "square brackets"),
    (nodes.Test, "a test with `is`"),
    (nodes.CondExpr, "an if inside of {{ }}"),
    (nodes.Assign, "set"),
    (nodes.AssignBlock, "set"),
    (nodes.Macro, "macro"),
    (nodes.CallBlock, "call"),
    (nodes.Import, "import"),
    (nodes.FromImport, "import"),
    (nodes.Include, "include"),
    (nodes.Extends, "extends"),
    (nodes.Block, "block"),
    (nodes.FilterBlock, "a block of filter"),
    (nodes.With, "with"),
    (nodes.Literal, "a value written out"),
)


class Unresolved(ValueError):
    """A name in a template has no value yet; `name` is the name, as in `dates.kickoff`."""

    def __init__(self, name: str) -> None:
        super().__init__(f"nothing is known of {name}")
        self.name = name


class _Environment(ImmutableSandboxedEnvironment):
    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look into groups only: no attribute of any Python object can be reached."""
        if isinstance(obj, _Group) and attribute in obj.values:
            return obj.values[attribute]
        path = f"{obj.path}.{attribute}" if isinstance(obj, _Group) else attribute
        return self.undefined(name=path)


@dataclass(frozen=True, slots=True)
class _Group:
    """Values by name, and the name they have together."""

    path: str
    values: Mapping[str, Any]


# The templates are not HTML: what they give is escaped as Markdown, value by value.
_PARSER = _Environment(autoescape=False)  # see above


def check(text: str, spot: Spot, names: Names) -> tuple[Problem, ...]:
    """Tell what is wrong with a template: what it may not do, and names that there are not."""
    try:
        tree = _PARSER.parse(text)
        return tuple(dict.fromkeys(_Check(text, spot).block(tree.body, names, 0)))
    except TemplateSyntaxError as error:
        line = _line(text, error.lineno)
        message = f"this cannot be read as a template: {_plainly(error.message or '')}"
        hint = "a name stands in {{ }}, and if, for, endif and endfor in {% %}"
        return (Problem(spot.holding(line), "bad-template", message, hint),)
    except RecursionError:
        message = "this is nested too deeply to be read"
        hint = "a template needs no more than two loops in each other"
        return (Problem(spot, "bad-template", message, hint),)


def render(
    text: str,
    values: Mapping[str, Any],
    filters: Mapping[str, Callable[..., str]],
    say: Callable[[Any], str],
) -> str:
    """Fill in a template that `check` found nothing wrong with.

    `values` are nested mappings; what is not known yet is left out of them. `say` turns each value
    into text fit for where it lands. Raises Unresolved where a name without a value is printed;
    inside of `if` such a name only counts as no.
    """

    def finalize(value: Any) -> str:
        if isinstance(value, Undefined):
            raise Unresolved(value._undefined_name or "")
        return say(value)

    environment = _Environment(autoescape=False, finalize=finalize)  # as above
    environment.filters.clear()
    environment.filters.update({name: _unless_undefined(f) for name, f in filters.items()})
    environment.filters["default"] = lambda value, other: (
        other if isinstance(value, Undefined) else value
    )
    grouped = {name: _grouped(name, value) for name, value in values.items()}
    environment.globals.clear()
    return environment.from_string(text).render(grouped)


def _unless_undefined(apply: Callable[..., str]) -> Callable[..., Any]:
    """Let what is not known pass through, so that `default` can still stand in for it."""
    return lambda value, *args: value if isinstance(value, Undefined) else apply(value, *args)


def _grouped(path: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return _Group(path, {k: _grouped(f"{path}.{k}", v) for k, v in value.items()})
    if isinstance(value, (list, tuple)):
        return [_grouped(path, item) for item in value]
    return value


@dataclass(frozen=True, slots=True)
class _Check:
    """Walks a template's tree; whatever it does not know is refused."""

    text: str
    spot: Spot

    def block(self, body: list[nodes.Node], names: Names, depth: int) -> Iterator[Problem]:
        for node in body:
            if isinstance(node, nodes.Output):
                for part in node.nodes:
                    if not isinstance(part, nodes.TemplateData):
                        yield from self.printed(part, names)
            elif isinstance(node, nodes.If):
                yield from self.condition(node.test, names)
                yield from self.block([*node.body, *node.elif_, *node.else_], names, depth)
            elif isinstance(node, nodes.For):
                yield from self.loop(node, names, depth)
            else:
                yield self.refused(node)

    def loop(self, node: nodes.For, names: Names, depth: int) -> Iterator[Problem]:
        is_plain = isinstance(node.target, nodes.Name) and not (
            node.test or node.recursive or node.else_
        )
        if not is_plain or depth == _DEEPEST_LOOP:
            yield self.bad(node, "only a plain for, not more than two deep, can be used")
            return
        found, problem = self.name(node.iter, names)
        if problem:
            yield problem
        elif isinstance(found, Each):
            target = self.written(node.target)
            inner = {**names, target: found.item, "loop": _LOOP}
            yield from self.block(node.body, inner, depth + 1)
        else:
            yield self.bad(node.iter, "for goes through lists only")

    def condition(self, node: nodes.Node, names: Names) -> Iterator[Problem]:
        if isinstance(node, (nodes.And, nodes.Or)):
            yield from self.condition(node.left, names)
            yield from self.condition(node.right, names)
        elif isinstance(node, nodes.Not):
            yield from self.condition(node.node, names)
        elif isinstance(node, nodes.Compare):
            yield from self.operand(node.expr, names)
            for operand in node.ops:
                if operand.op not in ("eq", "ne", "in", "notin"):
                    yield self.bad(node, "only ==, != and in can compare")
                yield from self.operand(operand.expr, names)
        else:
            _, problem = self.name(node, names)
            if problem:
                yield problem

    def operand(self, node: nodes.Node, names: Names) -> Iterator[Problem]:
        if not (isinstance(node, nodes.Const) and isinstance(node.value, str)):
            _, problem = self.name(node, names)
            if problem:
                yield problem

    def printed(self, node: nodes.Node, names: Names) -> Iterator[Problem]:
        kind, problem = self.value(node, names)
        if problem:
            yield problem
        elif kind and kind in _SHOWN_BY:
            message = f"{self.written(node)} is not text yet"
            yield self.bad(node, message, f"say how to show it: | {_SHOWN_BY[kind]}")

    def value(self, node: nodes.Node, names: Names) -> tuple[Kind | None, Problem | None]:
        """The kind of what is printed, or what is wrong with it."""
        if isinstance(node, nodes.Filter):
            return self.filtered(node, names)
        found, problem = self.name(node, names)
        if problem:
            return None, problem
        if isinstance(found, Each):
            return None, self.bad(node, "a list cannot be printed; go through it with for")
        if isinstance(found, str):
            return found, None
        known = ", ".join(sorted(found or {}))
        hint = f"say which part of it: {known}"
        return None, self.bad(node, f"{self.written(node)} is several things", hint)

    def filtered(self, node: nodes.Filter, names: Names) -> tuple[Kind | None, Problem | None]:
        known = FILTERS.get(node.name)
        if known is None:
            message = f'there is no filter "{node.name}"'
            return None, self.bad(node, message, did_you_mean(node.name, FILTERS), node.name)
        arguments = [a.value for a in node.args if isinstance(a, nodes.Const)]
        fits = len(node.args) == len(arguments) == int(known.argument)
        fits = fits and all(isinstance(value, str) for value in arguments)
        if not fits or node.kwargs or node.dyn_args or node.dyn_kwargs or node.node is None:
            example = f'{node.name}("...")' if known.argument else node.name
            return None, self.bad(node, f'the filter "{node.name}" is written | {example}')
        kind, problem = self.value(node.node, names)
        if problem or kind is None:
            return None, problem
        if kind not in known.takes:
            message = f'the filter "{node.name}" does not go with {self.written(node.node)}'
            way = f"| {_SHOWN_BY[kind]}" if kind in _SHOWN_BY else "no filter, lower or upper"
            return None, self.bad(node, message, f"here goes {way}")
        return known.gives, None

    def name(
        self, node: nodes.Node, names: Names
    ) -> tuple[Kind | Each | Names | None, Problem | None]:
        """What a dotted name stands for, or what is wrong with it."""
        parts: list[str] = []
        inner = node
        while isinstance(inner, nodes.Getattr):
            parts.insert(0, inner.attr)
            inner = inner.node
        if not isinstance(inner, nodes.Name):
            return None, self.refused(inner)
        parts.insert(0, inner.name)
        found: Kind | Each | Names = names
        for i, part in enumerate(parts):
            if not isinstance(found, Mapping) or part not in found:
                known = found if isinstance(found, Mapping) else ()
                return None, self.unknown(parts, i, known)
            found = found[part]
        return found, None

    def unknown(self, parts: list[str], wrong: int, known: Any) -> Problem:
        dotted = ".".join(parts)
        before = ".".join(parts[:wrong])
        if not known:
            message, hint = f'"{before}" has no parts', f"write {{{{ {before} }}}}"
        else:
            message = f'there is no "{dotted}" to fill in'
            hint = did_you_mean(parts[wrong], known)
        return Problem(self.spot.holding(dotted), "unknown-name", message, hint)

    def refused(self, node: nodes.Node) -> Problem:
        what = next((words for kind, words in _REFUSED if isinstance(node, kind)), "this")
        return self.bad(
            node,
            f"templates cannot use {what}",
            "they know names, filters, if, and for over a list",
        )

    def bad(self, node: nodes.Node, message: str, hint: str = "", part: str = "") -> Problem:
        hint = hint or "see sopwith explain bad-template"
        spot = self.spot.holding(part or self.tag(node))
        return Problem(spot, "bad-template", message, hint)

    def written(self, node: nodes.Node) -> str:
        """A name as it stands in the template."""
        parts: list[str] = []
        while isinstance(node, (nodes.Getattr, nodes.Filter)):
            if isinstance(node, nodes.Getattr):
                parts.insert(0, node.attr)
            if node.node is None:
                break
            node = node.node
        name = node.name if isinstance(node, nodes.Name) else "this"
        return ".".join([name, *parts])

    def tag(self, node: nodes.Node) -> str:
        """The tag a piece stands in: the tree knows only lines, and most lines have one tag."""
        line = _line(self.text, node.lineno)
        tags: list[str] = re.findall(r"\{\{.*?\}\}|\{%.*?%\}", line) or [line]
        name = self.written(node).removeprefix("this")
        return next((tag for tag in tags if name and name in tag), tags[0])


def _line(text: str, number: int) -> str:
    lines = text.splitlines()
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""


@lru_cache(maxsize=64)
def _plainly(message: str) -> str:
    """Jinja's own words, without the full stop, and short enough for a line."""
    first = message.partition(". ")[0].rstrip(".")
    return first[:1].lower() + first[1:100]
