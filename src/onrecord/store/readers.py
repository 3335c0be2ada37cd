"""Who reads for long says so, and nothing is cleaned away under them.

A search is over before what it reads could be removed (see upkeep.KEPT). An export, a check or a query over millions
of rows may not be. In a folder it holds a lock on a file of its own, which goes with its process however that ends; on
object storage it keeps an object of its own fresh.
"""

from contextlib import AbstractContextManager

from onrecord.store.place import Root, storage


def reading(root: Root) -> AbstractContextManager[None]:
    """Keep what is on the record now from being cleaned away. Without effect where nothing may be written."""
    return storage(root).reading()


def someone_reads(root: Root) -> bool:
    """Does anybody? Only for who holds the lock: what readers that died left is removed."""
    return storage(root).someone_reads()
