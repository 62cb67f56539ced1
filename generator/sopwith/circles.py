"""Find the circles in what points at what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def circles(graph: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Return each circle as its members in order: the last points back at the first.

    Nodes and their targets are followed in the order given, and each reference that closes a
    circle closes one. Targets that are no nodes lead nowhere. Not recursive: a chain of steps may
    be longer than Python's stack.
    """
    found: list[list[str]] = []
    finished: set[str] = set()
    for start in graph:
        if start in finished:
            continue
        # A dict keeps the order, and says at once whether a node is among them.
        path, ways = {start: None}, [iter(graph[start])]
        while path:
            target = next(ways[-1], None)
            if target is None:
                ways.pop()
                finished.add(path.popitem()[0])
            elif target in path:
                members = list(path)
                found.append(members[members.index(target) :])
            elif target in graph and target not in finished:
                path[target] = None
                ways.append(iter(graph[target]))
    return found
