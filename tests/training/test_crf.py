"""The chain's loss against the sum over all paths; needs the extra `train`."""

import itertools

import pytest

torch = pytest.importorskip("torch", reason="training needs the extra `train`")


def test_probabilities_of_all_paths_sum_to_one() -> None:
    from onrecord.training.crf import by_part, path_loss

    torch.manual_seed(0)
    parts, edges = by_part(torch.randn(1, 4, 5)), torch.randn(1, 4, 4)
    paths = torch.tensor(list(itertools.product(range(3), repeat=4)))
    n = len(paths)
    loss = path_loss(parts.expand(n, -1, -1), edges.expand(n, -1, -1), paths, torch.ones(n, 4, dtype=torch.bool))
    assert torch.exp(-loss).sum().item() == pytest.approx(1, abs=1e-4)


def test_padding_changes_nothing() -> None:
    from onrecord.training.crf import by_part, path_loss

    torch.manual_seed(0)
    parts, edges, path = by_part(torch.randn(1, 6, 5)), torch.randn(1, 6, 4), torch.tensor([[0, 1, 2, 2, 0, 0]])
    words = torch.tensor([[True, True, True, True, False, False]])
    short = path_loss(parts[:, :4], edges[:, :4], path[:, :4], words[:, :4])
    assert torch.allclose(path_loss(parts, edges, path, words), short)
