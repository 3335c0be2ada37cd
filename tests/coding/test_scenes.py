from dataclasses import replace

from norland import BERG, NORLAND, RECORD, SUDRIA, TEXT, entity

from onrecord.coding.scenes import scenes
from onrecord.records import Dateline, Record


def shown(record: Record) -> list[tuple[str, list[str], str | None]]:
    return [
        (TEXT[slice(*s.sentence)][:12], [id_ for id_, _ in s.participants], TEXT[slice(*s.lead)] if s.lead else None)
        for s in scenes(record)
    ]


def test_a_sentence_of_two_sides_is_a_scene_and_one_of_a_single_side_is_none() -> None:
    assert shown(RECORD)[0] == ("Norland expe", ["e1", "e2"], None)
    assert not any(start.startswith("It rained") for start, _, _ in shown(RECORD))


def test_a_sentence_within_a_quotation_is_read_with_the_words_for_its_speaker() -> None:
    assert shown(RECORD)[1] == ("“They seek a", ["e1", "e3"], "Anna Berg")


def test_a_sentence_that_names_its_speaker_needs_no_lead() -> None:
    assert shown(RECORD)[2] == ("Our patience", ["e1", "e3"], None)


def test_both_directions_are_asked_but_not_a_country_and_its_own_minister() -> None:
    assert scenes(RECORD)[0].pairs == ((0, 1), (1, 0))
    own = replace(RECORD, entities=(NORLAND, SUDRIA, replace(BERG, country="NOR")))
    assert len(scenes(own)) == 1


def test_what_an_event_shows_lies_in_the_text() -> None:
    for scene in scenes(RECORD):
        assert all(0 <= a < b <= len(TEXT) for _, spans in scene.participants for a, b in spans)


def test_the_place_of_a_wires_header_acts_for_nobody() -> None:
    header = "LERNE (Norland Wire) - "
    shifted = moved(RECORD, header, Dateline("LERNE", None, "Norland Wire", (0, len(header) - 1)))
    lerne = entity("e4", "Lerne", "LER", "place", (0, 5))
    headed = replace(shifted, entities=(*shifted.entities, lerne))
    first, *_ = scenes(headed)
    assert first.sentence[0] == len(header)
    assert "e4" not in [id_ for id_, _ in first.participants]


def moved(record: Record, header: str, dateline: Dateline) -> Record:
    """The record of the same article behind a header."""
    by = len(header)
    entities = tuple(
        replace(e, mentions=tuple(replace(m, span=(m.span[0] + by, m.span[1] + by)) for m in e.mentions))
        for e in record.entities
    )
    article = replace(record.article, text=header + record.article.text, dateline=dateline)
    return replace(record, article=article, entities=entities, statements=())
