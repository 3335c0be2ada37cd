"""An export back into an empty archive, in one transaction."""

from pathlib import Path

from onrecord.errors import InputError
from onrecord.store.adding import write_versions
from onrecord.store.transfer import KEPT_TABLES, read_export, read_kept, read_past
from onrecord.store.vocabulary import Known
from onrecord.store.writing import Transaction


def import_all(transaction: Transaction, folder: Path) -> int:
    """Append everything of an export and return how many articles; the caller commits. Raises InputError."""
    known, seen = Known(), set[str]()
    for versions in read_export(folder):
        for version in versions:
            if version.record.article.id in seen:
                raise InputError(str(folder), f"article {version.record.article.id!r} is there twice")
            seen.add(version.record.article.id)
        write_versions(transaction, versions, known)
        known.catch_up(transaction.now)
    for rows in read_past(folder):
        transaction.append("past", rows)
    for name in KEPT_TABLES:
        transaction.append(name, read_kept(folder, name))
    return len(seen)
