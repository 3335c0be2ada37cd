"""Resolving takes any text with any spans: it never fails, and every mention is of the text."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Annotation, Article, Attribution, Span
from onrecord.resolve.lexicon import spelled
from onrecord.resolve.speakers import resolve

WORDS = spelled(
    "Ada Brandt Okoro Lerne Norway FBI PAC the a an and of in for who which all both whom said senator campaign police "
    "government report two women they it he I self-described herself Republican Mr. House Speaker , . : ; ( ) — ’s “ ” "
    "Q A BRANDT: called including nor other May April Read poll / wife office by from"
)


@st.composite
def annotated(draw: st.DrawFn) -> tuple[Article, Annotation]:
    words = draw(st.lists(st.sampled_from([*sorted(WORDS), "\n\n"]), min_size=1, max_size=25))
    starts = [sum(len(word) + 1 for word in words[:k]) for k in range(len(words))]

    def span() -> Span:
        first = draw(st.integers(0, len(words) - 1))
        last = draw(st.integers(first, min(first + 6, len(words) - 1)))
        return starts[first], starts[last] + len(words[last])

    found = [
        Attribution(
            source=tuple(sorted(span() for _ in range(draw(st.integers(0, 2))))),
            cue=(span(),),
            content=(span(),),
            quote="indirect",
            confidence=0.9,
        )
        for _ in range(draw(st.integers(1, 3)))
    ]
    return Article("a", " ".join(words)), Annotation(tuple(found), "test")


@given(annotated())
def test_any_source_has_an_answer(given_: tuple[Article, Annotation]) -> None:
    article, found = given_
    made = resolve(article, found)
    assert len(made.statements) >= len(found.attributions)
    for entity in made.entities:
        for mention in entity.mentions:
            assert 0 <= mention.span[0] < mention.span[1] <= len(article.text)
