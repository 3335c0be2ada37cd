"""The shipped decision and the evidence it rests on."""

import json

import numpy as np

from onrecord.trails.evidence import FEATURES, WEIGHTS, features, shipped
from onrecord.trails.sayings import sayings
from onrecord.trails.words import RAREST, quoted_flags, rarity, stem_of
from reports import record


def test_weights_are_those_of_the_features() -> None:
    assert list(json.loads(WEIGHTS.read_text("utf-8"))["weights"]) == list(FEATURES)


def test_evidence_is_the_same_both_ways_round() -> None:
    (a,), (b,) = (list(sayings(record(i, t))) for i, t in (("a", "“nine trawlers sank”"), ("b", "trawlers went down")))
    assert np.array_equal(features(a, b), features(b, a))
    assert shipped().probability(a, b) == shipped().probability(b, a)
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
