"""Words and windows: nothing is lost, nothing is seen twice."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate.windows import PIECES, inputs, units, windows
from onrecord.annotate.words import CLS, SEP, Words, pieces_in, pieces_of, tokens_of, word_blocks, words_from
from onrecord.records import cut_out


def words_of(text: str) -> list[str]:
    return [text[a:b] for block in word_blocks(text) for a, b in zip(block.start, block.end, strict=True)]


def test_words_are_runs_of_letters_or_single_marks() -> None:
    assert words_of('"No," said Müller-Ost.') == ['"', "No", ",", '"', "said", "Müller", "-", "Ost", "."]


def test_the_feature_tells_case_paragraph_and_quotation() -> None:
    (block,) = word_blocks('NATO met.\n"Yes" 7')
    case, opens, inside = block.feature % 4, block.feature // 4 % 2, block.feature // 8
    assert case.tolist() == [2, 0, 0, 0, 1, 0, 3]
    assert opens.tolist() == [1, 0, 0, 1, 0, 0, 0]
    assert inside.tolist() == [0, 0, 0, 1, 1, 1, 0]


def test_words_cut_out_of_a_text_are_those_of_the_same_words_alone() -> None:
    text = "ROTTERDAM (AP) — Ada Brandt said:\n“The NATO talks, ‘if any’, failed\nin Zürich.” " + "And so on. " * 5_000
    spans = ((17, 27), (35, 79))
    line = ": ".join(text[start:end] for start, end in spans)
    (alone,) = word_blocks(line, inside=True)
    cut = words_from(line, tokens_of(text, spans, ": "), inside=True)
    for name in ("start", "end", "feature", "opens", "first", "pieces"):
        assert getattr(cut, name).tolist() == getattr(alone, name).tolist()
    assert pieces_in(text, spans, " … ").tolist() == pieces_of(cut_out(text, spans)).tolist()


def test_nothing_is_cut_out_where_no_words_are() -> None:
    assert not len(words_from("", tokens_of("Yes.   No.", ((4, 7),))))


@given(st.text())
def test_any_string_has_words_that_lie_in_it_in_order(text: str) -> None:
    for block in word_blocks(text):
        assert (block.start < block.end).all()
        assert (block.end[:-1] <= block.start[1:]).all()
        assert block.end[-1] <= len(text)
        assert block.first[-1] == len(block.pieces)


@given(st.lists(st.text(st.sampled_from("aé'“ .\u0301\u200b\x1c中\ud800"), max_size=12), min_size=1, max_size=6))
def test_paragraphs_have_the_words_that_each_has_alone(lines: list[str]) -> None:
    alone = [word for line in lines for word in words_of(line)]
    assert words_of("\n".join(lines)) == alone


def test_a_paragraph_longer_than_a_block_opens_once() -> None:
    (block,) = word_blocks("He said so. " * 4_000)
    assert len(block) == 16_000
    assert np.flatnonzero(block.opens).tolist() == [0]


def test_lone_surrogates_do_not_shift_offsets() -> None:
    assert words_of("a \ud800 word")[-1] == "word"


def hand_made(paragraph_sizes: list[int]) -> Words:
    """Words of one piece each, in paragraphs of the given numbers of words."""
    n = sum(paragraph_sizes)
    opens = np.zeros(n, bool)
    opens[np.cumsum([0, *paragraph_sizes[:-1]])] = True
    index = np.arange(n)
    return Words(index * 2, index * 2 + 1, index % 16, opens, np.arange(n + 1), np.full(n, 2000))


sizes = st.lists(st.integers(1, 600), min_size=1, max_size=12)


@given(sizes, st.integers(8, 254), st.integers(0, 60))
@settings(max_examples=60)
def test_cores_partition_the_words_and_lie_in_their_windows(paragraphs: list[int], limit: int, overlap: int) -> None:
    words = hand_made(paragraphs)
    found = list(windows(words, limit, overlap))
    assert found[0].core_begin == 0
    assert found[-1].core_end == len(words)
    assert all(a.core_end == b.core_begin for a, b in pairwise(found))
    assert all(w.begin <= w.core_begin < w.core_end <= w.end for w in found)
    assert all(len(w) <= limit for w in found)


@given(sizes)
def test_units_follow_paragraphs(paragraphs: list[int]) -> None:
    parts = units(hand_made(paragraphs))
    assert [p.begin for p in parts[1:]] == [p.end for p in parts[:-1]]
    assert set(np.cumsum(paragraphs)) <= {p.end for p in parts}
    assert all(p.size <= PIECES for p in parts)


def test_the_encoder_gets_pieces_features_and_first_pieces() -> None:
    words = hand_made([4])
    (window,) = windows(words)
    pieces, features, first = inputs(window)
    assert pieces.tolist() == [CLS, 2000, 2000, 2000, 2000, SEP]
    assert features.tolist() == [16, 0, 1, 2, 3, 16]
    assert first.tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200b"])
def test_nothing_to_read_gives_no_words(text: str) -> None:
    assert words_of(text) == []
