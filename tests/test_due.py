"""Due dates: the language, the calendar, and dates that were worked out by others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sopwith import due
from sopwith.due import Calendar, Halfway, LastBusinessDay, Offset, Unreadable, parse
from sopwith.model import Count, Holidays, Moment, Span, WorkCalendar

DATES = Path(__file__).parent / "cases" / "dates"
EVENTS = ("contract-signed", "kickoff", "delivery-due")
OBSERVED = (
    "New Year's Day",
    "Memorial Day",
    "Independence Day",
    "Labor Day",
    "Thanksgiving Day",
    "Christmas Day",
)
WORK = WorkCalendar(
    holidays=Holidays("US", OBSERVED),
    closures=(Span(date(2026, 12, 24), date(2026, 12, 31), "Winter closing"),),
)
US = Calendar.of(WORK)
PAUSE = Span(date(2026, 11, 2), date(2026, 11, 13), "Practice is moving")


def dates() -> Iterator[Any]:
    for path in sorted(DATES.glob("*.yml")):
        # The base loader leaves every scalar a text, as our own reader does.
        data = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  text only
        for number, case in enumerate(data["cases"], 1):
            name = f"{path.stem}-{number}-{case['due']}"
            yield pytest.param(case, data["calendars"][case["calendar"]], id=name)


def spans(data: list[dict[str, str]]) -> tuple[Span, ...]:
    return tuple(
        Span(date.fromisoformat(d["from"]), date.fromisoformat(d["to"]), d.get("why", ""))
        for d in data
    )


def calendar(data: dict[str, Any]) -> Calendar:
    public = data.get("holidays")
    return Calendar.of(
        WorkCalendar(
            tuple(data["working_days"]),
            data["working_hours"],
            Holidays(public["country"], tuple(public["observed"]), public.get("region", ""))
            if public
            else None,
            spans(data.get("closures", [])),
        )
    )


def reckoned(text: str, anchor: str, *pauses: Span, on: Calendar = US) -> due.Reckoned:
    offset = parse(text)
    assert isinstance(offset, Offset)
    return due.reckon(offset, Moment.parse(anchor), on, pauses)


CASES = list(dates())


@pytest.mark.parametrize(("case", "work"), CASES)
def test_date_worked_out_by_others(case: dict[str, Any], work: dict[str, Any]) -> None:
    on = calendar(work)
    assert (on.unknown_country, on.unknown_region, on.unreadable_hours) == ("", "", "")
    assert not on.unknown_holidays()
    pauses = spans(case.get("pauses", []))
    one = case.get("anchor", case.get("month"))
    first, last = (Moment.parse(text) for text in case.get("anchors", [one, one]))
    match parse(case["due"]):
        case Offset() as offset:
            result = due.reckon(offset, first, on, pauses)
        case LastBusinessDay():
            result = due.last_business_day(first.day, on)
        case Halfway():
            result = due.halfway(first, last, on)
    assert str(result.moment) == case["is"], case["source"]


def test_there_are_enough_dates() -> None:
    assert len(CASES) >= 60


# Language


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 business day after kickoff", "1 business day after Kickoff"),
        ("3  business days\nbefore delivery-due", "3 business days before Delivery due"),
        ("24 business hours after step call", '24 business hours after "Call"'),
        ("2 week after kickoff", "2 weeks after Kickoff"),
        ("on kickoff", "on Kickoff"),
        ("on item-due", "when Item due"),
        ("999 months before kickoff", "999 months before Kickoff"),
        (
            "on the last business day of the month",
            "on the last business day of the month",
        ),
        (
            "halfway between kickoff and delivery-due",
            "halfway between Kickoff and Delivery due",
        ),
    ],
)
def test_due_in_words(text: str, said: str) -> None:
    assert due.words(parse(text), lambda name: name.replace("-", " ").capitalize()) == said


def test_length_in_words() -> None:
    within = due.parse_within("1 business day")
    assert within == Offset(1, "business days", "after")
    assert due.words(within, str.upper) == str(within)[: len("1 business day")] == "1 business day"


@pytest.mark.parametrize(
    ("text", "part", "suggestion"),
    [
        ("3 bussiness days after kickof", "bussiness", "3 business days after kickoff"),
        ("3 business dayz after kickof", "dayz", "3 business days after kickoff"),
        ("3 days aftr kickoff", "aftr", "3 days after kickoff"),
        ("4 hours after kickoff", "hours", "4 business hours after kickoff"),
        ("2 working days after kickoff", "working", "2 business days after kickoff"),
        ("1 workdays after kickoff", "workdays", "1 business day after kickoff"),
        ("two weeks from kickoff", "two", "2 weeks after kickoff"),
        ("2 weeks from kickoff", "from", "2 weeks after kickoff"),
        ("3days after kickoff", "", "3 days after kickoff"),
        ("2 days after contract  signed", "contract", "2 days after contract-signed"),
        ("2 days after Kickoff", "Kickoff", "2 days after kickoff"),
        ("On kickoff", "On", "on kickoff"),
        ("kickoff", "kickoff", "on kickoff"),
        ("on the last busines day of the month", "busines", str(LastBusinessDay())),
        (
            "last business day of the month",
            "last business day of the month",
            str(LastBusinessDay()),
        ),
        (
            "half way between kickoff and delivery-due",
            "half",
            "halfway between kickoff and delivery-due",
        ),
        (
            "halfway betwen kickof and delivery-due",
            "betwen",
            "halfway between kickoff and delivery-due",
        ),
        ("2 days before step call", "step", ""),
        ("2 days after step", "step", ""),
        ("2 days after", "after", ""),
        ("2 after kickoff", "2", ""),
        ("0 days after kickoff", "0", "on kickoff"),
        ("1000 days after kickoff", "1000", ""),
        ("-2 days after kickoff", "-2", ""),
        ("2 fortnights after kickoff", "fortnights", ""),
        ("2 business days", "days", ""),
        ("on the third friday", "the third friday", ""),
        ("soon", "soon", ""),
        (" ", "", ""),
        ("3 days aftr kickoff " * 60_000, "", ""),
    ],
)
def test_what_cannot_be_read(text: str, part: str, suggestion: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(text, EVENTS)
    assert (caught.value.part, caught.value.suggestion) == (part, suggestion)
    assert part in text
    assert caught.value.message
    assert (suggestion or "2 business days after kickoff") in caught.value.hint


@pytest.mark.parametrize(
    ("text", "part", "suggestion"),
    [
        ("2 bussiness days", "bussiness", "2 business days"),
        ("2 days after kickoff", "days after kickoff", ""),
        ("soon", "soon", ""),
        ("", "", ""),
    ],
)
def test_what_is_no_length_of_time(text: str, part: str, suggestion: str) -> None:
    with pytest.raises(Unreadable) as caught:
        due.parse_within(text)
    assert (caught.value.part, caught.value.suggestion) == (part, suggestion)


NAMES = st.from_regex(r"\A[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}\Z").filter(lambda name: name != "step")
UNITS = st.sampled_from(("business days", "days", "weeks", "months", "business hours"))
COUNTS = st.integers(1, 999)
DUES = st.one_of(
    st.builds(Offset, COUNTS, UNITS, st.sampled_from(("before", "after")), NAMES),
    st.builds(Offset, COUNTS, UNITS, st.just("after"), st.just(""), NAMES),
    st.builds(Offset, st.just(0), st.just("days"), st.just("on"), NAMES),
    st.builds(LastBusinessDay),
    st.builds(Halfway, NAMES, NAMES),
)
MIX = (
    "3 0 two after before aftr step on half halfway between and days business bussiness last "
    "the month kickoff kick-off é ² ٣ Kickoff -"
)
WORDS = st.sampled_from(MIX.split())


def unreadable(read: Callable[[str], object], text: str) -> Unreadable | None:
    try:
        read(text)
    except Unreadable as problem:
        return problem
    return None


@given(DUES)
def test_what_is_written_reads_back(what: due.Due) -> None:
    assert parse(str(what)) == what


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)))
def test_any_text_is_a_due_date_or_unreadable(text: str) -> None:
    for read in (parse, lambda text: parse(text, EVENTS), due.parse_within):
        problem = unreadable(read, text)
        assert not problem or problem.part in text
        assert not problem or not problem.suggestion or not unreadable(read, problem.suggestion)


# Calendar


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-11-25", ""),
        ("2026-11-26", "Thanksgiving Day"),
        ("2026-11-29", "Sunday"),
        ("2026-07-03", "Independence Day (observed)"),
        ("2027-12-31", "New Year's Day (observed)"),
        ("2026-12-24", "Winter closing"),
        ("2026-12-25", "Christmas Day"),
        ("2026-11-11", ""),
    ],
)
def test_why_closed(day: str, why: str) -> None:
    assert US.why_closed(date.fromisoformat(day)) == why
    assert US.is_open(date.fromisoformat(day)) is not bool(why)


def test_what_the_calendar_does_not_know() -> None:
    def of(country: str, *observed: str, region: str = "", hours: str = "09:00-17:00") -> Calendar:
        return Calendar.of(
            WorkCalendar(working_hours=hours, holidays=Holidays(country, observed, region))
        )

    assert US.unknown_holidays() == ()
    assert "Thanksgiving Day" in US.holiday_names()
    assert not [name for name in US.holiday_names() if "observed" in name]
    assert of("US", "Thanksgiving", "Labor Day").unknown_holidays() == ("Thanksgiving",)
    assert of("DE", "German Unity Day", region="BY").unknown_holidays() == ()
    for country in ("XX", "us", "HolidayBase", ""):
        assert of(country, "Labor Day").unknown_country == country
        assert of(country, "Labor Day").unknown_holidays() == ()
    assert "US" in due.countries()
    assert of("US", region="ZZ").unknown_region == "ZZ"
    assert "TX" in due.regions("US")
    assert due.regions("XX") == ()
    for hours in ("17:00-09:00", "09:00-25:00", "9-17", "09:00-09:00"):
        assert of("US", hours=hours).unreadable_hours == hours
        assert of("US", hours=hours).opens == time(9)


@pytest.mark.parametrize("country", due.countries())
def test_every_country_can_be_asked_for_any_year(country: str) -> None:
    on = Calendar.of(WorkCalendar((), holidays=Holidays(country, ("Christmas Day",))))
    assert len(set(on.holiday_names())) == len(on.holiday_names())
    for year in (1, 2026, 9999):
        assert on.why_closed(date(year, 1, 1))


# Reckoning

MORE = "then Christmas Day, New Year's Day"


@pytest.mark.parametrize(
    ("text", "anchor", "because"),
    [
        (
            "1 week after kickoff",
            "2026-11-19",
            ("Thu, Nov 26 is Thanksgiving Day: moved to Fri, Nov 27",),
        ),
        (
            "1 week before kickoff",
            "2026-11-21",
            ("Sat, Nov 14 is not a working day: moved to Fri, Nov 13",),
        ),
        (
            "2 days after kickoff",
            "2026-12-22",
            (f"Thu, Dec 24 is Winter closing, {MORE}: moved to Mon, Jan 4",),
        ),
        (
            "3 business days after kickoff",
            "2026-12-22",
            (
                "not counted: Winter closing (5 days from Thu, Dec 24)",
                "not counted: Christmas Day (Fri, Dec 25)",
                "not counted: New Year's Day (Fri, Jan 1)",
            ),
        ),
        ("1 business day after kickoff", "2026-11-19", ()),
        (
            "3 business hours after kickoff",
            "2026-11-21 10:00",
            ("Sat, Nov 21 10:00 is outside working hours",),
        ),
    ],
)
def test_why_then(text: str, anchor: str, because: tuple[str, ...]) -> None:
    assert reckoned(text, anchor).because == because


def test_a_pause_says_what_it_did() -> None:
    late = reckoned("3 business days after kickoff", "2026-10-30", PAUSE)
    assert late.because == ("+10 business days while paused (Practice is moving)",)
    early = reckoned("5 days before kickoff", "2026-11-17", PAUSE)
    assert early.because == (
        "-12 days while paused (Practice is moving)",
        "so Thu, Nov 12 becomes Sat, Oct 31",
        "Sat, Oct 31 is not a working day: moved to Fri, Oct 30",
    )


def test_days_as_the_locale_writes_them() -> None:
    month = due.last_business_day(date(2027, 1, 3), US, "en-GB")
    assert month == due.Reckoned(
        Moment(date(2027, 1, 29)),
        ("Sun 31 Jan is not a working day: moved to Fri 29 Jan",),
    )


@pytest.mark.parametrize(
    ("every", "k", "moment"),
    [
        ("week", 1, "2026-11-06"),
        ("week", 4, "2026-11-27"),
        ("2 weeks", 2, "2026-11-27"),
        ("month", 1, "2026-11-30"),
        ("month", 4, "2027-03-01"),
        ("month", 5, "2027-03-30"),
        ("quarter", 1, "2027-02-01"),
        ("6 months", 1, "2027-04-30"),
        ("year", 2, "2028-10-30"),
        ("3 days", 1, "2026-11-02"),
        ("10 business days", 2, "2026-11-30"),
    ],
)
def test_occurrence(every: str, k: int, moment: str) -> None:
    start = Moment(date(2026, 10, 30))
    assert str(due.occurrence(Count(every), k, start, US).moment) == moment


def test_a_pause_moves_only_what_repeats_by_business_days() -> None:
    """Wednesdays stay Wednesdays; the tenth open day, November 11, is on the 25th."""
    start = Moment(date(2026, 10, 28))
    for every, day in (("week", date(2026, 11, 4)), ("10 business days", date(2026, 11, 25))):
        assert due.occurrence(Count(every), 1, start, US, (PAUSE,)).moment.day == day
    with pytest.raises(Unreadable) as caught:
        due.occurrence(Count("2 weekz"), 1, start, US)
    assert caught.value.suggestion == "week"


def test_a_month_without_an_open_day() -> None:
    closed = Span(date(2026, 11, 1), date(2026, 11, 30), "Moving house")
    month = due.last_business_day(date(2026, 11, 5), Calendar.of(WorkCalendar(closures=(closed,))))
    assert month.moment.day == date(2026, 12, 1)
    assert month.because == ("Mon, Nov 30 is Moving house: moved to Tue, Dec 1",)


@pytest.mark.parametrize(
    "text",
    [
        "on kickoff",
        "1 day before kickoff",
        "1 business day after kickoff",
        "1 business hour after kickoff",
    ],
)
@pytest.mark.parametrize(
    "work",
    [
        WorkCalendar(()),
        WorkCalendar(closures=(Span(date(2000, 1, 1), date(9999, 12, 31)),)),
    ],
)
def test_a_firm_that_never_opens(text: str, work: WorkCalendar) -> None:
    on = Calendar.of(work)
    with pytest.raises(due.NeverOpen):
        reckoned(text, "2026-11-20", on=on)
    with pytest.raises(due.NeverOpen):
        due.last_business_day(date(2026, 11, 20), on)


@pytest.mark.parametrize("unit", ["business day", "day", "week", "month", "business hour"])
@pytest.mark.parametrize(("side", "anchor"), [("after", "9999-12-31"), ("before", "0001-01-01")])
def test_the_ends_of_all_calendars(unit: str, side: str, anchor: str) -> None:
    with pytest.raises(due.BeyondHorizon):
        reckoned(f"999 {unit}s {side} kickoff", anchor)
    with pytest.raises((due.BeyondHorizon, due.NeverOpen)):
        reckoned(f"1 {unit} after kickoff", "2026-11-20", Span(date(2020, 1, 1), date.max))


DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
TIMES = st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0))
MOMENTS = st.builds(Moment, DAYS, TIMES)
SHORT = st.integers(1, 60)
PAUSES = st.lists(
    st.builds(lambda day, days: Span(day, day + timedelta(days)), DAYS, st.integers(0, 99)),
    max_size=3,
)
OFFSETS = st.builds(Offset, SHORT, UNITS, st.sampled_from(("before", "after")), st.just("kickoff"))
WORKS = st.builds(
    WorkCalendar,
    st.sets(st.sampled_from(("mon", "tue", "wed", "thu", "fri", "sat", "sun")), min_size=1).map(
        tuple
    ),
    st.sampled_from(("09:00-17:00", "08:30-12:45", "00:00-23:59")),
    st.none() | st.just(Holidays("US", OBSERVED)),
    PAUSES.map(tuple),
).map(Calendar.of)


@given(OFFSETS, MOMENTS, WORKS, PAUSES)
def test_never_on_a_closed_day(
    offset: Offset, at: Moment, on: Calendar, pauses: list[Span]
) -> None:
    moment = due.reckon(offset, at, on, pauses).moment
    assert on.is_open(moment.day)
    assert (moment.at is not None) is (offset.unit == "business hours")
    assert moment.at is None or on.opens <= moment.at <= on.closes
    if offset.unit.startswith("business"):
        assert not any(moment.day in pause for pause in pauses)


@given(OFFSETS, DAYS, st.tuples(TIMES, TIMES), st.integers(0, 30), WORKS, PAUSES)
def test_a_later_anchor_is_never_due_earlier(
    offset: Offset,
    day: date,
    times: tuple[time | None, time | None],
    later: int,
    on: Calendar,
    pauses: list[Span],
) -> None:
    anchors = [Moment(day, times[0]), Moment(day + timedelta(later), times[1])]
    anchors.sort(key=lambda moment: (moment.day, moment.at or on.opens))
    first, second = (due.reckon(offset, anchor, on, pauses).moment for anchor in anchors)
    assert (first.day, first.at or on.opens) <= (second.day, second.at or on.opens)


@given(SHORT, DAYS, WORKS)
def test_before_undoes_after_in_business_days(count: int, day: date, on: Calendar) -> None:
    start = Moment(on.next_open(day))
    after = due.reckon(Offset(count, "business days", "after", "kickoff"), start, on).moment
    assert (
        due.reckon(Offset(count, "business days", "before", "kickoff"), after, on).moment == start
    )


@given(DAYS, DAYS, WORKS)
def test_halfway_is_the_same_from_both_ends(one: date, other: date, on: Calendar) -> None:
    first, second = Moment(one), Moment(other)
    assert due.halfway(first, second, on) == due.halfway(second, first, on)
    assert due.halfway(first, second, on).moment.day >= min(one, other)
