"""Sources on storage other than the machine's own: `s3://bucket/news/`, `gs://…`, and whatever fsspec reaches.

pyarrow's file systems and no package for each store: pyarrow reads our Parquet anyway, takes its credentials, regions
and endpoints from where each store's own tools do, and hands `fsspec+NAME://` to fsspec.
"""

import io
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO, NamedTuple, cast
from urllib.parse import quote, urlsplit

from onrecord.errors import InputError, MissingInput
from onrecord.read.formats import is_readable_name

_BUFFER = 4 << 20
"""Bytes that are asked for at once: a request to a store costs some tens of milliseconds, whatever its size."""
_PATTERN = re.compile(r"[*\[]")


class Place(NamedTuple):
    """An address and what is behind it."""

    files: Any
    """A file system of pyarrow's."""
    path: str
    """In it."""


def is_remote(given: object) -> bool:
    """Whether something given as an input is an address on other storage. Web addresses are not: they are fetched."""
    return (
        isinstance(given, str)
        and re.match(r"[a-z][a-z0-9+.-]*://", given, re.IGNORECASE) is not None
        and not re.match(r"https?://", given, re.IGNORECASE)
    )


def shown(address: str) -> str:
    """An address fit for messages: without the keys and settings that may stand in it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def open_place(address: str) -> Place:
    """The file system behind an address, and the path in it. Raises InputError."""
    try:
        from pyarrow import ArrowException
        from pyarrow.fs import FileSystem
    except ImportError as error:
        raise InputError(
            shown(address), "is on other storage, which pyarrow reads: pip install 'onrecord[parquet]'"
        ) from error
    try:
        return Place(*FileSystem.from_uri(address))
    except (ArrowException, ValueError, ImportError, OSError) as error:
        advice = "s3, gs, abfs, hdfs and file are read, others as fsspec+NAME:// where fsspec knows NAME"
        raise InputError(shown(address), f"cannot be reached ({_reason(error)}); {advice}") from error


def open_remote(address: str) -> BinaryIO:
    """The bytes of one file, to be read in any order. Raises InputError, and OSError where it is not there."""
    place = open_place(address)
    return cast(BinaryIO, io.BufferedReader(place.files.open_input_file(place.path), _BUFFER))


def find_remote(address: str) -> Iterator[str]:
    """The addresses of the files behind one: of itself, of what lies under a prefix, or of what matches a pattern.

    Sorted. Under a prefix and by a pattern are found the files whose suffix is known, at any depth; hidden ones are
    left out. In a pattern `*` stands for any characters but `/`, `**` for any, `[…]` for one of some; what follows a
    `?` are settings (`?region=…`). Raises MissingInput where there is nothing, InputError where nothing can be listed.
    """
    parts = urlsplit(address)
    settings = f"?{parts.query}" if parts.query else ""
    start = f"{parts.scheme}://{parts.netloc}"
    found = _PATTERN.search(parts.path)
    base = parts.path[: found.start()].rpartition("/")[0] if found else parts.path
    place = open_place(f"{start}{base}{settings}")
    try:
        if not found and _is_file(place):
            yield address
            return
        paths = _below(place)
    except OSError as error:
        raise InputError(shown(address), f"cannot be listed ({_reason(error)})") from error
    pattern = _compiled(parts.path[len(base) :].lstrip("/")) if found else None
    is_plain = parts.scheme.startswith("fsspec+")  # fsspec takes a path as it is, others as an address
    empty = True
    for path in paths:
        if not (pattern.fullmatch(path) if pattern else is_readable_name(path)):
            continue
        if not any(part.startswith(".") for part in PurePosixPath(path).parts):
            empty = False
            yield f"{start}{base.rstrip('/')}/{path if is_plain else quote(path)}{settings}"
    if empty:
        raise MissingInput(shown(address), "no such file, and nothing to read under it")


def _is_file(place: Place) -> bool:
    from pyarrow.fs import FileType

    return bool(place.files.get_file_info(place.path).type == FileType.File)


def _below(place: Place) -> list[str]:
    """The paths of all files under a place, from there on."""
    from pyarrow.fs import FileSelector

    base = place.path.rstrip("/")
    infos = place.files.get_file_info(FileSelector(base, recursive=True, allow_not_found=True))
    return sorted(info.path[len(base) :].lstrip("/") for info in infos if info.is_file)


def _compiled(pattern: str) -> re.Pattern[str]:
    meanings = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*"}
    pieces = re.split(r"(\*\*/|\*\*|\*|\[[^]]+\])", pattern)
    return re.compile("".join(meanings.get(p) or (p if p.startswith("[") else re.escape(p)) for p in pieces))


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
