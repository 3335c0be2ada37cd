"""Older archives brought up to this version's format.

One step a released format: it gets a transaction, changes tables, and says nothing of the format. All steps and the
new format's number become true with one replacement of the head, so an archive is never half migrated.
"""

from collections.abc import Callable, Iterator, Mapping

import pyarrow as pa

from onrecord.errors import DamagedArchive
from onrecord.records import Record
from onrecord.store.adding import write_versions
from onrecord.store.jsonform import clean_text
from onrecord.store.place import FORMAT, Root, read_head
from onrecord.store.reading import Row, grouped, record_of
from onrecord.store.rows import Version, storable
from onrecord.store.schema import OF_AN_ARTICLE, TABLES
from onrecord.store.tables import Snapshot, make_table
from onrecord.store.vocabulary import Known
from onrecord.store.writing import Transaction, writing

Step = Callable[[Transaction], None]
_AT_ONCE = 500
_LABELS = ("about_codes", "through", "topics")
_OF_FORMAT_3 = ("topic_ten_thousandths", "stance_numbers", "meaning")


def _write_anew(transaction: Transaction) -> None:
    """From format 1, which stored names, sources and confidences with every statement, and packed no strings.

    What format 1 calls the columns of a record is what readers see now, so its rows are read back as records, and
    those are written again. The old versions of the tables stay until the new ones are on the record.
    """
    old = transaction.before
    known = Known()
    for name in TABLES:
        transaction.made(name, make_table(transaction.root, name))
    for batch in old.batches("articles", ["id", "version", "previous", "hash", "added"], _AT_ONCE):
        places = {row["id"]: row for row in batch.to_pylist()}
        versions = []
        for record in _records(old, list(places)):
            place = places[clean_text(record.article.id)]
            kept, exact = storable(record)
            versions.append(Version(kept, exact, place["version"], place["previous"], place["hash"], place["added"]))
        write_versions(transaction, versions, known)
        known.catch_up(transaction.now)
    for name in ("past", "decisions", "runs"):
        for batch in old.batches(name, size=_AT_ONCE):
            transaction.append(name, pa.Table.from_batches([batch]).cast(TABLES[name].schema))


def _records(old: Snapshot, ids: list[str]) -> Iterator[Record]:
    """The records of format 1, in the order of adding."""
    parts = {name: grouped(_read(old, name, ids)) for name in OF_AN_ARTICLE}
    rows = {row["id"]: row for row in old.rows_of("articles", "id", ids).to_pylist()}
    for id_ in ids:
        yield record_of(rows[id_], *(parts[name].get(id_, []) for name in OF_AN_ARTICLE))


def _read(old: Snapshot, name: str, ids: list[str]) -> list[Row]:
    later = dict.fromkeys(_OF_FORMAT_3 if name == "statements" else ())
    return [{**later, **row} for row in old.rows_of(name, "article", ids).to_pylist()]


def _add_topics_and_stances(transaction: Transaction) -> None:
    """From format 2, whose statements had neither stances nor meanings, and topics without confidences.

    Adding columns without values writes no file. Where format 1 was written anew, they are there.
    """
    table = transaction.newest("statements")
    if missing := [field for field in TABLES["statements"].schema if field.name not in table.schema.names]:
        table.add_columns(pa.schema(missing))
        transaction.changed("statements")


def _shorten_meanings_and_find_labels(transaction: Transaction) -> None:
    """From format 3, whose meanings were three times as long (they are made anew when the archive is reread), and whose
    lists of labels were packed, so that their indexes were not asked.
    """
    table, field = transaction.newest("statements"), TABLES["statements"].schema.field("meaning")
    if table.schema.field("meaning").type != field.type:
        table.drop_columns(["meaning"])
        table.add_columns(pa.schema([field]))
        table.update_field_metadata({f"{name}.item": {} for name in _LABELS}, replace=True)
        transaction.changed("statements")


STEPS: Mapping[int, Step] = {1: _write_anew, 2: _add_topics_and_stances, 3: _shorten_meanings_and_find_labels}
"""From which format: what to do to reach the next."""


def bring_up_to_date(root: Root, steps: Mapping[int, Step] = STEPS, target: int = FORMAT) -> bool:
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
