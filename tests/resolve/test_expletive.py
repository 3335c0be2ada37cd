"""An "it" that stands for nothing is no mention of anybody."""

import pytest

from onrecord.records import Annotation, Article
from onrecord.resolve.speakers import resolve


def meant(sentence: str) -> list[str]:
    """Whom the pronouns of a sentence mean, after one about Norway."""
    text = f"Norway closed the border. {sentence}"
    entities = resolve(Article("a", text), Annotation((), "test")).entities
    return [e.name for e in entities for m in e.mentions if m.type == "pronoun"]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is clear that trade will fall.",
        "It wasn’t clear whether trade would fall.",
        "It may still be possible to pass.",
        "It is the first time in a year.",
        "It comes after weeks of protest.",
        "It came days after a protest.",
        "It seems that trade will fall.",
        "It was looking like rain.",
        "It is up to the courts.",
        "It is said trade fell.",
        "Trade, it was announced, fell.",
        "It was reported that trade fell.",
        "It is Sweden that must pay.",
        "The snow made it hard to pass.",
    ],
)
def test_it_stands_for_nothing(sentence: str) -> None:
    assert meant(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "It is ready to open a bridge.",
        "It is likely to open a bridge.",
        "It has closed the bridge too.",
        "It came to an agreement.",
        "It seems ready.",
        "It was Norwegian before.",
        "Trade with it fell.",
        "It said that trade fell.",
    ],
)
def test_it_stands_for_the_country(sentence: str) -> None:
    assert meant(sentence) == ["Norway"]
