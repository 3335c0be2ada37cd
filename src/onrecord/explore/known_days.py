"""The articles of the days around a statement, made ready for comparing, and kept for the next one of these days.

Making ready is what a trail costs: words, their runs and marks, of all statements of nine days. Fewer will not do:
candidates are found by runs of words that any article may have, and are the best among all. So it is done once for the
days, and what is asked then compares only what hangs together with it.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from onrecord.store.archive import Archive
from onrecord.trails.archived import days_around, records_of, versions_of
from onrecord.trails.trails import Trail, Trails

KEPT = 3
"""Spans of days that are kept; those asked for longest ago go first."""
STATEMENTS = 60_000
"""Beyond as many, only the last span is kept: some 5 kB each."""
Span = tuple[str | None, str | None]


@dataclass(eq=False, slots=True)
class _Known:
    """The articles of some days; one thread at a time."""

    versions: frozenset[tuple[str, int]] = frozenset()
    trails: Trails = field(default_factory=Trails)
    statements: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, archive: Archive, span: Span, article: str, statement: str) -> tuple[Trail, ...]:
        """A statement's trails in the articles as they are now."""
        with self.lock:
            versions = versions_of(archive, *span)
            if versions != self.versions:
                self._make_ready(archive, span, versions)
            self.trails.forget_trails()  # which pairs were compared before would tell in what is compared after
            return tuple(self.trails.of_statement(article, statement))

    def _make_ready(self, archive: Archive, span: Span, versions: frozenset[tuple[str, int]]) -> None:
        trails, statements = Trails(), 0
        for record in records_of(archive, *span):
            trails.know(record)
            statements += len(record.statements)
        self.versions, self.trails, self.statements = versions, trails, statements


class KnownDays:
    """Gives the trails of statements, as `onrecord trail` does. Any number of threads may ask."""

    def __init__(self) -> None:
        self._known: OrderedDict[Span, _Known] = OrderedDict()
        self._lock = threading.Lock()

    def around(self, archive: Archive, article: str, statement: str) -> tuple[Trail, ...]:
        """The trails that a statement stands in, among the articles of the days around its own."""
        span = days_around(archive, article)
        with self._lock:
            known = self._known.setdefault(span, _Known())
            self._known.move_to_end(span)
        found = known.of(archive, span, article, statement)
        with self._lock:
            self._let_go()
        return found

    def _let_go(self) -> None:
        """Keep no more than is meant to be."""
        while len(self._known) > 1 and (
            len(self._known) > KEPT or sum(known.statements for known in self._known.values()) > STATEMENTS
        ):
            self._known.popitem(last=False)
