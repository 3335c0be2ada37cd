"""Pointers from pronouns to the words they mean, on scores made by hand."""

import numpy as np

from onrecord.annotate.antecedents import POINTER, antecedent, asked, barred, pointers, pointings
from onrecord.annotate.windows import Window
from onrecord.annotate.words import Words, word_blocks
from onrecord.records import Antecedent

TEXT = "Ada Brandt met him. She smiled at Ivo Okoro."
ADA, HIM, SHE, IVO = 0, 3, 5, 8


def words_of(text: str = TEXT) -> Words:
    return next(word_blocks(text))


def links_for(asks: dict[int, int], n: int) -> np.ndarray:
    """Links in which each pronoun asks for the very word it is given; every other word answers nobody."""
    links = np.zeros((n, 2 * POINTER + 1), np.float32)
    for dimension, (pronoun, word) in enumerate(asks.items()):
        links[pronoun, dimension] = links[word, POINTER + dimension] = 10.0
    return links


def antecedents(window: Window, links: np.ndarray, distance: np.ndarray) -> list[Antecedent]:
    return [antecedent(window, pointing) for pointing in pointings(window, links, distance)]


NO_DISTANCE = np.zeros(2 * 254 + 1, np.float32)


def test_pronouns_of_the_third_person_are_asked_for_and_all_pronouns_are_barred() -> None:
    words = words_of("I saw him and her hat; it was hers.")
    text = "I saw him and her hat; it was hers."
    said = [text[a:b] for a, b in zip(words.start.tolist(), words.end.tolist(), strict=True)]
    assert [w for w, yes in zip(said, asked(words, 0, len(words)), strict=True) if yes] == ["him", "her", "it", "hers"]
    assert next(w for w, yes in zip(said, barred(words, 0, len(words)), strict=True) if yes) == "I"


def test_each_pronoun_points_to_the_word_that_answers_it() -> None:
    words = words_of()
    window = Window(words, 0, len(words), 0, len(words))
    him, she = antecedents(window, links_for({HIM: IVO, SHE: ADA}, len(words)), NO_DISTANCE)
    assert (TEXT[slice(*him.pronoun)], TEXT[slice(*she.pronoun)]) == ("him", "She")
    assert [TEXT[slice(*span)] for span, share in him.words if share > 0.5] == ["Ivo"]
    assert [TEXT[slice(*span)] for span, share in she.words if share > 0.5] == ["Ada"]


def test_shares_of_words_and_of_nothing_add_up_and_pronouns_get_none() -> None:
    n = len(words_of())
    out = barred(words_of(), 0, n)
    shares = pointers(links_for({SHE: ADA}, n), np.array([HIM, SHE]), out, NO_DISTANCE)
    assert shares.shape == (2, n + 1)
    assert np.allclose(shares.sum(1), 1.0)
    assert shares[:, [HIM, SHE]].max() < 1e-6


def test_a_pronoun_that_asks_for_nothing_in_view_says_so() -> None:
    words = words_of()
    links = links_for({}, len(words))
    links[SHE, -1] = 12.0
    _, she = antecedents(Window(words, 0, len(words), 0, len(words)), links, NO_DISTANCE)
    assert she.none > 0.99
    assert she.words == ()


def test_only_pronouns_of_the_core_are_answered() -> None:
    words = words_of()
    window = Window(words, 0, len(words), 4, len(words))
    assert [TEXT[slice(*a.pronoun)] for a in antecedents(window, links_for({}, len(words)), NO_DISTANCE)] == ["She"]


def test_distance_decides_between_equal_words() -> None:
    words = words_of()
    near = NO_DISTANCE.copy()
    near[254 + 1 :] = -np.arange(254, dtype=np.float32)  # the further behind the pronoun, the less
    (*_, she) = antecedents(Window(words, 0, len(words), 0, len(words)), links_for({}, len(words)), near)
    before = {TEXT[slice(*span)]: share for span, share in she.words}
    assert before.get(".", 0.0) > before.get("Ada", 0.0)
