"""Garbage is looked for seldom while trails are gathered, and as before afterwards."""

import gc

import pytest

from onrecord.trails.collecting import collecting_seldom


def test_seldom_and_then_as_before() -> None:
    before = gc.get_threshold()
    with collecting_seldom():
        assert gc.get_threshold()[0] > 100 * before[0]
    assert gc.get_threshold() == before


def test_as_before_after_an_error_too() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyError), collecting_seldom():
        raise KeyError
    assert gc.get_threshold() == before
