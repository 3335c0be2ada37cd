"""Where an archive is, and its one file that counts: `archive.json`, the head.

The head names the format and, for every table, the version that is on the record. Lance commits one table at a time;
the head is replaced in one step after all of them, so it alone decides what is there:

    tables written, head not yet    the batch never was (the next writer takes the tables back, see writing.py)
    head replaced                   the whole batch is there

Readers open every table at the head's version. They take no lock and never see half an article.

A place is a folder (folder.py) or, under an address such as s3://bucket/prefix, object storage (bucket.py).
`storage` gives what both can do.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from onrecord.errors import DamagedArchive, NewerArchive, NotAnArchive
from onrecord.store.folder import HEAD, LOCK, READERS, TABLES, Folder

if TYPE_CHECKING:
    from onrecord.store.bucket import Bucket

FORMAT = 4
"""Of the tables; raised whenever they change. `migrations.py` brings older archives here."""
ENVIRONMENT = "ONRECORD_ARCHIVE"
SCHEMES = ("s3", "gs", "az")


@dataclass(frozen=True, slots=True)
class Address:
    """Where an archive lies on object storage: s3://bucket/prefix, gs://bucket/prefix, az://container/prefix."""

    url: str

    def __str__(self) -> str:
        return self.url


Root = Path | Address
"""Where an archive lies."""


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
    tag: Mapping[str, str] | None = field(default=None, compare=False)
    """On object storage, what tells this very head from any other that ever stood in its place; not in the file."""

    def after(self, tables: Mapping[str, int], unindexed: Mapping[str, int]) -> "Head":
        """The head that follows this one."""
        return replace(self, sequence=self.sequence + 1, tables=dict(tables), unindexed=dict(unindexed))


def place(given: str | Path | Address) -> Root:
    """A folder, or an address of object storage. Raises NotAnArchive for an address of anything else."""
    if not isinstance(given, str):
        return given
    if "://" not in given:
        return Path(given)
    parts = urlsplit(given)
    if parts.scheme not in SCHEMES or not parts.netloc:
        named = ", ".join(f"{scheme}://…" for scheme in SCHEMES)
        raise NotAnArchive(given, f"no place for an archive; name a folder or an address ({named})")
    return Address(f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/"))


def storage(root: Root) -> "Folder | Bucket":
    """What can be done in a place. Raises OnrecordError when packages for it are missing."""
    if isinstance(root, Path):
        return Folder(root)
    from onrecord.store.bucket import bucket

    return bucket(root.url)


def find_archive(given: str | Path | Address | None, environment: Mapping[str, str]) -> Root:
    """The place of the archive: the one given, else the environment's, else the user's own data folder."""
    if given is not None:
        return place(given)
    if named := environment.get(ENVIRONMENT):
        return place(named)
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


def read_head(root: Root, newest: int = FORMAT) -> Head:
    """The head of the archive in a place.

    Raises NotAnArchive where there is none, NewerArchive when its format is above `newest`, DamagedArchive when it
    cannot be understood.
    """
    try:
        text, tag = storage(root).read()
    except (FileNotFoundError, NotADirectoryError):
        raise NotAnArchive(root, _what_is_there(root)) from None
    try:
        values = json.loads(text)
        format_ = int(values["format"])
        if format_ > newest:
            raise NewerArchive(
                root, f"written by a newer version ({values['made_by']}, format {format_}); upgrade onrecord"
            )
        return Head(**values, tag=tag)
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedArchive(root, f"{HEAD} cannot be understood ({error}); restore it from a backup") from error


def write_head(root: Root, head: Head) -> Head:
    """Replace the head in one step, and return it as it now stands. Raises StorageError.

    On object storage the new head takes the place of the very one that it was made from; another's is left alone.
    """
    values = asdict(head)
    del values["tag"]
    return replace(head, tag=storage(root).replace(json.dumps(values, indent=1), head.tag))


def is_free(root: Root) -> bool:
    """May an archive be made here? Yes where there is nothing, or only what a making that was cut short left."""
    try:
        return (storage(root).contents() or set()) <= {TABLES, LOCK, READERS, f"{HEAD}.new"}
    except NotADirectoryError:
        return False


def _what_is_there(root: Root) -> str:
    try:
        contents = storage(root).contents()
    except NotADirectoryError:
        return "a file, not the folder of an archive"
    if contents is None:
        return "no archive there; `onrecord add` makes one"
    if is_free(root):
        return "no archive there yet; `onrecord add` makes one"
    return f"not an archive (no {HEAD} in it); name another folder"
