"""A template filled in, behind the second wall: a sandbox that knows no Python object."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Template, Undefined, pass_context
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sopwith.template.names import FILTERS
from sopwith.template.tree import read
from sopwith.text import Prompt

# What a rendering brings along; no template can name these.
_SAY, _SHOW = "@say", "@show"


class Unresolved(ValueError):
    """A name in a template has no value yet; `name` is the name, as in `dates.kickoff`."""

    def __init__(self, name: str) -> None:
        super().__init__(f"nothing is known of {name}")
        self.name = name


def render(
    text: str,
    values: Mapping[str, Any],
    filters: Mapping[str, Callable[..., str]],
    say: Callable[[Any], str],
) -> str:
    """Fill in a template that `check` found nothing wrong with.

    `values` are nested mappings and lists; what is not known yet is left out or None. `filters` has
    all of `FILTERS` but `default`; a prompt passes through them. `say` turns each value, prompts
    among them, into text fit for where it lands. Raises Unresolved where a name without a value is
    printed or gone through; inside of `if` such a name only counts as no. Raises ValueError for a
    template that does what templates may not do.
    """
    known = {name: _wrapped(name, value) for name, value in values.items()}
    return _compiled(text).render({**known, _SAY: say, _SHOW: filters})


class _Absent(Undefined):
    """What is not known: not there when asked for, and nothing that can be printed."""

    def __eq__(self, other: object) -> bool:
        return False

    def __ne__(self, other: object) -> bool:
        return True

    def __contains__(self, item: object) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        raise Unresolved(self._undefined_name or "")

    def __str__(self) -> str:
        raise Unresolved(self._undefined_name or "")

    __hash__ = Undefined.__hash__


@dataclass(frozen=True, slots=True)
class _Group:
    """Values by name, and the name they have together."""

    path: str
    values: Mapping[str, Any]

    def get(self, name: str) -> Any:
        path = f"{self.path}.{name}"
        return _wrapped(path, self.values.get(name))

    def __bool__(self) -> bool:
        return bool(self.values)


def _wrapped(path: str, value: Any) -> Any:
    if value is None:
        return _Absent(name=path)
    if isinstance(value, Mapping):
        return _Group(path, value)
    if isinstance(value, list | tuple):
        return [_wrapped(path, item) for item in value]
    return value


class _Environment(ImmutableSandboxedEnvironment):
    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look into groups only: no attribute of any Python object can be reached."""
        if isinstance(obj, _Group):
            return obj.get(attribute)
        if isinstance(obj, LoopContext):
            return super().getattr(obj, attribute)
        name = obj._undefined_name if isinstance(obj, _Absent) else type(obj).__name__
        return _Absent(name=f"{name}.{attribute}")


@pass_context
def _finalize(context: Context, value: Any) -> str:
    if isinstance(value, _Absent):
        raise Unresolved(value._undefined_name or "")
    said: str = context[_SAY](value)
    return said


def _filter(name: str) -> Callable[..., Any]:
    @pass_context
    def apply(context: Context, value: Any, *argument: str) -> Any:
        if isinstance(value, _Absent | Prompt):
            return value
        return context[_SHOW][name](value, *argument)

    return apply


def _default(value: Any, other: str) -> Any:
    return other if isinstance(value, _Absent) else value


def _environment() -> _Environment:
    # What comes out is Markdown or a plain line, and `say` escapes for it.
    made = _Environment(autoescape=False, undefined=_Absent, finalize=_finalize)
    made.globals.clear()
    made.tests.clear()
    made.filters.clear()
    made.filters.update({name: _filter(name) for name in FILTERS}, default=_default)
    return made


_ENVIRONMENT = _environment()


@lru_cache(maxsize=256)
def _compiled(text: str) -> Template:
    """Compile the very tree that was checked."""
    tree = read(text)
    if tree.faults:
        raise ValueError(tree.faults[0].message)
    return _ENVIRONMENT.from_string(tree.root)
