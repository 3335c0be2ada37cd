"""Python's search for garbage that refers to itself, made seldom while what is made all stays."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MADE = 200_000
"""Objects made before a search; Python's own is 700, and each search goes through millions that stay."""


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """While this is open. For a command of its own: it holds for the whole process."""
    before = gc.get_threshold()
    gc.set_threshold(_MADE, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
