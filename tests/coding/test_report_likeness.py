"""What reports of events are compared by."""

from collections.abc import Mapping

import pytest

from onrecord.coding.likeness import FEATURES, REACH, features
from onrecord.coding.reports import reports_of
from onrecord.records import Record
from told_events import record, shelling


def compared(one: Record, other: Record) -> Mapping[str, float]:
    """The features of the two records' first reports, by name."""
    (first, *_), (second, *_) = reports_of(one), reports_of(other)
    return dict(zip(FEATURES, features(first, second).tolist(), strict=True))


def told(sentence: str, trigger: str, **changes: object) -> dict[str, object]:
    return shelling(sentence=sentence, trigger=trigger, **changes)


def test_triggers_of_one_sense_are_nearer_than_others() -> None:
    fired = record("a", told("Gunners attacked the port.", "attacked"))
    hit = record("b", told("They assaulted it at dawn.", "assaulted"))
    fed = record("c", told("They vaccinated it at dawn.", "vaccinated"))
    assert compared(fired, hit)["sense"] > compared(fired, fed)["sense"] + 0.2
    assert compared(fired, fired)["sense"] == pytest.approx(1)


def test_words_far_from_the_trigger_do_not_count() -> None:
    filler = " ".join(["harbour", "quay", "tanker", "lantern", "anchor", "rudder", "compass", "galley"][:REACH])
    close = record("a", told("They shelled a brewery.", "shelled"))
    also_close = record("b", told(f"Ships bombarded a brewery by {filler}.", "bombarded"))
    far = record("c", told(f"Ships bombarded {filler} by a brewery.", "bombarded"))
    assert compared(close, also_close)["near"] > 0
    assert compared(close, far)["near"] == 0


def test_a_day_that_both_name_speaks_for_one_event_unless_it_is_that_of_publication() -> None:
    def two(date: str, *published: str) -> float:
        a, b = (record(n, shelling(date=date), published=day) for n, day in zip("ab", published, strict=True))
        return compared(a, b)["dated"]

    assert two("2021-03-02", "2021-03-04", "2021-03-04") == 1
    assert two("2021-03-04", "2021-03-04", "2021-03-05") == 1
    assert two("2021-03-04", "2021-03-04", "2021-03-04") == 0
    assert compared(record("a", shelling(date=None)), record("b", shelling(date=None)))["dated"] == 0


def test_one_speaker_by_two_names_is_one_and_nobody_is_like_nobody() -> None:
    def two(one: str | None, other: str | None) -> float:
        told = (shelling(by=by) if by else shelling() for by in (one, other))
        return compared(*(record(n, words) for n, words in zip("ab", told, strict=True)))["claimant"]

    assert (two("Jo Harl", "jo harl"), two("Jo Harl", "Ilse Varen"), two(None, None)) == (1, 0, 0)


def test_without_a_day_the_text_around_tells_whether_it_is_one_matter() -> None:
    rest = shelling(sentence="The tankers had left for the northern fisheries.", trigger="left")
    other = shelling(sentence="A drought had emptied the reservoirs.", trigger="emptied")
    raid = record("a", shelling(date=None), rest)
    alike, unlike = record("b", shelling(date=None), rest), record("b", shelling(date=None), other)
    assert compared(raid, alike)["around"] > compared(raid, unlike)["around"] > 0
    assert compared(raid, alike)["undated"] == 1
    dated = record("b", shelling(), rest)
    assert compared(record("a", shelling(), rest), dated)["around"] == 0


def test_two_events_of_one_sentence_are_told_apart_by_their_triggers_alone() -> None:
    both = record("a", shelling())
    assert compared(both, both)["near"] == compared(both, both)["named"] == 0
