"""Scores of one window to attributions, on hand-made scores."""

import itertools
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.decode import (
    KEY,
    Floats,
    Found,
    PartHead,
    Scores,
    Settings,
    candidates,
    chain,
    decode,
    part_probabilities,
    pieces,
    shared_out,
    softmax,
)
from onrecord.annotate.windows import PIECES

SURE = 8.0
PLAIN = Settings(cue_floor=0.2, switch=0.5, threshold=0.0, weights=(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))


def test_softmax_sums_to_one() -> None:
    assert np.allclose(softmax(np.array([[1.0, 2.0, 900.0]], np.float32)).sum(-1), 1)


def test_pieces_are_runs() -> None:
    chosen = np.array([[1, 1, 0, 1, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0], [0, 0, 1, 1, 0, 0, 0]], bool)
    assert pieces(chosen) == [((0, 2), (3, 4), (6, 7)), (), ((2, 4),)]


def test_a_weak_hole_in_content_is_filled_when_changing_costs() -> None:
    sure, weak = (0.01, 0.01, 0.98), (0.55, 0.0, 0.45)
    parts = np.array([[sure, weak, sure]], np.float32)
    flat = np.zeros((3, 4), np.float32)
    assert chain([parts], [flat], 0.0)[0].tolist() == [[2, 0, 2]]
    assert chain([parts], [flat], 1.0)[0].tolist() == [[2, 2, 2]]


def test_an_edge_moves_to_where_contents_begin() -> None:
    undecided = (0.5, 0.0, 0.5)
    parts = np.array([[(0.9, 0.0, 0.1), undecided, undecided, (0.1, 0.0, 0.9)]], np.float32)
    for begins in (1, 2, 3):
        edges = np.full((4, 4), -3.0, np.float32)
        edges[begins, 2] = 0.0
        assert chain([parts], [edges], 0.0)[0][0].tolist() == [0] * begins + [2] * (4 - begins)


@given(st.integers(0, 2**32 - 1))
def test_the_chain_finds_the_best_of_all_paths(seed: int) -> None:
    rng = np.random.default_rng(seed)
    parts = softmax(rng.normal(size=(2, 5, 3)).astype(np.float32) * 2)
    edges = rng.uniform(-1.5, 1.0, (5, 4)).astype(np.float32)  # all likely, so that no words are taken as one
    for probabilities, path in zip(parts, chain([parts], [edges], 0.25)[0], strict=True):
        best = max(worth(probabilities, edges - 0.25, p) for p in itertools.product(range(3), repeat=5))
        assert np.isclose(worth(probabilities, edges - 0.25, tuple(path.tolist())), best, atol=1e-4)


shapes = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 9)), min_size=1, max_size=4)


@given(shapes, st.integers(0, 2**32 - 1))
def test_windows_together_have_the_paths_that_each_has_alone(sizes: list[tuple[int, int]], seed: int) -> None:
    rng = np.random.default_rng(seed)
    parts = [softmax(rng.normal(size=(cues, words, 3)).astype(np.float32) * 2) for cues, words in sizes]
    edges = [rng.normal(-1.5, 2.0, (words, 4)).astype(np.float32) for _, words in sizes]
    alone = [chain([p], [e], 0.25)[0].tolist() for p, e in zip(parts, edges, strict=True)]
    assert [paths.tolist() for paths in chain(parts, edges, 0.25)] == alone


def worth(parts: Floats, edges: Floats, path: tuple[int, ...]) -> float:
    """Score of a path: of its words, and of what begins and ends between them."""
    total = sum(float(np.log(p[k])) for p, k in zip(parts, path, strict=True))
    for t, (before, here) in enumerate(itertools.pairwise(path), 1):
        if before != here:
            total += float(edges[t, 2 * before - 1]) if before else 0.0
            total += float(edges[t, 2 * here - 2]) if here else 0.0
    return total


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


def scores(roles: Floats, pairs: Floats) -> Scores:
    """With no edge likelier than another."""
    return Scores(roles, np.zeros((len(roles), 4), np.float32), pairs, pairs[:, :0], np.zeros(len(roles), bool))


def decode_one(given: Scores, head: PartHead, settings: Settings) -> list[Found]:
    (found,) = decode([given], head, settings)
    return found


