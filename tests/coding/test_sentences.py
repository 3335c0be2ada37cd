from hypothesis import given
from hypothesis import strategies as st

from onrecord.coding.sentences import sentences


def told(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text, [(0, len(text))])]


def test_a_sentence_ends_at_its_mark_and_keeps_its_closing_quotation_mark() -> None:
    assert told("“We will not go.” The minister left. Did he?") == [
        "“We will not go.”",
        "The minister left.",
        "Did he?",
    ]


def test_abbreviations_initials_and_acronyms_within_a_name_end_nothing() -> None:
    assert told("Gen. J. Okello met U.S. Senator Hale on Jan. 3 in Juba.") == [
        "Gen. J. Okello met U.S. Senator Hale on Jan. 3 in Juba."
    ]


def test_an_acronym_ends_a_sentence_where_the_next_word_opens_one() -> None:
    assert told("He flew to the U.S. The talks failed.") == ["He flew to the U.S.", "The talks failed."]


@given(st.text(alphabet="ab. !?\n“”AB", max_size=60))
def test_sentences_lie_in_order_and_lose_nothing_but_space(text: str) -> None:
    spans = list(sentences(text, [(0, len(text))])) if text else []
    edges = [0, *(x for span in spans for x in span), len(text)]
    assert edges == sorted(edges)
    gaps = [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    assert all(not gap.strip() for gap in gaps)
