"""What the processes of one run on a cluster share: which articles were met, and what was begun and not ended.

One of these lives in a process beside the driver's own, asked a few times for every chunk of articles, never for
every article, but after a death.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

TRIES = 3
"""Times that something may kill the process that reads it."""
DIGEST = 16
_GROUP = 40
"""Bits for an article's place within its group."""
Digests = npt.NDArray[np.bytes_]
"""(n,) of 16 bytes each"""


def digest(id_: str, content: str) -> bytes:
    """16 bytes that stand for one version of an article: its id, and the hash of all that was read of it."""
    return blake2b(f"{id_}\n{content}".encode(), digest_size=DIGEST).digest()


def digests(found: Sequence[bytes]) -> Digests:
    """Digests in the form in which a register takes what stands already: sorted."""
    return np.sort(np.array(found, f"S{DIGEST}"))


class Register:
    """The memory of one run."""

    def __init__(self, standing: Digests) -> None:
        """`standing`: the digests of what is on the record already, sorted."""
        self._standing = standing
        self._met: dict[bytes, int] = {}
        self._open: Counter[Hashable] = Counter()

    def fresh(self, place: tuple[int, int], found: Sequence[bytes]) -> list[bool]:
        """Which of the articles that stand from a place on are to be read: those met for the first time.

        `place` is (group of sources, articles before). A process that died is followed by another that asks again from
        the same places, and is given the same answer.
        """
        first = (place[0] << _GROUP) + place[1]  # one number: a pair would take half of the register's memory
        new = ~self._stand(np.array(found, f"S{DIGEST}"))
        return [bool(new[n]) and self._met.setdefault(one, first + n) == first + n for n, one in enumerate(found)]

    def begin(self, what: Hashable) -> int:
        """Note that it is begun; says how many times it has been, since it was last ended."""
        self._open[what] += 1
        return self._open[what]

    def end(self, what: Hashable) -> None:
        """Note that it is done."""
        self._open.pop(what, None)

    def _stand(self, found: Digests) -> npt.NDArray[np.bool_]:
        if not len(self._standing):
            return np.zeros(len(found), bool)
        at = np.minimum(np.searchsorted(self._standing, found), len(self._standing) - 1)
        return np.asarray(self._standing[at] == found)
