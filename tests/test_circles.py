"""Circles: each found once, as its members in order, however long the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopwith.circles import circles


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ({}, []),
        ({"a": "b", "b": "c", "c": ""}, []),
        ({"a": "bc", "b": "d", "c": "d", "d": ""}, []),  # two ways to one end are no circle
        ({"a": "a"}, ["a"]),
        ({"a": "b", "b": "a"}, ["ab"]),
        ({"a": "b", "b": "c", "c": "b"}, ["bc"]),  # the way into a circle is no part of it
        ({"a": "b", "b": "ca", "c": "b"}, ["bc", "ab"]),
        ({"a": "x"}, []),  # what is no node leads nowhere
        ({"a": "", "b": "c", "c": "b"}, ["bc"]),
    ],
)
def test_circles(graph: dict[str, str], expected: list[str]) -> None:
    assert ["".join(circle) for circle in circles(graph)] == expected


def test_a_long_chain() -> None:
    chain = {str(n): [str(n + 1)] for n in range(20_000)}
    assert circles(chain) == []


@given(st.dictionaries(st.sampled_from("abcdef"), st.sets(st.sampled_from("abcdef"))))
def test_each_member_points_at_the_next(graph: dict[str, set[str]]) -> None:
    for circle in circles(graph):
        for here, there in zip(circle, [*circle[1:], circle[0]], strict=True):
            assert there in graph[here]
        assert len(set(circle)) == len(circle)


@given(st.dictionaries(st.sampled_from("abcdef"), st.sets(st.sampled_from("abcdef"))))
def test_none_is_found_where_there_is_an_order(graph: dict[str, set[str]]) -> None:
    forward = {node: {n for n in ends if n > node} for node, ends in graph.items()}
    assert circles(forward) == []
