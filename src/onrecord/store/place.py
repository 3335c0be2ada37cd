"""Where an archive is, and its one file that counts: `archive.json`, the head.

The head names the format and, for every table, the version that is on the record. Lance commits one table at a time;
the head is replaced in one step after all of them, so it alone decides what is there:

    tables written, head not yet    the batch never was (the next writer takes the tables back, see writing.py)
    head replaced                   the whole batch is there

Readers open every table at the head's version. They take no lock and never see half an article.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from onrecord.errors import DamagedArchive, NewerArchive, NotAnArchive
from onrecord.store.faults import guarded

FORMAT = 3
"""Of the tables; raised whenever they change. `migrations.py` brings older archives here."""
HEAD = "archive.json"
TABLES = "tables"
LOCK = "lock"
READERS = "readers"
ENVIRONMENT = "ONRECORD_ARCHIVE"


@dataclass(frozen=True, slots=True)
class Head:
    """What `archive.json` holds."""

    format: int
    made_by: str
    made: str
    """ISO 8601 date-time, UTC."""
    sequence: int
    """Commits so far: two heads with the same one are the same."""
    tables: Mapping[str, int]
    """The version of every table that is on the record."""
    unindexed: Mapping[str, int] = field(default_factory=dict)
    """Rows of each table that came after its indexes were last refreshed."""
    cleaned: int = 0
    """The sequence at which what nobody reads any more was last removed."""

    def after(self, tables: Mapping[str, int], unindexed: Mapping[str, int]) -> "Head":
        """The head that follows this one."""
        return replace(self, sequence=self.sequence + 1, tables=dict(tables), unindexed=dict(unindexed))


def find_archive(given: Path | None, environment: Mapping[str, str]) -> Path:
    """The folder of the archive: the one given, else the environment's, else the user's own data folder."""
    if given is not None:
        return given
    if named := environment.get(ENVIRONMENT):
        return Path(named)
    return _data_folder() / "archive"


def demo_archive() -> Path:
    """The folder of the archive for the packaged samples, beside the user's own."""
    return _data_folder() / "demo"


def _data_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("onrecord", appauthor=False)


def new_head(tables: Mapping[str, int]) -> Head:
    """The head of an archive made now."""
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return Head(FORMAT, f"onrecord {version('onrecord')}", made, 0, dict(tables))


def read_head(root: Path, newest: int = FORMAT) -> Head:
    """The head of the archive in a folder.

    Raises NotAnArchive where there is none, NewerArchive when its format is above `newest`, DamagedArchive when it
    cannot be understood.
    """
    path = root / HEAD
    try:
        with guarded(root):
            text = path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise NotAnArchive(root, _what_is_there(root)) from None
    try:
        values = json.loads(text)
        format_ = int(values["format"])
        if format_ > newest:
            raise NewerArchive(
                root, f"written by a newer version ({values['made_by']}, format {format_}); upgrade onrecord"
            )
        return Head(**values)
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedArchive(root, f"{HEAD} cannot be understood ({error}); restore it from a backup") from error


def write_head(root: Path, head: Head) -> None:
    """Replace the head in one step: whoever reads sees the old one or the new one. Raises StorageError."""
    path, draft = root / HEAD, root / f"{HEAD}.new"
    with guarded(root):
        with draft.open("w", encoding="utf-8") as stream:
            json.dump(asdict(head), stream, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)


def is_free(root: Path) -> bool:
    """May an archive be made here? Yes where there is nothing, or only what a making that was cut short left."""
    with guarded(root):
        if not root.exists():
            return True
        return root.is_dir() and {p.name for p in root.iterdir()} <= {TABLES, LOCK, READERS, f"{HEAD}.new"}


def _what_is_there(root: Path) -> str:
    if not root.exists():
        return "no archive there; `onrecord add` makes one"
    if not root.is_dir():
        return "a file, not the folder of an archive"
    if is_free(root):
        return "no archive there yet; `onrecord add` makes one"
    return f"not an archive (no {HEAD} in it); name another folder"
