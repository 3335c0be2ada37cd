import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")

import torch

from onrecord.training.network import WIDTH, Heads


def test_deeper_pointers_say_at_first_what_they_said_before() -> None:
    heads, words = Heads(), torch.randn(1, 7, WIDTH)
    before = heads(words)
    added = list(heads.deepen_pointers())
    for old, new in zip(before, heads(words), strict=True):
        torch.testing.assert_close(new, old)
    assert {id(p) for p in added} < {id(p) for p in heads.parameters()}
