"""The packaged affair: that it is whole, and that what it was written to show is in it and found."""

import json
from functools import cache
from importlib.resources import files
from itertools import pairwise

import pytest

from onrecord.errors import InputError
from onrecord.pipeline import read_all
from onrecord.read.articles import read_articles
from onrecord.records import Article, Record, Statement

AFFAIR = str(files("onrecord.samples") / "affair")


@cache
def articles() -> list[Article]:
    found = list(read_articles([AFFAIR]))
    assert not [one for one in found if isinstance(one, InputError)]
    return [one for one in found if not isinstance(one, InputError)]


@cache
def records() -> dict[str, Record]:
    """By the article's id, the corrected version last."""
    return {one.article.id: one for one in read_all([AFFAIR]) if not isinstance(one, InputError)}


def record(number: int) -> Record:
    (found,) = (one for id_, one in records().items() if id_.startswith(f"affair-{number:02}-"))
    return found


def said(made: Record, speaker: str, words: str) -> Statement:
    """The statement of a speaker whose content has these words; in brackets a speaker who is not named."""
    found = [
        s
        for s in made.statements
        if (who := made.speaker_of(s))
        and (who.name if who.named else f"({who.name})") == speaker
        and words in made.text_of(s.content)
    ]
    assert found, [(e.name if (e := made.speaker_of(s)) else None, made.text_of(s.content)) for s in made.statements]
    return found[0]


def test_two_dozen_stories_each_with_what_an_article_has() -> None:
    assert len({article.id for article in articles()}) == 24
    for article in articles():
        assert article.url
        assert ".test/" in article.url
        assert article.outlet
        assert article.title
        assert article.published
        assert 80 <= len(article.text.split()) <= 300, article.id
    assert len({article.outlet for article in articles()}) == 9


def test_one_story_is_corrected_under_its_own_address() -> None:
    before, after = (article for article in articles() if article.id == "affair-11-recall")
    assert before.url == after.url
    assert "Correction" in after.text
    assert "Correction" not in before.text


def test_wire_copy_is_carried_word_for_word_with_and_without_credit() -> None:
    wire, credited, copied = (a for a in articles() if a.id.startswith(("affair-01", "affair-02", "affair-03")))
    body = wire.text.removeprefix("WELLINGTON (Austral) — ")
    assert body == copied.text
    assert body in credited.text
    assert credited.byline == ("Austral Wire",)
    assert "Austral" not in copied.text + "".join(copied.byline)


def test_lines_of_the_file_are_in_order_of_publication() -> None:
    lines = (files("onrecord.samples") / "affair" / "stories.jsonl").read_text("utf-8").splitlines()
    days = [json.loads(line)["published"][:10] for line in lines]
    assert all(a <= b for a, b in pairwise(days))


def test_datelines_come_in_several_forms() -> None:
    places = {(a.dateline.place, a.dateline.agency) for a in articles() if a.dateline}
    assert places >= {
        ("WELLINGTON", "Austral"),
        ("SANTIAGO", "SURNA"),
        ("WELLINGTON", "Tasman Press"),
        ("NELSON, New Zealand", "Tasman Press"),
        ("MONTEVIDEO", None),
        ("GENEVA", "The Geneva Ledger"),
        ("Santiago", None),
    }


@pytest.mark.model
@pytest.mark.parametrize(
    ("number", "speaker", "words", "quote"),
    [
        (1, "Harriet Penwarden", "a lantern under a bucket", "direct"),
        (3, "Harriet Penwarden", "a lantern under a bucket", "direct"),
        (6, "Harriet Penwarden", "a lamp beneath a pail", "direct"),
        (24, "Harriet Penwarden", "a lantern under a bucket", "mixed"),
        (4, "Tomas Larraguibel", "where it was given leave to speak", "direct"),
        (5, "Tomas Larraguibel", "where it was allowed to", "indirect"),
        (6, "Tomas Larraguibel", "where it has permission to talk", "indirect"),
        (7, "Andres Vicuna-Prado", "number 4,117", "direct"),
        (8, "Alan Thistlewood", "Everything that floats", "direct"),
        (11, "(The official)", "over 406 megahertz", "direct"),
        (14, "Tomas Larraguibel", "A buoy is not a toy", "direct"),
        (21, "Lars Ekdahl", "a culprit", "direct"),
        (23, "Tomas Larraguibel", "our ears are clean", "direct"),
    ],
)
def test_the_main_quotations_are_found(number: int, speaker: str, words: str, quote: str) -> None:
    assert said(record(number), speaker, words).quote == quote


@pytest.mark.model
def test_the_chain_of_three_voices_is_nested() -> None:
    made = record(9)
    outer = said(made, "Tomas Larraguibel", "had told him")
    middle = said(made, "Beatriz Undurraga", "had said to her")
    inner = said(made, "(a New Zealand official)", "We know perfectly well")
    assert (outer.parent, middle.parent, inner.parent) == (None, outer.id, middle.id)
    assert outer.through == ("Radio Cordillera",)
    assert outer.venue == "interview"


@pytest.mark.model
def test_what_was_told_is_denied() -> None:
    said(record(10), "New Zealand", "had admitted that faulty receivers")
    said(record(10), "Harriet Penwarden", "No such thing was said")
    said(record(22), "Harriet Penwarden", "that this was an admission")


@pytest.mark.model
def test_the_page_is_read_without_what_stands_around_it() -> None:
    (made,) = (
        one
        for one in records().values()
        if one.article.outlet == "The Geneva Ledger" and one.article.url and "no-flag" in one.article.url
    )
    said(made, "Lars Ekdahl", "which is not a complaint")
    assert "Most read" not in made.article.text
    assert made.article.byline == ("Mathilde Corboz",)


@pytest.mark.model
def test_countries_and_bodies_have_their_codes() -> None:
    codes = {entity.code for made in records().values() for entity in made.entities}
    assert codes >= {"CHL", "NZL", "URY", "ITU", "UN"}
    links = {e.link for made in records().values() for e in made.entities if e.kind == "person"}
    assert links == {None}, "an invented person was taken for one of the world's"