@given(st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_parts_are_the_softmax_of_a_layer_over_word_cue_and_distance(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    pairs = rng.normal(size=(n, 2 * 3 + 4 * KEY)).astype(np.float32)
    distance, weight, bias = (rng.normal(size=s).astype(np.float32) for s in ((2 * PIECES + 1, 3), (3, 5), 5))
    found = part_probabilities(pairs, range(n), PartHead(distance, weight, bias))
    word, cue, keys, queries = np.split(pairs, [3, 6, 6 + 2 * KEY], axis=1)
    for at, k in itertools.product(range(n), repeat=2):
        logits = np.maximum(word[k] + cue[at] + distance[PIECES + k - at], 0) @ weight + bias
        logits[1:3] += keys[k, :KEY] @ queries[at, :KEY] / 8
        logits[3:5] += keys[k, KEY:] @ queries[at, KEY:] / 8
        none, *source, begins, inside = softmax(logits)
        assert np.allclose(found[at, k], (none, sum(source), begins + inside), atol=1e-4)


def test_parts_given_a_cue() -> None:
    pairs, head = scene(5, cue=1, source=[0], content=[2, 3])
    assert part_probabilities(pairs, [1], head)[0].argmax(-1).tolist() == [1, 0, 2, 2, 0]


def test_distance_from_the_cue_counts() -> None:
    pairs, head = scene(5, cue=2, source=[], content=[])
    head.distance[PIECES - 1] = (5.0, 0.0, 0.0)  # the word before the cue: its source
    assert part_probabilities(pairs, [2], head)[0].argmax(-1).tolist() == [0, 1, 0, 0, 0]


def test_source_and_content_may_be_in_pieces() -> None:
    pairs, head = scene(8, cue=3, source=[2], content=[0, 1, 5, 6])
    (found,) = decode_one(scores(roles(8, [3]), pairs), head, PLAIN)
    assert (found.source, found.cue, found.content) == (((2, 3),), (3, 4), ((0, 2), (5, 7)))


def test_a_cue_without_content_is_no_attribution() -> None:
    pairs, head = scene(4, cue=1, source=[0], content=[])
    assert decode_one(scores(roles(4, [1]), pairs), head, PLAIN) == []


def test_unlikely_ones_are_dropped() -> None:
    pairs, head = scene(4, cue=1, source=[0], content=[2, 3])
    (found,) = decode_one(scores(roles(4, [1]), pairs), head, PLAIN)
    high = replace(PLAIN, threshold=found.confidence + 1e-6)
    assert decode_one(scores(roles(4, [1]), pairs), head, high) == []


def test_quoted_ones_are_dropped_later() -> None:
    pairs, head = scene(4, cue=1, source=[0], content=[2, 3])
    given = scores(roles(4, [1]), pairs)
    strict = replace(PLAIN, threshold=1.0, quoted_threshold=0.0)
    assert decode_one(given, head, strict) == []
    assert len(decode_one(replace(given, quoted=np.array([False, False, True, True])), head, strict)) == 1


def test_of_two_cues_with_the_same_words_the_likelier_stays() -> None:
    pairs, head = scene(6, cue=1, source=[0], content=[3, 4])
    pairs[2, 3:6] = 0.0
    both = roles(6, [1, 2])
    both[2, 0] = SURE - 1.0
    (found,) = decode_one(scores(both, pairs), head, PLAIN)
    assert found.cue == (1, 2)


def test_a_word_two_cues_claim_is_left_to_the_better_claim() -> None:
    parts = np.array([[[0.1, 0, 0.9], [0.3, 0, 0.7]], [[0.8, 0, 0.2], [0.1, 0, 0.9]]], np.float32)
    left = shared_out(parts, [0.9, 0.9])
    assert left.argmax(-1).tolist() == [[2, 0], [0, 2]]
    assert np.allclose(left.sum(-1), 1)
    assert shared_out(parts, [0.9, 0.2])[0, 1].argmax() == 2, "a cue that hardly is one takes nothing"


def test_no_cue_no_attribution() -> None:
    pairs, head = scene(3, cue=1, source=[0], content=[2])
    assert decode_one(scores(roles(3, []), pairs), head, PLAIN) == []


def test_windows_are_decoded_together_as_each_alone() -> None:
    pairs, head = scene(8, cue=3, source=[2], content=[0, 1, 5, 6])
    windows = [scores(roles(n, cues), pairs[:n]) for n, cues in ((8, [3]), (5, []), (7, [3]), (4, [3]))]
    together = decode(windows, head, PLAIN)
    assert together == [decode_one(window, head, PLAIN) for window in windows]
    assert [len(found) for found in together] == [1, 0, 1, 1]


def test_found_is_a_plain_record() -> None:
    assert Found((), (0, 1), ((1, 2),), 0.5) == Found((), (0, 1), ((1, 2),), 0.5)
