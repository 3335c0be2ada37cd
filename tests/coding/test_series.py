"""What two sides did to each other, period by period."""

from collections.abc import Iterable

import pytest

from onrecord.coding.merging import merge
from onrecord.coding.reports import reports_of
from onrecord.coding.series import ALL, Ask, Row, Series, interval, period_of, series
from onrecord.coding.voices import VOICES
from onrecord.records import Record
from told_events import record, shelling


def talks(**changes: object) -> dict[str, object]:
    """A visit of an envoy of the Isles."""
    return {
        "sentence": "The envoy of the Isles flew to Port Avel for talks.",
        "trigger": "flew to Port Avel",
        "type": "CONSULT",
        "actor": "ISL",
        "recipient": "MAR",
        "date": "2021-04-20",
    } | changes


RECORDS = [
    record("a", shelling(), published="2021-03-04"),
    record("b", shelling(date="2021-03-20", by="ISL"), published="2021-03-20"),
    record("c", talks(), talks(date="2021-04-02", status="future"), published="2021-06-01"),
]


def asked(ask: Ask, records: Iterable[Record] = RECORDS, published: dict[str, int] | None = None) -> Series:
    found = merge(report for one in records for report in reports_of(one))
    return series(found, published or {"2021-03-04": 40, "2021-03-20": 10, "2021-06-01": 1, "": 7}, ask)


def row(found: Series, period: str, actor: str, voice: str = ALL) -> Row:
    (one,) = (r for r in found.rows if (r.period, r.actor, r.voice) == (period, actor, voice))
    return one


def test_each_direction_counts_by_quad_and_score() -> None:
    found = asked(Ask("MAR", "ISL"))
    march = row(found, "2021-03", "MAR")
    assert (march.events, march.quad4, march.quad1, march.conflict, march.cooperation) == (2, 2, 0, -20.0, 0.0)
    april = row(found, "2021-04", "ISL")
    assert (april.recipient, april.events, april.quad1, april.cooperation) == ("MAR", 1, 1, 1.9)
    assert row(found, "2021-03", "ISL").events == 0


def test_voices_sum_to_all() -> None:
    found = asked(Ask("MAR", "ISL"))
    march = {voice: row(found, "2021-03", "MAR", voice).events for voice in VOICES}
    assert {voice: n for voice, n in march.items() if n} == {"fact": 1, "recipient": 1}


def test_the_denominator_is_what_was_read_in_the_period() -> None:
    found = asked(Ask("MAR", "ISL"))
    march = row(found, "2021-03", "MAR")
    assert (march.articles, march.rate) == (50, 4.0)
    assert march.rate_low is not None
    assert march.rate_high is not None
    assert march.rate_low < 4.0 < march.rate_high
    assert (row(found, "2021-04", "ISL").articles, row(found, "2021-04", "ISL").rate) == (0, None)


def test_periods_without_events_have_rows_too() -> None:
    found = asked(Ask("MAR", "ISL"))
    assert list(dict.fromkeys(r.period for r in found.rows)) == ["2021-03", "2021-04", "2021-05", "2021-06"]
    assert len(found.rows) == 4 * 2 * (1 + len(VOICES))


def test_only_asserted_events_count_unless_asked() -> None:
    assert row(asked(Ask("MAR", "ISL", statuses=("future",))), "2021-04", "ISL").events == 1
    assert row(asked(Ask("MAR", "ISL", statuses=("asserted", "future"))), "2021-04", "ISL").events == 2


def test_a_side_may_be_a_name() -> None:
    group = record("a", shelling(actor="Tide rebels"), published="2021-03-04")
    assert row(asked(Ask("the Tide movement", "isl"), [group]), "2021-03", "the Tide movement").events == 1


def test_since_and_until_hold_whole_months() -> None:
    found = asked(Ask("MAR", "ISL", by="day", since="2021-03-05", until="2021-04"))
    assert sum(r.events for r in found.rows if r.voice == ALL) == 2
    assert {r.period[:7] for r in found.rows} == {"2021-03", "2021-04"}


def test_dates_that_name_no_period_are_counted_apart() -> None:
    found = asked(Ask("MAR", "ISL", by="day"), [record("a", shelling(date="2021-03"))])
    assert found.unplaced == 1


@pytest.mark.parametrize(
    ("text", "day", "week", "month", "year"),
    [
        ("2020-11-03T10:00:00Z", "2020-11-03", "2020-W45", "2020-11", "2020"),
        ("2021-01-02", "2021-01-02", "2020-W53", "2021-01", "2021"),
        ("2020-W45", None, "2020-W45", "2020-11", "2020"),
        ("2020-11", None, None, "2020-11", "2020"),
        ("2020", None, None, None, "2020"),
        ("--11-03", None, None, None, None),
        ("soon", None, None, None, None),
        (None, None, None, None, None),
    ],
)
def test_periods_of_dates(text: str | None, day: str, week: str, month: str, year: str) -> None:
    periods = [period_of(text, by) for by in ("day", "week", "month", "year")]  # type: ignore[arg-type]
    assert periods == [day, week, month, year]


@pytest.mark.parametrize(
    ("events", "low", "high"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (100, 81.36, 121.63)]
)
def test_the_interval_is_near_the_exact_one_of_poisson(events: int, low: float, high: float) -> None:
    assert interval(events, 100) == pytest.approx((low, high), rel=0.01, abs=0.02)
