"""The stage on the shipped weights: whatever the text, the evidence lies in it."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.annotate import session, stage
from onrecord.errors import InputError
from onrecord.records import Annotation, Article

pytestmark = pytest.mark.model

STORY = """VELIGRAD, November 3. /KORVA/. The strait will stay open, Foreign Minister Ada Brandt said on Tuesday.

"We have no quarrel with anybody. They tell us that we must choose, and we choose trade," Brandt added.

According to the ministry, talks will resume in May.
"""


def annotate(text: str) -> Annotation:
    return stage.annotate(Article("a", text), session.load(1))


def check(text: str, annotation: Annotation) -> None:
    for attribution in annotation.attributions:
        for spans in (attribution.source, attribution.cue, attribution.content):
            assert all(0 <= a < b <= len(text) for a, b in spans)
        assert attribution.cue
        assert attribution.content
        assert 0 <= attribution.confidence <= 1
        if attribution.parent is not None:
            outer = annotation.attributions[attribution.parent]
            assert all(any(a <= x and y <= b for a, b in outer.content) for x, y in attribution.content)


def test_a_wire_story() -> None:
    found = annotate(STORY)
    check(STORY, found)
    outer = [a for a in found.attributions if a.parent is None]
    kinds = {STORY[a.cue[0][0] : a.cue[0][1]]: a.quote for a in outer}
    assert kinds["added"] == "direct"
    assert kinds["According to"] == "indirect"


def test_reading_is_deterministic() -> None:
    assert annotate(STORY) == annotate(STORY)


@given(st.text())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_string_is_read(text: str) -> None:
    check(text, annotate(text))


def test_articles_read_in_turn_are_as_each_read_alone() -> None:
    unread = InputError("b.txt", "is empty")
    texts = [STORY, "", STORY * 6, "No word of anybody."]
    articles = [Article(str(k), text) for k, text in enumerate(texts)]
    for threads in (1, 2):
        model = session.load(threads)
        model.memory.forget()
        found = list(stage.annotate_each([articles[0], unread, *articles[1:]], model))
        assert found.pop(1) is unread
        assert found == [(article, stage.annotate(article, session.load(1))) for article in articles]


def test_the_next_article_is_not_asked_for_before_one_is_given_back() -> None:
    asked: list[str] = []

    def articles() -> Iterator[Article]:
        for name in "abc":
            asked.append(name)
            yield Article(name, STORY)

    (article, _) = next(iter(stage.annotate_each(articles(), session.load(1))))
    assert (article.id, asked) == ("a", ["a"])


WORDS = st.sampled_from(
    ["he", "said", '"', "Brandt", "that", ",", ".", "\n\n", "“", "”", "according", "to", "they", "é", "😀"]
)


@given(st.lists(WORDS, max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_shuffle_of_reporting_words_is_read(words: list[str]) -> None:
    text = " ".join(words)
    check(text, annotate(text))


@pytest.mark.parametrize("text", ["", "Yes", "said", "\n"])
def test_the_shortest_texts(text: str) -> None:
    check(text, annotate(text))
