"""What can go wrong, one tree.

OnrecordError
├── InputError          something given could not be read; names the file (and line) and says what to do
│   ├── MissingInput        no such file, folder or pattern
│   ├── NotText             binary, empty, or not to be decoded
│   ├── NoArticle           readable, but holds no article text
│   ├── BadLine             a line of a JSONL file, or a row of a table, that is no article
│   ├── Damaged             broken or cut off: what stood before the break was read
│   ├── TooBig              larger, or unpacking to more, than is read
│   ├── NotFetched          a web address that gave nothing
│   ├── SetAside            killed the process that read it, every time
│   ├── BadActor            a row of a user's file of actors that cannot be taken
│   ├── BadRecord           a line of a file of records that is no record
│   └── BadDecision         a decision on who is who that cannot be read, stored or followed
├── DecisionConflict    people's decisions on who is who contradict each other
├── ArchiveError        the archive cannot be opened, read or written; names its folder and says what to do
│   ├── NotAnArchive        the folder holds something else, or nothing
│   ├── NewerArchive        written by a later version than this one
│   ├── ArchiveBusy         another process has been writing for longer than we wait
│   ├── DamagedArchive      a file of it is missing or unreadable
│   └── StorageError        the system refused: disk full, no permission
├── BadQuery            a search or a SQL statement that cannot be run
├── ModelError          the weights are missing or do not fit this version
└── GoldError           a gold file for evaluation is malformed
"""

from typing import Any


class OnrecordError(Exception):
    """Base of every error raised on purpose. `str(error)` is one line fit for a user."""

    def __reduce__(self) -> tuple[Any, ...]:
        # an exception comes out of another process by its `args`, which are not what these are made of
        return _remade, (type(self), self.args, self.__dict__)


def _remade(kind: type[OnrecordError], args: tuple[Any, ...], fields: dict[str, Any]) -> OnrecordError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(fields)
    return error


class InputError(OnrecordError):
    """An input could not be read.

    `where` is the file, URL or "file:line" it came from, `why` what is wrong and what to do about it.
    """

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why


class MissingInput(InputError):
    """The path does not exist, or the pattern matches nothing."""


class NotText(InputError):
    """The file is empty, binary, or in an encoding that could not be told."""


class NoArticle(InputError):
    """The file was decoded but holds no article."""


class BadLine(InputError):
    """A line of a JSONL file is not JSON, or is not an article; or a row of a table is none."""


class Damaged(InputError):
    """The data break off, or are broken, at a place that the message names. What stood before it has been read."""


class TooBig(InputError):
    """The data are larger than is read in one piece, or unpack to more than any honest file of their size would."""


class NotFetched(InputError):
    """A web address gave no page.

    `temporary` says whether it may do so later; `retry_after` is in how many seconds, where the server said.
    """

    def __init__(self, where: str, why: str, *, temporary: bool, retry_after: float | None = None) -> None:
        super().__init__(where, why)
        self.temporary = temporary
        self.retry_after = retry_after


class SetAside(InputError):
    """Every process that read it was killed, and it was given up so that the rest goes on."""


class BadActor(InputError):
    """A row of a user's file of actors cannot be taken: `row` counts from the header, 1, and `field` is the column."""

    def __init__(self, where: str, row: int, field: str, why: str) -> None:
        super().__init__(where, f"row {row}, {field}: {why}")
        self.row = row
        self.field = field


class BadRecord(InputError):
    """A line of a file of records is not a record: `field` is the path of the field at fault."""

    def __init__(self, where: str, field: str, why: str) -> None:
        super().__init__(where, f"{field} {why}")
        self.field = field


class BadDecision(InputError):
    """A decision on who is who cannot be read, stored or followed."""


class DecisionConflict(OnrecordError):
    """Decisions contradict each other, directly or through others: `first` and `second` are the ids of the two."""

    def __init__(self, first: str, second: str, why: str) -> None:
        super().__init__(why)
        self.first = first
        self.second = second


class ArchiveError(OnrecordError):
    """The archive in `where` cannot be opened, read or written; `why` says what is wrong and what to do about it."""

    def __init__(self, where: object, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = str(where)
        self.why = why


class NotAnArchive(ArchiveError):
    """There is no archive in the folder."""


class NewerArchive(ArchiveError):
    """The archive was written by a later version of onrecord."""


class NoMeanings(ArchiveError):
    """The archive's statements were read before their meanings were kept."""


class ArchiveBusy(ArchiveError):
    """Another process holds the archive for writing, and went on for longer than we wait."""


class DamagedArchive(ArchiveError):
    """A file of the archive is missing or cannot be understood."""


class StorageError(ArchiveError):
    """The system refused: the disk is full, a permission is missing. What was not committed never was."""


class BadQuery(OnrecordError):
    """A search or a SQL statement cannot be run as it was written."""


class ModelError(OnrecordError):
    """The model's files are missing, damaged or of another version."""


class GoldError(OnrecordError):
    """A file given for evaluation does not have the gold format."""
