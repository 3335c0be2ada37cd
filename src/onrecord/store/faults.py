"""What the system and Lance complain of, as one clear error of ours."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager

from onrecord.errors import ArchiveError, DamagedArchive, StorageError

_FULL = re.compile(r"no space left|disk quota|os error (28|122)\b", re.IGNORECASE)
_REFUSED = re.compile(r"permission denied|read-only file system|os error (13|30)\b", re.IGNORECASE)
_NO_KEY = re.compile(
    r"InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|ExpiredToken|Unauthenticated|401 Unauth|"
    r"failed to authenticate the request"
)
_NO_CREDENTIALS = re.compile(
    r"169\.254\.169\.254|169\.254\.170\.2|metadata\.google|no credential|not.*credentials? (were )?found|"
    r"Failed to get AWS credentials|CredentialsNotLoaded",
    re.IGNORECASE,
)
_NOT_ALLOWED = re.compile(r"AccessDenied|403 Forbidden|lacks? .*privileges|Unauthorized", re.IGNORECASE)
_NOT_REACHED = re.compile(r"error sending request|tcp connect|dns error|timed? ?out|HTTP error: (error|request)", re.I)
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


def refused_by_store(text: str) -> str:
    """Why object storage did not do what was asked, from what it or its client says, and what to do about it."""
    if _NO_CREDENTIALS.search(text):
        return "no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or those of your store"
    if _NO_KEY.search(text):
        return (
            "the store does not know these credentials; check AWS_ACCESS_KEY_ID, AZURE_STORAGE_ACCOUNT_KEY and the like"
        )
    if _NOT_ALLOWED.search(text):
        return "these credentials may not do that there; ask who keeps the bucket for leave to read, list and write"
    if _NOT_REACHED.search(text):
        return f"the store cannot be reached; check the network and AWS_ENDPOINT_URL ({one_line_of(text)})"
    return f"storage failed ({one_line_of(text)})"


def is_gone(error: BaseException) -> bool:
    """Is it a file of Lance's that is not there? Others hand such errors on as text."""
    return "lance" in str(error).lower() and bool(_GONE.search(str(error)))


def one_line(error: BaseException) -> str:
    """An error's first line, without the places in Rust that it came from."""
    return one_line_of(str(error))


def one_line_of(text: str) -> str:
    """The same of what it says."""
    text = text.strip().split("\n", 1)[0]
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
    return StorageError(where, refused_by_store(text))
