"""Who is ready to talk or work with somebody agrees with them, whether the network is sure of it or not."""

from dataclasses import replace

import pytest
from norland import NORLAND, RECORD, SAID, SUDRIA

from onrecord.coding.readiness import with_readiness
from onrecord.coding.scenes import scenes
from onrecord.coding.stage import code
from onrecord.records import Article, Deed, Event, Mention, Record, Span


def record(text: str, *, spoken: bool = False) -> Record:
    """An article that names Norland, Sudria and Anna Berg, Sudria's minister, who may speak the words in quotes."""
    named = [(NORLAND, "Norland"), (SUDRIA, "Sudria"), (RECORD.entities[2], "Anna Berg")]
    entities = tuple(replace(one, mentions=(Mention(span(text, name), "name"),)) for one, name in named if name in text)
    words = ((text.index("“") + 1, text.index("”")),) if spoken else ()
    said = (
        replace(SAID, source=(span(text, "Anna Berg"),), cue=(span(text, "said"),), content=words) if spoken else None
    )
    return Record(Article("a", text), entities, (said,) if said else ())


def span(text: str, words: str) -> Span:
    return text.index(words), text.index(words) + len(words)


def events(told: Record, *deeds: Deed) -> tuple[Event, ...]:
    asked = scenes(told)
    return code(told, asked, with_readiness(told, asked, deeds)).events


@pytest.mark.parametrize(
    "text",
    [
        "Sudria is open to talks with Norland.",
        "Sudria stood “ready to engage without preconditions in serious negotiations with Norland”.",
        "Sudria signalled its willingness to work with Norland after the storm.",
    ],
)
def test_a_side_that_is_ready_to_work_with_another_agrees_with_it(text: str) -> None:
    (event,) = events(record(text))
    assert (event.actor, event.recipient, event.type, event.status) == ("e2", "e1", "AGREE", "asserted")


def test_we_are_whoever_speaks_and_it_rests_on_their_word() -> None:
    (event,) = events(record("“We also remain open to dialogue with Norland,” said Anna Berg.", spoken=True))
    assert (event.actor, event.recipient, event.type, event.on_word_of) == ("e3", "e1", "AGREE", "s1")


@pytest.mark.parametrize(
    "text",
    [
        "Sudria is not open to talks with Norland.",
        "Sudria would be ready to talk to Norland if the envoys returned.",
        "Sudria is ready for a long winter, unlike Norland.",
        "Sudria is open to visitors with Norland passports.",
        "Sudria believes that everybody is ready for talks with Norland.",
        "As Sudria prepared to meet envoys, it rained in Norland.",
    ],
)
def test_refusals_conditions_and_other_readiness_are_no_such_event(text: str) -> None:
    assert events(record(text)) == ()


def test_what_the_network_has_read_between_the_two_stands() -> None:
    told = record("Sudria is open to talks with Norland.")
    sudria = [id_ for id_, _ in scenes(told)[0].participants].index("e2")
    read = Deed(0, (sudria, 1 - sudria), "CONSULT", "asserted", span(told.article.text, "talks"), 0.6)
    (event,) = events(told, read)
    assert event.trigger == (read.trigger,)
