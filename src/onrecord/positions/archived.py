"""A position from an archive: only the articles in which the speaker speaks are read back."""

from collections.abc import Iterator
from typing import Any, Protocol

from onrecord.names import fold
from onrecord.positions.position import Position, position
from onrecord.records import Record
from onrecord.topics.scheme import Scheme


class Tabular(Protocol):
    """An answer in SQL: `table` is an Arrow table."""

    @property
    def table(self) -> Any: ...


class Asked(Protocol):
    """An archive, as far as it is needed: `onrecord.store.archive.Archive` is one."""

    def sql(self, query: str) -> Tabular:
        """The answer to one SELECT over entities and statements."""
        ...

    def record(self, article: str) -> Record | None:
        """The current record of an article."""
        ...


def archived_position(
    archive: Asked,
    who: str,
    on: str,
    scheme: Scheme | None = None,
    *,
    since: str | None = None,
    until: str | None = None,
) -> Position:
    """What `who` says on `on` in the articles of an archive published from `since` to `until` (ISO 8601 days, or less
    of them, both included; undated articles are among them). Raises what the archive's `sql` does."""
    return position(_records(archive, who, since, until), who, on, scheme)


def _records(archive: Asked, who: str, since: str | None, until: str | None) -> Iterator[Record]:
    names = "lower(strip_accents(translate(concat_ws(' ', e.name, array_to_string(e.aliases, ' ')), '.''’', '')))"
    holds = " and ".join(f"contains({names}, {_quoted(word)})" for word in fold(who).split()) or "false"
    bounds = ((">=", since), ("<=", until + "\uffff" if until else None))
    dated = "".join(f" and (s.published is null or s.published {sign} {_quoted(day)})" for sign, day in bounds if day)
    query = (
        "select distinct s.article from statements s join entities e on e.article = s.article and e.id = s.speaker_id"
        f" where (e.code = {_quoted(who)} or e.country = {_quoted(who)} or ({holds})){dated} order by 1"
    )
    for article in archive.sql(query).table["article"].to_pylist():
        record = archive.record(article)
        if record is not None:
            yield record


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
