"""Who reads for long says so, and nothing is cleaned away under them.

A search is over before what it reads could be removed (see upkeep.KEPT). An export, a check or a query over millions
of rows may not be: it holds a lock on a file of its own, which goes with its process however that ends.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from onrecord.store.place import READERS


@contextmanager
def reading(root: Path) -> Iterator[None]:
    """Keep what is on the record now from being cleaned away. Without effect where the folder cannot be written."""
    path = root / READERS / uuid.uuid4().hex
    lock = FileLock(path)
    try:
        path.parent.mkdir(exist_ok=True)
        lock.acquire()
    except OSError:
        yield
        return
    try:
        yield
    finally:
        lock.release()
        path.unlink(missing_ok=True)


def someone_reads(root: Path) -> bool:
    """Does any process hold such a lock? Files of readers that died are removed."""
    folder = root / READERS
    active = False
    for path in folder.iterdir() if folder.is_dir() else ():
        lock = FileLock(path, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            active = True
            continue
        lock.release()
        path.unlink(missing_ok=True)
    return active
