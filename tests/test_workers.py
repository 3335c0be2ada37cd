"""Several processes give the same records as one."""

import pytest

from onrecord.errors import InputError
from onrecord.pipeline import Settings, record_of, records_at_once
from onrecord.read.articles import article_from_text
from onrecord.records import Annotation, Article, Record
from onrecord.resolve import speakers
from onrecord.resolve.actors.registry import Registry
from onrecord.workers import copy_key, read_here, read_in_processes

pytestmark = pytest.mark.model

LEAD = "The strait will stay open to every ship, Foreign Minister Ada Brandt said on Tuesday."
BODY = "\n\n".join(
    f"“We have no quarrel with anybody over harbour number {n},” Brandt added. She told reporters talks would go on."
    for n in range(12)
)


def articles() -> list[Article]:
    stories = [article_from_text(f"{LEAD}\n\nStory {n}: {BODY}", url=f"https://a.example/{n}") for n in range(6)]
    copies = [article_from_text(s.text, url=f"https://b.example/{k}") for k, s in enumerate(stories)]
    return [*stories, *copies]


def test_processes_give_the_records_that_one_gives() -> None:
    given = articles()
    done = list(read_in_processes(given, Settings(), processes=2))
    found = {r.article.id: r for d in done for r in d.results if isinstance(r, Record)}
    assert found == {a.id: record_of(a, Settings(threads=1)) for a in given}


def test_articles_at_once_give_the_records_that_each_gives() -> None:
    given = articles()
    settings = Settings(threads=1)
    assert records_at_once(given, settings) == [record_of(article, settings) for article in given]


def test_an_article_that_cannot_be_read_does_not_take_those_read_with_it_along(monkeypatch: pytest.MonkeyPatch) -> None:
    given = articles()
    resolve = speakers.resolve

    def stumbling(article: Article, annotation: Annotation, registry: Registry) -> Record:
        if article.id == given[3].id:
            raise ValueError("stumbled")
        return resolve(article, annotation, registry)

    monkeypatch.setattr(speakers, "resolve", stumbling)
    results = read_here(given, Settings(threads=1)).results
    assert [r.article.id for r in results if isinstance(r, Record)] == [a.id for a in given if a != given[3]]
    (error,) = (r for r in results if isinstance(r, InputError))
    assert given[3].id in str(error)
    assert "stumbled" in str(error)


def test_copies_are_not_read_again() -> None:
    given = articles()
    done = list(read_in_processes(given, Settings(), processes=2))
    assert sum(d.recalled for d in done) >= sum(d.windows for d in done)


def test_texts_that_share_their_paragraphs_mostly_go_together() -> None:
    paragraphs = [f"Paragraph number {n} is long enough to tell a copy from another text." for n in range(50)]
    whole = "\n\n".join(paragraphs)
    cut = ["\n\n".join(["By Somebody", *paragraphs[:k], *paragraphs[k + 1 :]]) for k in range(50)]
    assert sum(copy_key(text) == copy_key(whole) for text in cut) == 49


def test_versions_of_an_article_come_back_in_the_order_they_were_given() -> None:
    texts = [
        f"{LEAD}\n\nVersion {n}. " + (BODY if n % 3 == 0 else "Nothing more was said in the harbour.")
        for n in range(30)
    ]
    given = [article_from_text(text, url="https://a.example/story") for text in texts]
    done = read_in_processes(given, Settings(), processes=2)
    assert [r.article.text for d in done for r in d.results if isinstance(r, Record)] == texts
