"""The archive as programs use it: open one, add records, get them back, find statements, ask in SQL.

>>> from onrecord.store.archive import Archive
>>> archive = Archive.open_or_make(Path("news.archive"))
>>> archive.add(records)
>>> archive.search('"sanctions regime"', Filters(speaker="Lavrov"))
>>> archive.sql("select speaker, count(*) from statements group by 1").to_pandas()
"""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from onrecord.errors import ArchiveError, NotAnArchive
from onrecord.records import Article, Record
from onrecord.store.adding import Added, State, add, standing, states
from onrecord.store.faults import Vanished, guarded
from onrecord.store.filters import Filters
from onrecord.store.folder import HEAD
from onrecord.store.importing import import_all
from onrecord.store.info import Info, info
from onrecord.store.jsonform import clean_text, content_hash, record_from_dict
from onrecord.store.migrations import bring_up_to_date
from onrecord.store.notes import Decision, Run, decisions, note_decision, note_run
from onrecord.store.place import Root, is_free, new_head, read_head, storage, write_head
from onrecord.store.readers import reading
from onrecord.store.reading import all_records, records_of
from onrecord.store.search import Facets, Page, facets, search
from onrecord.store.sql import Answer, ask
from onrecord.store.tables import Snapshot, make_tables, quoted, session
from onrecord.store.transfer import write_export
from onrecord.store.upkeep import NONE, keep_up, settle
from onrecord.store.verify import faults
from onrecord.store.vocabulary import Known
from onrecord.store.writing import locked, writing

Result = TypeVar("Result")


