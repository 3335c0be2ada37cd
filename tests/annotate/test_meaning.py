"""Meanings: bits of a text, near where texts say the same."""

from pathlib import Path

import numpy as np
import pytest

from onrecord.annotate import meaning
from onrecord.annotate.meaning import WIDTH, meanings, vectors_in, vectors_of, with_meanings
from onrecord.errors import ModelError
from onrecord.records import MEANING_BITS, Article, Record, Statement

TALKS = "There will be no talks while we are under pressure"
MODEL = Path(meaning.__file__).with_name("model")
needs_table = pytest.mark.skipif(not (MODEL / meaning.TABLE).exists(), reason="the model's files are not here")


def differing(one: str | None, other: str | None) -> int:
    assert one is not None
    assert other is not None
    return (int(one, 16) ^ int(other, 16)).bit_count()


@needs_table
def test_nearer_to_the_same_in_other_words_than_to_something_else() -> None:
    own, other_words, other = meanings([TALKS, "We hold no talks under pressure", "Wheat prices fell 3%"])
    near, far = differing(own, other_words), differing(own, other)
    assert near < far
    assert 0.3 * MEANING_BITS < far < 0.7 * MEANING_BITS, "what has nothing in common differs in about half of its bits"


@needs_table
def test_a_meaning_is_of_its_text_alone() -> None:
    assert len(meanings([TALKS])[0] or "") == MEANING_BITS // 4
    assert meanings([TALKS, "x"])[0] == meanings([TALKS])[0] == meanings([TALKS.upper()])[0]
    assert meanings(["", "\ud800"])[0] is None


@needs_table
def test_other_bits_need_another_version() -> None:
    assert (meaning.VERSION, meanings([TALKS])[0]) == (
        "m1",
        "aa61d2683499bfc60c8b76d3c3a07eb0",
    ), "archives know by the version what to read again: give meaning.py a new one, and these bits with it"


@needs_table
def test_every_statement_of_a_record_gets_one() -> None:
    text = f"{TALKS}, she said. {TALKS}."
    spans = (((0, len(TALKS)),), ((len(TALKS) + 12, len(text) - 1),))
    statements = tuple(Statement(f"s{n}", (), (), s, "direct", None, None, 0.9) for n, s in enumerate(spans))
    first, second = with_meanings(Record(Article("a", text), (), statements)).statements
    assert first.meaning == second.meaning == meanings([TALKS])[0]


@needs_table
def test_vectors_are_of_unit_length_and_the_same_in_a_text_as_alone() -> None:
    alone = vectors_of([TALKS, "Wheat prices fell", ""])
    within = vectors_in(f"{TALKS}. Wheat prices fell", [((0, len(TALKS)),), ((len(TALKS) + 2, len(TALKS) + 19),)])
    assert np.allclose(alone[:2], within, atol=1e-6)
    assert np.linalg.norm(alone, axis=1) == pytest.approx([1, 1, 0])


def test_the_rotation_keeps_lengths_and_stays_the_same() -> None:
    turned = meaning._rotation()
    assert np.allclose(turned.T @ turned, np.eye(MEANING_BITS), atol=1e-5)
    assert turned[0, :3] == pytest.approx((0.000058, -0.015191, -0.054938), abs=1e-5), (
        "archives already hold bits made with this one"
    )


def test_files_that_are_missing_or_do_not_fit_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    meaning._pieces.cache_clear()
    monkeypatch.setattr(meaning, "files", lambda _: tmp_path)
    (tmp_path / "model").mkdir()
    with pytest.raises(ModelError, match="reinstall"):
        meanings([TALKS])
    np.zeros((3, WIDTH), np.uint8).tofile(tmp_path / "model" / meaning.TABLE)
    np.zeros(2, np.uint8).tofile(tmp_path / "model" / meaning.RARITY)
    with pytest.raises(ModelError, match="has 2 wordpieces"):
        meanings([TALKS])
