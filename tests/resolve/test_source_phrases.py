"""What the words of a source say outright: the one between commas, those of several, a pronoun with company."""

import pytest
from marked_statements import marked

from onrecord.records import Annotation
from onrecord.resolve.speakers import resolve


def names(text: str) -> list[str]:
    """Of the last marked statement, who speaks; in brackets one who is not named."""
    article, found = marked(text)
    made = resolve(article, Annotation(tuple(found), "test"))
    last = made.statements[-1].content
    told = [made.speaker_of(s) for s in made.statements if s.content == last]
    return [f"({e.name})" if not e.named else e.name for e in told if e]


@pytest.mark.parametrize(
    ("source", "speakers"),
    [
        ("Orland Secretary of State Jonas Okoro", ["Jonas Okoro"]),
        ("the assailant, Jonas Okoro", ["Jonas Okoro"]),
        ("his first wife, Irvana Lund,", ["Irvana Lund"]),
        ("his wife, Laura,", ["Laura"]),
        ("his wife, longtime Ada Brandt aide Humi Lund,", ["Humi Lund"]),
        ("Two military analysts, Patrick Belov and Chris Holm,", ["Patrick Belov", "Chris Holm"]),
        ("Okoro and others in the party", ["Okoro"]),
        ("Fellow Republicans", ["(Fellow Republicans)"]),
        ("the members, Jonas Okoro", ["(the members, Jonas Okoro)"]),
    ],
)
def test_a_source_names_its_speakers(source: str, speakers: list[str]) -> None:
    assert names(f"On Monday {{{source}}} [said] <no>.") == speakers


def test_a_pronoun_with_company_is_whom_it_means() -> None:
    assert names("Mia Lund came home. {She and her aides} [said] <no>.") == ["Mia Lund"]


@pytest.mark.parametrize(
    ("opening", "source", "name"),
    [
        ("", "The star Billie Jean King", "Billie Jean King"),
        ("The lawyer James C. Carris came.", "Carris", "James C. Carris"),
        ("", "Columnist George Will", "George Will"),
        ("", "Orland Foreign Minister Ada Brandt and former Ohio Gov. Tom Okoro", "Ada Brandt | Tom Okoro"),
        ("", "A super PAC", "(A super PAC)"),
        ("", "The 1951 Refugee Convention", "1951 Refugee Convention"),
    ],
)
def test_words_that_are_names_or_look_like_them(opening: str, source: str, name: str) -> None:
    assert " | ".join(names(f"{opening} {{{source}}} [said] <no>.")) == name
