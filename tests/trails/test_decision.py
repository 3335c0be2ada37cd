"""The shipped decision and the evidence it rests on."""

import json

import numpy as np

from onrecord.trails.evidence import FEATURES, WEIGHTS, compared, features, shipped
from onrecord.trails.sayings import sayings
from onrecord.trails.words import RAREST, quoted_flags, rarity, stem_of
from reports import record


def test_weights_are_those_of_the_features() -> None:
    assert list(json.loads(WEIGHTS.read_text("utf-8"))["weights"]) == list(FEATURES)


def test_evidence_is_the_same_both_ways_round() -> None:
    (a,), (b,) = (list(sayings(record(i, t))) for i, t in (("a", "“nine trawlers sank”"), ("b", "trawlers went down")))
    assert np.array_equal(features(a, b), features(b, a))
    (one,), (other,) = compared([(a, b)]).values(), compared([(b, a)]).values()
    assert shipped().probability(one) == shipped().probability(other)
    assert len(features(a, b)) == len(FEATURES)


def test_spelling_and_small_numbers_have_one_stem() -> None:
    assert stem_of("denuclearisation") == stem_of("denuclearization")
    assert stem_of("U.S.") == stem_of("US") != stem_of("us")
    assert (stem_of("nine"), stem_of("1,200")) == ("9", "1200")


def test_rare_words_weigh_more() -> None:
    assert rarity(stem_of("said")) < rarity(stem_of("sanctions")) < rarity("qzarvonex") == RAREST


def test_a_quotation_may_be_cut_open_at_either_end() -> None:
    assert bytes(quoted_flags("never,” he said", 0, 15)) == b"\x01" * 7 + b"\x00" * 8
    assert bytes(quoted_flags("it's “so", 0, 8)) == b"\x00" * 5 + b"\x01" * 3


def evidence(one: str, other: str) -> dict[str, float]:
    (a,), (b,) = (list(sayings(record(i, t))) for i, t in (("a", one), ("b", other)))
    return dict(zip(FEATURES, features(a, b), strict=True))


def test_a_whole_quotation_found_word_for_word_weighs_by_its_words() -> None:
    assert evidence("a “brazen ransom”", "it was “a brazen ransom note”")["fragment"] > 1
    assert evidence("a “brazen ransom”", "the ransom was “brazen”")["fragment"] > 0
    assert evidence("a “brazen ransom note”", "it was a ransom, and brazen")["fragment"] == 0


def test_credit_and_responsibility_are_claimed_alike() -> None:
    assert evidence("it took credit for the raid", "it claimed responsibility for the assault on the mole")["claims"]
    assert not evidence("it took credit for the raid", "the raid was no work of theirs")["claims"]


def test_what_is_most_alike_in_an_article_is_the_best() -> None:
    first = list(sayings(record("a", "the northern harbour stays closed")))
    second = list(sayings(record("b", "the harbour stays closed to frigates", "the railway will be sold")))
    found = compared((a, b) for a in first for b in second)
    assert found[("a", "s1"), ("b", "s1")][-2:].tolist() == [1, 1]
    assert found[("a", "s1"), ("b", "s2")][-2:].tolist() == [1, 0]
