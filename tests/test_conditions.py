"""The `when` language: yes, no, or nobody knows yet, and why."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopwith.conditions import Known, Truth, Verdict, in_words, judge, words
from sopwith.decode import decode
from sopwith.model import Ask, Company, Condition, Fact, Step
from sopwith.problem import Spot

COMPANY = Company(
    "Fern & Co",
    "UTC",
    {},
    (),
    {},
    facts={
        "channels": Fact("channels", "How we talk", some_of=("email", "slack", "zoom")),
        "value": Fact("value", "Contract value", amount="USD"),
    },
)
KNOWN = {
    "channels": Known(("email", "slack")),
    "value": Known(("10000.00",)),
    "flags": Known(("No",)),
    "skipped": Known(moot="that decision is not taken"),
}


def condition(data: Mapping[str, Any]) -> Condition:
    step = decode(Step, {"id": "x", "title": "X", "role": "y", "when": data}, Spot("sop.yml"))
    assert step.when
    return step.when


def describe(ask: Ask, contrary: bool) -> str:
    question = "Are there flags?" if ask.key == "flags" else ""
    return in_words(ask, COMPANY, question, contrary)


def verdict(data: Mapping[str, Any]) -> Verdict:
    return judge(condition(data), lambda key: KNOWN.get(key, Known()), describe)


@pytest.mark.parametrize(
    ("when", "truth", "because"),
    [
        ({"channels": "slack"}, "yes", "How we talk: slack"),
        ({"channels": "zoom"}, "no", "How we talk: zoom"),
        ({"channels": ["zoom", "email"]}, "yes", "How we talk: zoom or email"),
        ({"flags": "No"}, "yes", "Are there flags? No"),
        ({"flags": "no"}, "no", "Are there flags? no"),
        ({"size": "big"}, "unknown", "size big"),
        ({"skipped": "Yes"}, "no", "skipped Yes"),
        # Every key must hold; the first that says no has decided.
        ({"channels": "slack", "flags": "Yes", "size": "big"}, "no", "Are there flags? Yes"),
        ({"channels": "slack", "size": "big"}, "unknown", "size big"),
        ({"size": "big", "age": "old"}, "unknown", "size big and age old"),
        # One of several is enough, and nobody need know the others.
        ({"any": [{"size": "big"}, {"channels": "slack"}]}, "yes", "How we talk: slack"),
        ({"any": [{"size": "big"}, {"channels": "zoom"}]}, "unknown", "size big"),
        (
            {"any": [{"flags": "Yes"}, {"channels": "zoom"}]},
            "no",
            "Are there flags? Yes or How we talk: zoom",
        ),
        ({"not": {"channels": "slack"}}, "no", "How we talk: not slack"),
        ({"not": {"channels": "zoom"}}, "yes", "How we talk: not zoom"),
        ({"not": {"size": "big"}}, "unknown", "size not big"),
        ({"not": {"channels": ["slack", "zoom"]}}, "no", "How we talk: neither slack nor zoom"),
        (
            {"not": {"any": [{"flags": "Yes"}, {"size": "big"}]}},
            "unknown",
            "size not big",
        ),
        (
            {"not": {"channels": "slack", "flags": "No"}},
            "no",
            "How we talk: not slack or Are there flags? not No",
        ),
        # An amount: both ends belong to it.
        ({"value": {"at_least": "10000"}}, "yes", "Contract value: at least USD 10,000"),
        ({"value": {"at_most": "9999.99"}}, "no", "Contract value: at most USD 9,999.99"),
        (
            {"value": {"at_least": "10000.01", "at_most": "20000"}},
            "no",
            "Contract value: at least USD 10,000.01 and at most USD 20,000",
        ),
        ({"value": {"at_least": "-5"}}, "yes", "Contract value: at least USD -5"),
        ({"not": {"value": {"at_least": "5"}}}, "no", "Contract value: less than USD 5"),
        (
            {"not": {"value": {"at_least": "5", "at_most": "9"}}},
            "yes",
            "Contract value: not between USD 5 and USD 9",
        ),
        ({"channels": {"at_least": "1"}}, "unknown", "How we talk: at least 1"),
    ],
)
def test_judge(when: Mapping[str, Any], truth: Truth, because: str) -> None:
    assert verdict(when) == Verdict(truth, because)


def test_no_condition_is_a_yes() -> None:
    assert judge(None, lambda _: Known(), describe) == Verdict("yes")


def test_words_for_a_reader_of_the_sop() -> None:
    asked = condition({"channels": "slack", "not": {"any": [{"flags": "Yes"}, {"size": "big"}]}})
    assert words(asked, describe) == (
        "How we talk: slack and Are there flags? not Yes and size not big"
    )


# --- for any condition ---

ASKS = st.builds(Ask, st.sampled_from("abc"), st.sampled_from([("1",), ("2",), ("1", "2")]))
CONDITIONS = st.recursive(
    ASKS,
    lambda inner: (
        st.builds(
            Condition, st.sampled_from(["all", "any"]), st.lists(inner, min_size=1).map(tuple)
        )
        | st.builds(Condition, st.just("not"), st.tuples(inner))
    ),
    max_leaves=8,
).map(lambda part: part if isinstance(part, Condition) else Condition("all", (part,)))
VALUES = st.dictionaries(st.sampled_from("abc"), st.sampled_from("12"))


@given(CONDITIONS, VALUES)
def test_not_turns_yes_into_no_and_leaves_unknown(asked: Condition, values: dict[str, str]) -> None:
    def look(key: str) -> Known:
        return Known((values[key],)) if key in values else Known()

    plain = judge(asked, look, describe).truth
    turned = judge(Condition("not", (asked,)), look, describe).truth
    assert {plain, turned} in ({"yes", "no"}, {"unknown"})


@given(CONDITIONS, VALUES, VALUES)
def test_learning_more_never_changes_an_answer(
    asked: Condition, values: dict[str, str], more: dict[str, str]
) -> None:
    def judged(known: dict[str, str]) -> Truth:
        return judge(
            asked, lambda key: Known((known[key],)) if key in known else Known(), describe
        ).truth

    before = judged(values)
    assert before == "unknown" or judged({**more, **values}) == before


def test_amounts_are_exact() -> None:
    ask = Ask("value", at_most=Decimal("0.30"))
    assert judge(Condition("all", (ask,)), lambda _: Known(("0.30",)), describe).truth == "yes"
