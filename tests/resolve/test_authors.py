"""Whose "I" it is outside quotation marks: by the title, after a colon, by the note at an article's end."""

import pytest

from onrecord.records import Annotation, Article, Attribution
from onrecord.resolve.speakers import resolve

PIECE = "Every harbour needs a light.\n\nI say so because ships are lost.\n\nMore ships will be."


def speaker(text: str, byline: tuple[str, ...] = ()) -> str | None:
    """Who "I" is in a text with the piece above in it; None where nobody named."""
    at = text.index("I say")
    said = Attribution(((at, at + 1),), ((at + 2, at + 5),), ((at + 6, at + 31),), "indirect", 0.9)
    made = resolve(Article("a", text, byline=byline), Annotation((said,), "test"))
    told = made.speaker_of(made.statements[0])
    return told.name if told and told.named else None


@pytest.mark.parametrize(
    ("note", "name"),
    [
        ("Ada Brandt is a pilot in Lerne.", "Ada Brandt"),
        ("Rep. Ada Brandt, D-Ohio, chairs the Harbour Committee.", "Ada Brandt"),
        ("Ada Brandt is a pilot.\n\nSign up here.\n\nAll rights reserved.", "Ada Brandt"),
        ("Ada Brandt, a scholar of harbours, is the author of a book.", "Ada Brandt"),
        ("Brandt is a reporter in Lerne.", "Brandt"),
        ("From LIGHTS by Ada Brandt. Copyright by her.", "Ada Brandt"),
        ("From Lerne by Ada Brandt.", None),
        ("Ada Brandt is losing ships.", None),
        ("Ada Brandt was a pilot in Lerne.", "Ada Brandt"),
        ("Ada Brandt said it rained.", None),
        ("The pilot Ada Brandt is a friend.", None),
        ("Ada Brandt is a pilot.\n\nTom Okoro is an envoy.", None),
        ("Ada Brandt lost a ship.\n\nAda Brandt is a pilot.", None),
    ],
)
def test_the_author_is_told_at_the_end(note: str, name: str | None) -> None:
    assert speaker(f"{PIECE}\n\n{note}") == name


def test_a_byline_says_it_first() -> None:
    assert speaker(f"{PIECE}\n\nAda Brandt is a pilot.", byline=("Tom Okoro",)) == "Tom Okoro"


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("Tom Okoro met Mia Lund. Lund wrote to Okoro:", "Mia Lund"),
        ("Tom Okoro asked Mia Lund:", None),
        ("Dear President Tom Okoro:", None),
        ("Tom Okoro wrote to her.", None),
        ("Tom Okoro wrote:\n\n“It is late.”", None),
    ],
)
def test_words_after_a_colon_are_whose_they_are_said_to_be(opening: str, name: str | None) -> None:
    assert speaker(f"{opening}\n\n{PIECE}") == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ada Brandt: A light is lit", "Ada Brandt"),
        ("Q&A with Minister Ada Brandt", "Ada Brandt"),
        ("An interview with Ada Brandt", "Ada Brandt"),
        ("A walk with Ada Brandt", None),
        ("Lights: Ada Brandt lit one", None),
    ],
)
def test_a_title_says_whose_words_follow(title: str, name: str | None) -> None:
    assert speaker(f"{title}\n\n{PIECE}") == name


def test_a_letter_is_of_whoever_signs_it() -> None:
    letters = "LETTERS.\n\nIt rains too much.\n\nTom Okoro.\n\n"
    assert speaker(f"{letters}{PIECE}\n\nAda Brandt.") == "Ada Brandt"
    assert speaker(f"{PIECE}\n\nAda Brandt.") is None


def test_answers_are_of_the_one_named_most_before_the_questions() -> None:
    opening = "A talk with Ada Brandt.\n\nTom Okoro asked Ada Brandt of Lerne.\n\n"
    assert speaker(f"{opening}Q: Why?\n\nA: I say so because ships are lost.") == "Ada Brandt"
    assert speaker(f"{opening}Q: I say so because ships are lost.\n\nA: No.") is None


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("Ada Brandt spoke in Lerne. Here is what she said.", "Ada Brandt"),
        ("Transcript: Ada Brandt in Lerne", "Ada Brandt"),
        ("Ada Brandt met Tom Okoro. Here is what was said.", None),
        ("Ada Brandt spoke in Lerne.", None),
    ],
)
def test_a_speech_is_of_whose_words_the_opening_says_it_gives(opening: str, name: str | None) -> None:
    assert speaker(f"{opening}\n\n{PIECE}") == name
