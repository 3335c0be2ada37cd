"""Measures that a statement deplores, with neither side named in its sentence: the article tells whose they are."""

from dataclasses import replace

import pytest
from norland import BERG, NORLAND, SUDRIA

from onrecord.coding.implied import with_implied
from onrecord.coding.stage import code
from onrecord.records import Article, Deed, Event, Mention, Record, Scene, Span, Statement

OPENING = "Sudria will make no gestures to Norland, said Anna Berg. “Norland must understand. Norland will wait.” "
DEPLORED = "She noted that the number of sanctions regimes kept growing, though they were illegal."


def record(sentence: str = DEPLORED, opening: str = OPENING) -> Record:
    """Berg of Sudria speaks of Norland in the opening, then says what follows "She noted that"."""
    text = opening + sentence
    said = text.index("noted that") + len("noted that ")
    content: Span = (said, len(text) - 1)
    cue = said - len("noted that "), said - 1
    statement = Statement("s1", ((cue[0] - 4, cue[0] - 1),), (cue,), (content,), "indirect", "e3", None, 0.9)
    entities = [
        replace(entity, mentions=tuple(Mention(span, "name") for span in spans(text, name)))
        for entity, name in ((NORLAND, "Norland"), (SUDRIA, "Sudria"), (BERG, "Anna Berg"))
    ]
    return Record(Article("a", text), tuple(entities), (statement,))


def spans(text: str, name: str) -> list[Span]:
    starts = [k for k in range(len(text)) if text.startswith(name, k)]
    return [(k, k + len(name)) for k in starts]


def events(found: Record, *told: tuple[Scene, Deed]) -> tuple[Event, ...]:
    return code(found, *with_implied(found, [scene for scene, _ in told], [deed for _, deed in told])).events


def measures(actor: str, recipient: str) -> tuple[Scene, Deed]:
    """Measures told elsewhere in the article, with both sides."""
    scene = Scene((0, len(OPENING) - 1), None, ((actor, ()), (recipient, ())), ((0, 1),))
    return scene, Deed(0, (0, 1), "EMBARGO", "asserted", (0, 6), 0.6)


def test_they_are_those_of_the_side_the_article_is_about_against_the_speakers_on_the_speakers_word() -> None:
    (event,) = events(record())
    assert (event.actor, event.recipient, event.type, event.on_word_of) == ("e1", "e2", "SANCTION", "s1")
    assert record().text_of(event.trigger) == "sanctions regimes"
    assert (event.cameo, event.status) == ("163", "asserted")


@pytest.mark.parametrize(
    "sentence",
    [
        "She noted that the number of sanctions regimes kept growing.",
        "She noted that sanctions would be illegal.",
        "She noted that the lifting of the illegal sanctions had begun.",
        "She noted that Norland sees the sanctions as illegal.",
        "She noted that the number of illegal landings kept growing.",
    ],
)
def test_nothing_is_implied_by_what_is_not_deplored_not_there_or_named(sentence: str) -> None:
    assert events(record(sentence)) == ()


def test_a_side_that_is_hardly_mentioned_is_not_taken_for_the_author() -> None:
    assert events(record(opening="Norland, said Anna Berg of Sudria, must understand. ")) == ()


def test_who_takes_measures_elsewhere_in_the_article_is_their_author() -> None:
    rarely = record(opening="Norland, said Anna Berg of Sudria, must understand. ")
    assert [(e.actor, e.recipient) for e in events(rarely, measures("e1", "e3"))] == [("e1", "e3"), ("e1", "e2")]


def test_a_side_that_takes_measures_itself_may_deplore_its_own() -> None:
    assert [(e.actor, e.recipient) for e in events(record(), measures("e2", "e1"))] == [("e2", "e1")]
