"""Scores of one window to attributions, on hand-made scores."""

import numpy as np

from onrecord.annotate.decode import (
    KEY,
    Floats,
    Found,
    PartHead,
    Settings,
    candidates,
    decode,
    part_probabilities,
    pieces,
    smooth,
    softmax,
)
from onrecord.annotate.windows import PIECES

SURE = 8.0
PLAIN = Settings(cue_floor=0.2, switch=0.5, threshold=0.0, weights=(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))


def test_softmax_sums_to_one() -> None:
    assert np.allclose(softmax(np.array([[1.0, 2.0, 900.0]], np.float32)).sum(-1), 1)


def test_pieces_are_runs() -> None:
    assert pieces(np.array([1, 1, 0, 1, 0, 0, 1], bool)) == ((0, 2), (3, 4), (6, 7))
    assert pieces(np.zeros(3, bool)) == ()


def test_a_weak_hole_in_content_is_filled_when_changing_costs() -> None:
    sure, weak = (0.01, 0.01, 0.98), (0.55, 0.0, 0.45)
    parts = np.array([sure, weak, sure], np.float32)
    assert smooth(parts, 0.0).tolist() == [2, 0, 2]
    assert smooth(parts, 1.0).tolist() == [2, 2, 2]


def roles(n: int, begins: list[int], inside: list[int] = []) -> Floats:  # noqa: B006 - never changed
    """Logits (n, 7) that are sure of where cues begin and go on, and of O elsewhere."""
    out = np.zeros((n, 7), np.float32)
    out[:, 0] = SURE
    for index, tag in [*((b, 3) for b in begins), *((i, 4) for i in inside)]:
        out[index, 0], out[index, tag] = 0, SURE
    return out


def test_a_cue_runs_over_the_words_inside_it() -> None:
    found = candidates(softmax(roles(6, [1, 4], inside=[2])), floor=0.2)
    assert [span for span, _ in found] == [(1, 3), (4, 5)]
    assert all(p > 0.9 for _, p in found)


def scene(n: int, cue: int, source: list[int], content: list[int]) -> tuple[Floats, PartHead]:
    """Pairs and a head under which, given the word `cue`, the listed words are its source and content."""
    pairs = np.zeros((n, 2 * 3 + 4 * KEY), np.float32)
    pairs[:, 2] = 1.0  # hidden unit 2 says O
    for word in source:
        pairs[word, :3] = (1.0, 0.0, 0.0)
    for word in content:
        pairs[word, :3] = (0.0, 1.0, 0.0)
    pairs[:, 3:6] = -1.0  # any other word as a cue silences every unit
    pairs[cue, 3:6] = 0.0
    weight = np.zeros((3, 5), np.float32)
    weight[0, 1] = weight[1, 3] = weight[2, 0] = SURE
    return pairs, PartHead(np.zeros((2 * PIECES + 1, 3), np.float32), weight, np.zeros(5, np.float32))


def test_parts_given_a_cue() -> None:
    pairs, head = scene(5, cue=1, source=[0], content=[2, 3])
    assert part_probabilities(pairs, [1], head)[0].argmax(-1).tolist() == [1, 0, 2, 2, 0]


def test_distance_from_the_cue_counts() -> None:
    pairs, head = scene(5, cue=2, source=[], content=[])
    head.distance[PIECES - 1] = (5.0, 0.0, 0.0)  # the word before the cue: its source
    assert part_probabilities(pairs, [2], head)[0].argmax(-1).tolist() == [0, 1, 0, 0, 0]


def test_source_and_content_may_be_in_pieces() -> None:
    pairs, head = scene(8, cue=3, source=[2], content=[0, 1, 5, 6])
    (found,) = decode(roles(8, [3]), pairs, head, PLAIN)
    assert (found.source, found.cue, found.content) == (((2, 3),), (3, 4), ((0, 2), (5, 7)))


def test_a_cue_without_content_is_no_attribution() -> None:
    pairs, head = scene(4, cue=1, source=[0], content=[])
    assert decode(roles(4, [1]), pairs, head, PLAIN) == []


def test_unlikely_ones_are_dropped() -> None:
    pairs, head = scene(4, cue=1, source=[0], content=[2, 3])
    (found,) = decode(roles(4, [1]), pairs, head, PLAIN)
    high = Settings(0.2, 0.5, found.confidence + 1e-6, PLAIN.weights)
    assert decode(roles(4, [1]), pairs, head, high) == []


def test_of_two_cues_with_the_same_words_the_likelier_stays() -> None:
    pairs, head = scene(6, cue=1, source=[0], content=[3, 4])
    pairs[2, 3:6] = 0.0
    both = roles(6, [1, 2])
    both[2, 0] = SURE - 1.0
    (found,) = decode(both, pairs, head, PLAIN)
    assert found.cue == (1, 2)


def test_no_cue_no_attribution() -> None:
    pairs, head = scene(3, cue=1, source=[0], content=[2])
    assert decode(roles(3, []), pairs, head, PLAIN) == []


def test_found_is_a_plain_record() -> None:
    assert Found((), (0, 1), ((1, 2),), 0.5) == Found((), (0, 1), ((1, 2),), 0.5)
