"""What the system and Lance complain of, as one clear error of ours."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager

from onrecord.errors import ArchiveError, DamagedArchive, StorageError

_FULL = re.compile(r"no space left|disk quota|os error (28|122)\b", re.IGNORECASE)
_REFUSED = re.compile(r"permission denied|read-only file system|os error (13|30)\b", re.IGNORECASE)
_GONE = re.compile(r"not ?found|no such file|os error 2\b", re.IGNORECASE)


class Vanished(DamagedArchive):
    """A file of the version being read is gone: cleaned away since, or lost. Reading the newest version tells which."""


@contextmanager
def guarded(where: object) -> Iterator[None]:
    """Turn errors of storage inside into StorageError or DamagedArchive about `where`.

    FileNotFoundError and NotADirectoryError of Python's own files pass: who opens a file knows what its absence means.
    """
    try:
        yield
    except (FileNotFoundError, NotADirectoryError, ArchiveError):
        raise
    except OSError as error:
        raise _of(where, error) from error
    except (RuntimeError, ValueError) as error:
        # Lance raises these from Rust for storage's faults too; ours and Arrow's have no mention of its sources
        if "LanceError" not in str(error) and "lance" not in str(error):
            raise
        raise _of(where, error) from error


def is_gone(error: BaseException) -> bool:
    """Is it a file of Lance's that is not there? Others hand such errors on as text."""
    return "lance" in str(error).lower() and bool(_GONE.search(str(error)))


def one_line(error: BaseException) -> str:
    """An error's first line, without the places in Rust that it came from."""
    text = str(error).strip().split("\n", 1)[0]
    return re.sub(r",? ?(/|rust/|src/)\S+\.rs:\d+(:\d+)?", "", text).strip()[:300]


def _of(where: object, error: Exception) -> ArchiveError:
    text = str(error)
    number = getattr(error, "errno", None)
    if number in {errno.ENOSPC, errno.EDQUOT} or _FULL.search(text):
        why = "the disk is full; make room and run it again: what was committed is there, the rest was not kept"
        return StorageError(where, why)
    if number in {errno.EACCES, errno.EPERM, errno.EROFS} or _REFUSED.search(text):
        return StorageError(where, "may not be written or read; check the permissions of the folder")
    if _GONE.search(text):
        return Vanished(where, f"a file of the archive is missing ({one_line(error)})")
    return StorageError(where, f"storage failed ({one_line(error)})")
