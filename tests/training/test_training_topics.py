"""Weights of topics, learned and measured on made examples: topics like the statement are right, the others wrong."""

import math

import pytest

from onrecord.topics.classify import FEATURES
from onrecord.training.topics import Example, crossed, learn, log_loss, score

SANCTIONS, CENTRAL_BANKS = "medtop:20000642", "medtop:20000350"


def example(number: int) -> Example:
    right, wrong = (SANCTIONS, CENTRAL_BANKS) if number % 2 else (CENTRAL_BANKS, SANCTIONS)
    return Example(f"a{number}", {right: features(content=1, likeness=0.6), wrong: features(content=1)}, {right})


def features(**values: float) -> tuple[float, ...]:
    return tuple(values.get(name, 0.0) for name in FEATURES)


EXAMPLES = [example(number) for number in range(60)]


def test_what_tells_right_from_wrong_gets_the_weight() -> None:
    weights = learn(EXAMPLES)
    assert weights.probability(features(content=1, likeness=0.6)) > 0.8
    assert weights.probability(features(content=1)) < 0.2


def test_features_that_are_left_out_have_no_weight() -> None:
    weights = learn(EXAMPLES, ("likeness",))
    assert dict(zip(FEATURES, weights.weights, strict=True))["likeness"] == 0
    assert weights.probability(features(content=1, likeness=0.6)) == pytest.approx(0.5)


def test_crossed_each_article_is_told_by_what_others_taught() -> None:
    assert score(crossed(EXAMPLES)).precision(0.65) == 1
    assert score(crossed(EXAMPLES)).found(0.65) == len(EXAMPLES)
    assert score(crossed(EXAMPLES, ("likeness",))).given == ()
    stray = Example("stray", {SANCTIONS: features(title=5, likeness=-0.5)}, {SANCTIONS})
    known = [*EXAMPLES, stray]
    assert learn(known).probability(stray.found[SANCTIONS]) > 0.65, "by its own answer it would be right"
    assert score(crossed(known)).found(0.65) == len(EXAMPLES)


def test_log_loss_is_of_every_topic_thought_of() -> None:
    even = learn(EXAMPLES, ("likeness",))
    assert log_loss([(example, even) for example in EXAMPLES]) == pytest.approx(2 * math.log(2))
    assert log_loss(crossed(EXAMPLES)) < 0.5
