"""Older archives brought up to this version's format.

One step a released format: it gets a transaction, changes tables, and says nothing of the format. All steps and the
new format's number become true with one replacement of the head, so an archive is never half migrated.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from onrecord.errors import DamagedArchive
from onrecord.store.place import FORMAT, read_head
from onrecord.store.writing import Transaction, writing

Step = Callable[[Transaction], None]

STEPS: Mapping[int, Step] = {}
"""From which format: what to do to reach the next. Empty, for format 1 is the first that was released."""


def bring_up_to_date(root: Path, steps: Mapping[int, Step] = STEPS, target: int = FORMAT) -> bool:
    """Migrate an archive of an older format; says whether there was need.

    Raises NotAnArchive, NewerArchive, and DamagedArchive for a format that no step leads on from.
    """
    if read_head(root, target).format == target:
        return False
    with writing(root) as transaction:
        format_ = transaction.head.format  # another process may have migrated it while we waited for the lock
        while format_ < target:
            if format_ not in steps:
                raise DamagedArchive(root, f"format {format_} was never released; restore it from a backup")
            steps[format_](transaction)
            format_ += 1
        transaction.commit(format=format_)
    return True
