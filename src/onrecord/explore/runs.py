"""What is being added to the archive, how fast, and what went wrong."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from onrecord.store.archive import Archive
from onrecord.store.info import Info
from onrecord.store.tables import quoted

_SHOWN = 50
_WINDOW = timedelta(minutes=30)
_LIVELY = timedelta(seconds=60)
"""Something was added so lately that a run is likely to be on."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run that has ended. `seconds` is how long it took."""

    id: str
    command: str
    model: str | None
    started: datetime
    finished: datetime
    added: int
    unchanged: int
    corrected: int
    reread: int
    failed: int

    @property
    def seconds(self) -> float:
        return (self.finished - self.started).total_seconds()

    @property
    def pace(self) -> float | None:
        """Articles read in a second; None when it read none."""
        read = self.added + self.corrected + self.reread
        return read / max(self.seconds, 0.001) if read else None


@dataclass(frozen=True, slots=True)
class Progress:
    """The state of adding. `minutes` counts articles added in each of the last thirty, the last one last."""

    info: Info
    runs: tuple[RunRow, ...]
    minutes: tuple[tuple[str, int], ...]
    last: datetime | None
    lively: bool


def lately() -> datetime:
    """Now, in steps of five seconds: so long what is being added need not be asked for again."""
    seconds = int(datetime.now(UTC).timestamp())
    return datetime.fromtimestamp(seconds - seconds % 5, UTC)


def progress(archive: Archive, now: datetime) -> Progress:
    """What is being added and was added, as of a moment."""
    rows = archive.sql(
        "select id, command, model, started, finished, added, unchanged, corrected, reread, failed from runs"
        f" order by started desc limit {_SHOWN}"
    ).table.to_pylist()
    since = (now - _WINDOW).replace(second=0, microsecond=0)
    counted = archive.sql(
        "select date_trunc('minute', added) as at, count(*) as n from articles"
        f" where added >= {quoted(since.isoformat())}::TIMESTAMPTZ group by 1"
    ).table.to_pylist()
    (last,) = archive.sql("select max(added) as at from articles").table.to_pylist()
    by_minute = {_minute(row["at"]): row["n"] for row in counted}
    every = (since + timedelta(minutes=n) for n in range(int(_WINDOW.total_seconds() // 60) + 1))
    minutes = tuple((_minute(at), by_minute.get(_minute(at), 0)) for at in every)
    lively = last["at"] is not None and now - last["at"] < _LIVELY
    return Progress(archive.info(), tuple(RunRow(**row) for row in rows), minutes, last["at"], lively)


def _minute(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
