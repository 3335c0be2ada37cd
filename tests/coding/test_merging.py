"""One event once: what is brought together, and what is kept apart."""

import random
from dataclasses import replace

import pytest

from onrecord.coding.likeness import day_of
from onrecord.coding.merging import merge
from onrecord.coding.reports import reports_of
from onrecord.records import Happening, Record
from told_events import bombardment, record, shelling


def merged(*records: Record) -> list[Happening]:
    return merge(report for one in records for report in reports_of(one))


def test_reports_of_one_event_are_one_with_outlets_and_claimants_apart() -> None:
    (one,) = merged(
        record("a", shelling(by="Ilse Varen"), outlet="Coral", published="2021-03-04"),
        record("b", bombardment(by="Varen"), outlet="Tide", published="2021-03-05"),
        record("c", bombardment(by="Jo Harl"), outlet="Tide", published="2021-03-05"),
        record("d", shelling(), agency="MARPRESS", published="2021-03-05"),
    )
    assert [r.article for r in one.reports] == ["a", "b", "c", "d"]
    assert one.outlets == ("Coral", "Tide", "MARPRESS")
    assert one.claimants == ("Ilse Varen", "Jo Harl")
    assert (one.voice, one.date, one.disputed) == ("fact", "2021-03-04", False)


def test_the_order_of_reports_changes_nothing() -> None:
    records = [
        record(f"a{n}", (shelling if n % 2 else bombardment)(date=f"2021-03-{n:02}"), published=f"2021-03-{n:02}")
        for n in range(1, 13)
    ]
    first = merged(*records)
    assert 4 <= len(first) < 12
    for seed in range(5):
        random.Random(seed).shuffle(records)
        assert merged(*records) == first


def test_days_that_are_joined_stay_within_the_window() -> None:
    found = merged(*(record(f"a{n}", shelling(date=f"2021-03-{n:02}")) for n in range(1, 8)))
    assert sum(len(h.reports) for h in found) == 7
    for one in found:
        days = [int(r.event.date[-2:]) for r in one.reports if r.event.date]
        assert max(days) - min(days) <= 2


@pytest.mark.parametrize(
    "changes",
    [
        {"date": "2021-03-09"},
        {"recipient": "NOR"},
        {"actor": "ISL", "recipient": "MAR"},
        {"type": "COERCE"},
        {"sentence": "Frogmen blew up a tanker off the cape.", "trigger": "blew up"},
    ],
)
def test_what_is_another_event_stays_one(changes: dict[str, object]) -> None:
    assert len(merged(record("a", shelling()), record("b", shelling(**changes)))) == 2


@pytest.mark.parametrize("status", ["future", "conditional", "demanded"])
def test_what_one_has_as_to_come_and_another_as_done_is_done(status: str) -> None:
    (one,) = merged(
        record("a", shelling(status=status, by="MAR", confidence=0.9), outlet="Coral"),
        record("b", bombardment(confidence=0.5), outlet="Tide"),
    )
    assert (one.event.status, one.voice, one.disputed) == ("asserted", "fact", False)
    assert one.outlets == ("Coral", "Tide")


def test_what_is_only_to_come_stays_so() -> None:
    (one,) = merged(record("a", shelling(status="future")), record("b", bombardment(status="future")))
    assert one.event.status == "future"


def test_deeds_need_fewer_words_in_common_than_words_do() -> None:
    first = {
        "sentence": "Varen met the envoy in the old fort and spoke of fish.",
        "trigger": "met the envoy in the old fort",
    }
    other = {
        "sentence": "Over cold soup Varen talked to them at length.",
        "trigger": "talked to them at length",
    }
    sides = {"actor": "MAR", "recipient": "ISL", "date": "2021-03-04"}

    def two(type_: str) -> list[Record]:
        both = ("a", first), ("b", other)
        return [record(id_, {**told, **sides, "type": type_}, published="2021-03-04") for id_, told in both]

    assert (len(merged(*two("CONSULT"))), len(merged(*two("ACCUSE")))) == (1, 2)


def test_two_deeds_of_one_sentence_are_told_apart_by_their_triggers() -> None:
    sentence = "The rebels claimed the raid on the depot, and battled the fleet for a year."
    raid, war = shelling(sentence=sentence, trigger="raid on the depot"), shelling(sentence=sentence, trigger="battled")
    one, other = record("a", raid), record("a", war)
    both = replace(one, events=(*one.events, replace(other.events[0], id="v2")))
    assert len(merged(both)) == 2


def test_a_denial_is_a_report_of_the_same_event() -> None:
    (one,) = merged(
        record("a", shelling(confidence=0.5, by="ISL"), outlet="Coral"),
        record("b", bombardment(status="negated", confidence=0.9, by="MAR"), outlet="Tide"),
    )
    assert one.disputed
    assert (one.event.status, one.voice) == ("asserted", "recipient")


def test_a_denial_alone_is_not_asserted() -> None:
    (one,) = merged(record("a", shelling(status="negated", by="MAR")))
    assert (one.event.status, one.disputed, one.voice) == ("negated", False, "actor")


@pytest.mark.parametrize(
    ("speakers", "voice"),
    [
        (["MAR"], "actor"),
        (["ISL"], "recipient"),
        (["NOR"], "third"),
        (["ISL", "NOR"], "several"),
        (["an old sailor"], "unplaced"),
        (["an old sailor", "ISL"], "recipient"),
        (["ISL", None], "fact"),
    ],
)
def test_the_voice_says_who_vouches(speakers: list[str | None], voice: str) -> None:
    told = (shelling(by=s) if s else shelling() for s in speakers)
    (one,) = merged(*(record(f"a{n}", given) for n, given in enumerate(told)))
    assert one.voice == voice


def test_a_statement_whose_speaker_is_unknown_is_no_fact() -> None:
    one = record("a", shelling(by="MAR"))
    nobody = replace(one, statements=(replace(one.statements[0], speaker=None),))
    (found,) = merged(nobody)
    assert (found.voice, found.claimants) == ("unplaced", ())


def test_groups_without_a_code_meet_by_name() -> None:
    (one,) = merged(
        record("a", shelling(actor="Tide rebels")), record("b", bombardment(actor="the Tide movement")),
    )  # fmt: skip
    assert len(one.reports) == 2


def test_a_report_without_a_day_joins_what_it_is_like() -> None:
    undated = record("b", bombardment(date=None))
    (one,) = merged(record("a", shelling()), undated)
    assert one.date == "2021-03-04"
    assert merged(undated)[0].date is None


def test_what_is_dated_to_another_year_is_not_of_the_day_it_was_told() -> None:
    long_ago = record("a", shelling(date="2014"), published="2020-11-03")
    assert [day_of(report) for report in reports_of(long_ago)] == [None]
    this_year = record("a", shelling(date="2020"), published="2020-11-03")
    assert [str(day_of(report)) for report in reports_of(this_year)] == ["2020-11-03"]
    that_week = record("a", shelling(date="2020-W44"), published="2020-11-03")
    assert [day_of(report) for report in reports_of(that_week)] == [None]


def test_ids_stay_when_a_later_report_comes() -> None:
    first = record("a", shelling(), published="2021-03-04")
    (alone,), (both,) = merged(first), merged(record("b", bombardment(), published="2021-03-05"), first)
    assert alone.id == both.id
    assert len(alone.id) == 16