class Archive:
    """One place with everything that is on the record. Any number of processes may use it at once.

    It is a folder, or an address of object storage as `place` makes them.
    """

    def __init__(self, root: Root) -> None:
        """Use `open`, `make` or `open_or_make`, which check the folder first."""
        self.root = root
        self._session = session()
        self._snapshot: Snapshot | None = None
        self._known = Known()

    @classmethod
    def open(cls, root: Root) -> "Archive":
        """The archive in a folder, brought up to this version's format if it is older.

        Raises NotAnArchive, NewerArchive, DamagedArchive or StorageError.
        """
        bring_up_to_date(root)
        return cls(root)

    @classmethod
    def make(cls, root: Root) -> "Archive":
        """A new, empty archive. Raises NotAnArchive when the folder holds something else."""
        if not is_free(root):
            raise NotAnArchive(root, f"not empty and not an archive (no {HEAD} in it); name another folder")
        storage(root).make()
        with locked(root), guarded(root):
            if not storage(root).has_head():  # another process may have made it while we waited
                write_head(root, new_head(make_tables(root)))
        return cls(root)

    @classmethod
    def open_or_make(cls, root: Root) -> "Archive":
        """The archive in a folder, a new one where there is nothing."""
        return cls.open(root) if storage(root).has_head() else cls.make(root)

    @property
    def snapshot(self) -> Snapshot:
        """What is on the record now. The same object for as long as nothing is written."""
        head = read_head(self.root)
        if self._snapshot is None or self._snapshot.head.sequence != head.sequence:
            self._snapshot = Snapshot(self.root, head, self._session, self._snapshot)
        return self._snapshot

    def add(self, records: Sequence[Record]) -> Added:
        """Put a batch of records on the record, all or none; safe from any number of processes.

        An article that is there, read by the same model, changes nothing. One whose text or fields differ becomes a
        new version; the old one is kept. One that another model read has its statements replaced. Indexes and files
        are looked after when due. Raises ArchiveBusy and StorageError.
        """
        with writing(self.root, self._session) as transaction:
            added = add(transaction, records, self._known)
            keep_up(transaction)
        return added

    def missing(self, articles: Sequence[Article], model: str | None) -> list[Article]:
        """Those of these articles that `add` would not leave unchanged, given this model: read only these."""
        known = self._read(lambda now: states(now.afar, [article.id for article in articles]))
        return [
            a for a in articles if known.get(clean_text(a.id), State()).outcome(content_hash(a), model) != "unchanged"
        ]

    def standing(self, model: str | None) -> Iterator[tuple[str, str]]:
        """Id and content hash of all that `add` would leave unchanged, given this model: what `missing` tells of a few
        articles, for whoever reads where the archive is not at hand."""
        with reading(self.root):
            yield from standing(self.snapshot, model)

    def read_by_others(self, model: str | None) -> list[str]:
        """The ids of the articles that another model than this one read, in the order of adding."""
        where = f"model IS NULL OR model != {quoted(model)}" if model else "model IS NOT NULL"
        return self._read(lambda now: [str(id_) for id_ in now.rows("articles", where, ["id"])["id"].to_pylist()])

    def articles(self, ids: Sequence[str], at_once: int = 64) -> Iterator[Article]:
        """These articles as they are when their turn comes, `at_once` in memory; those not there are left out."""
        for at in range(0, len(ids), at_once):
            records = self._read(partial(_records, ids=ids[at : at + at_once]))
            yield from (record.article for record in records)

    def record(self, article: str, version: int | None = None) -> Record | None:
        """The record of an article: the current one, or that of an older version; None when it is not there."""
        return self._read(lambda now: _record(now, article, version))

    def versions(self, article: str) -> list[int]:
        """The versions of an article that are kept, oldest first; the last one is the current one."""
        return self._read(lambda now: _versions(now, article))

    def records(self) -> Iterator[Record]:
        """Every current record, in the order of adding."""
        with reading(self.root):
            yield from all_records(self.snapshot)

    def search(
        self, query: str | None, filters: Filters | None = None, *, limit: int = 20, cursor: str | None = None
    ) -> Page:
        """Statements whose content answers a query (see query.py), best first; without one, the newest first.

        `cursor` is the one that the page before gave. Raises BadQuery.
        """
        return self._read(lambda now: search(now, query, filters or Filters(), limit, cursor))

    def facets(self, query: str | None, filters: Filters | None = None, *, top: int = 10) -> Facets:
        """How many statements answer a query, by speaker, outlet, quotation, topic and month. Raises BadQuery."""
        return self._read(lambda now: facets(now, query, filters or Filters(), top))

    def sql(self, query: str) -> Answer:
        """The answer to one SELECT over the tables, read-only. Raises BadQuery."""
        with reading(self.root):
            return self._read(lambda now: ask(now, query))

    def note_run(self, run: Run) -> None:
        """Write down a run that added articles."""
        with writing(self.root, self._session) as transaction:
            note_run(transaction, run)
            transaction.commit()

    def decide(self, decision: Decision, check: Callable[[list[Decision]], object] | None = None) -> None:
        """Write down what a person decided.

        `check` is given all decisions before it while nobody else writes; what it raises keeps this one off the record.
        """
        with writing(self.root, self._session) as transaction:
            if check:
                check(decisions(transaction.before))
            note_decision(transaction, decision)
            transaction.commit()

    def decisions(self) -> list[Decision]:
        """What people decided, oldest first."""
        return self._read(decisions)

    def info(self) -> Info:
        """What it holds, in figures."""
        return self._read(info)

    def faults(self) -> Iterator[str]:
        """What is wrong with it, one line each; nothing when it is whole."""
        with reading(self.root):
            yield from faults(self.snapshot)

    def export(self, folder: Path) -> dict[str, int]:
        """Write all of it into a folder as Parquet and JSON lines and return the rows of each table."""
        with reading(self.root):
            return self._read(lambda now: write_export(now, folder))

    def import_from(self, folder: Path) -> int:
        """Take an export into this archive, which must be empty, all or nothing; returns how many articles.

        Raises ArchiveError when it is not empty, and InputError when the folder holds no export.
        """
        with writing(self.root, self._session) as transaction:
            if any(transaction.before.count(name) for name in ("articles", "past", "decisions", "runs")):
                raise ArchiveError(self.root, "not empty; import into a new archive (--archive DIR)")
            articles = import_all(transaction, folder)
            transaction.commit()
            keep_up(transaction)
        return articles

    def settle(self) -> None:
        """Leave the archive small at the end of a run; what is due then costs in proportion to what was added."""
        with writing(self.root, self._session) as transaction:
            settle(transaction)

    def tidy(self) -> None:
        """Put all small files together and every row into the indexes, due or not."""
        with writing(self.root, self._session) as transaction:
            settle(transaction, NONE)

    def _read(self, what: Callable[[Snapshot], Result]) -> Result:
        """Do it on the newest snapshot; once more if its files were cleaned away under our hands."""
        try:
            return what(self.snapshot)
        except Vanished:
            self._snapshot = None
            return what(self.snapshot)


def _records(now: Snapshot, ids: Sequence[str]) -> list[Record]:
    return list(records_of(now, ids))


def _record(now: Snapshot, article: str, version: int | None) -> Record | None:
    current = next(records_of(now, [article]), None)
    if version is None or current is None:
        return current
    if _versions(now, article)[-1] == version:
        return current
    old: list[dict[str, Any]] = now.rows("past", f"article = {quoted(article)} AND version = {version}").to_pylist()
    return record_from_dict(json.loads(old[0]["record"])) if old else None


def _versions(now: Snapshot, article: str) -> list[int]:
    past = now.rows("past", f"article = {quoted(article)}", ["version"])["version"].to_pylist()
    current = now.rows("articles", f"id = {quoted(article)}", ["version"])["version"].to_pylist()
    return sorted(int(v) for v in past + current)
