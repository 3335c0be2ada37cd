"""More like this in the store: what differs in few bits or shares words, among those that answer."""

from collections.abc import Callable, Sequence

import pytest

from onrecord.errors import ArchiveError, BadQuery
from onrecord.records import MEANING_BITS, Record
from onrecord.store.archive import Archive
from onrecord.store.filters import Filters
from onrecord.store.like import _FEWEST, Sought

Build = Callable[..., Record]


def bits(differing: int) -> str:
    """A meaning that differs from that of all zeros in so many bits."""
    return f"{(1 << differing) - 1:0{MEANING_BITS // 4}x}"


def by_bits(words: Sequence[str] = ()) -> Sought:
    def closeness(contents: Sequence[str], differing: Sequence[int]) -> list[float]:
        return [1 - n / MEANING_BITS for n in differing]

    return Sought(bits(0), tuple(words), closeness)


@pytest.fixture
def filled(archive: Archive, build: Build) -> Archive:
    archive.add(
        [
            build("far", "Taxes will fall", "Ada Brandt", s_meaning=bits(100), published="2020-11-03"),
            build("near", "Levies will sink", "Omar Diaz", s_meaning=bits(3), published="2019-05-05"),
            build("nearer", "Duties will drop", "Ada Brandt", s_meaning=bits(1), published="2019-05-05"),
            build("none", "Taxes again", "Li Na"),
        ]
    )
    return archive


def articles(archive: Archive, *words: str, query: str | None = None, limit: int = 20, **filters: object) -> list[str]:
    hits = archive.like(by_bits(words), query, Filters(**filters), limit=limit)  # type: ignore[arg-type]
    return [hit.article for hit in hits]


def test_the_closest_first_and_none_without_a_meaning(filled: Archive) -> None:
    assert articles(filled) == ["nearer", "near", "far"]
    assert articles(filled, limit=1) == ["nearer"]
    assert filled.like(by_bits())[0].score == 1 - 1 / MEANING_BITS


def test_filters_and_words_hold_it_to_those_that_answer(filled: Archive) -> None:
    assert articles(filled, speaker="Brandt") == ["nearer", "far"]
    assert articles(filled, until="2019") == ["nearer", "near"]
    assert articles(filled, query="taxes") == ["far"]
    assert articles(filled, "levies", query="will") == ["nearer", "near", "far"]
    assert articles(filled, query="taxes", until="2019") == []
    assert articles(filled, speaker="nobody of that name") == []


def test_what_shares_words_is_a_candidate_however_far(archive: Archive, build: Build) -> None:
    archive.add([build(f"a{n}", "Duties will drop", s_meaning=bits(n % 9)) for n in range(_FEWEST)])
    archive.add([build("levies", "Levies will sink", s_meaning=bits(120))])

    def sharing(contents: Sequence[str], differing: Sequence[int]) -> list[float]:
        return [float("Levies" in content) for content in contents]

    assert archive.like(Sought(bits(0), (), sharing), limit=1)[0].article != "levies"
    assert archive.like(Sought(bits(0), ("levies",), sharing), limit=1)[0].article == "levies"


def test_an_archive_without_meanings_says_what_to_do(archive: Archive, build: Build) -> None:
    assert archive.like(by_bits()) == ()
    archive.add([build("none", "Taxes again")])
    with pytest.raises(ArchiveError, match="run onrecord reread"):
        archive.like(by_bits())


def test_a_limit_out_of_bounds(filled: Archive) -> None:
    with pytest.raises(BadQuery, match="limit"):
        filled.like(by_bits(), limit=0)
