"""Windows that were read already: dozens of outlets carry wire copy word for word, and it need not be read again."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock

from onrecord.annotate.antecedents import Pointing
from onrecord.annotate.decode import Found
from onrecord.annotate.windows import Window

WINDOWS = 4096
"""Windows kept; a few kilobytes each."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one window holds, in indexes of its own words: it means the same wherever the same words stand."""

    found: tuple[Found, ...]
    pointing: tuple[Pointing, ...]


class Memory:
    """The last windows of one model, the least recently met forgotten first. Threads may share it."""

    def __init__(self, size: int = WINDOWS) -> None:
        self.size = size
        self.read = 0
        """Windows that the network read."""
        self.recalled = 0
        """Windows that it did not have to read again."""
        self._kept: OrderedDict[bytes, Reading] = OrderedDict()
        self._lock = Lock()

    def recall(self, windows: Sequence[Window], read: Callable[[list[Window]], list[Reading]]) -> list[Reading]:
        """What each window holds: remembered, or else read, together with the others that are new, and kept."""
        keys = [fingerprint(window) for window in windows]
        with self._lock:
            known = {key: self._kept[key] for key in keys if key in self._kept}
            for key in known:
                self._kept.move_to_end(key)
        new = {key: window for key, window in zip(keys, windows, strict=True) if key not in known}
        readings = dict(zip(new, read(list(new.values())) if new else (), strict=True))
        with self._lock:
            self.read += len(new)
            self.recalled += len(keys) - len(new)
            self._kept.update(readings)
            while len(self._kept) > self.size:
                self._kept.popitem(last=False)
        known.update(readings)
        return [known[key] for key in keys]

    def forget(self) -> None:
        """Everything, and the counts with it."""
        with self._lock:
            self._kept.clear()
            self.read = self.recalled = 0


def fingerprint(window: Window) -> bytes:
    """16 bytes that stand for all that the network is given, and for the part of it that is the window's own."""
    words, begin, end = window.words, window.begin, window.end
    first = words.first[begin : end + 1]
    digest = blake2b(digest_size=16)
    for array in (words.pieces[first[0] : first[-1]], words.feature[begin:end], first - first[0]):
        digest.update(array.tobytes())
        digest.update(b"|")
    digest.update(f"{window.core_begin - window.begin} {window.core_end - window.begin}".encode())
    return digest.digest()
