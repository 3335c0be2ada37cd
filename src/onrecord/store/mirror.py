"""A copy on this machine of what an archive on object storage is asked for.

Lance never changes a file it has written, and a table at one version is a list of files. So a copy is right for good:
opening a table at the head's version brings the files that are not here yet, those of the last batches, and reads all
of them from the disk. The version's own file comes last: where it lies, the whole version lies.

A table of more bytes than ONRECORD_CACHE_GB (8) is read where it lies, as is everything with ONRECORD_CACHE=off. Else
ONRECORD_CACHE is the folder, or the user's own cache folder. It may be removed at any time.
"""

import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import lance

from onrecord.errors import OnrecordError
from onrecord.store.bucket import Bucket
from onrecord.store.faults import Vanished, one_line
from onrecord.store.folder import TABLES
from onrecord.store.place import Address, Head, storage

FOLDER, LIMIT = "ONRECORD_CACHE", "ONRECORD_CACHE_GB"
_AT_ONCE = 8
"""Files fetched at the same time."""
_KEPT = 6 * 3600.0
"""Seconds after which what no version in use names is removed."""
_LAST = 2**64 - 1
"""Lance counts the names of its versions' files down from here."""


def near(root: Address, head: Head, name: str) -> Path | None:
    """The folder of a copy of a table at the head's version; None when it is to be read where it lies.

    Raises StorageError, and Vanished when a file was cleaned away meanwhile.
    """
    place = storage(root)
    chosen = os.environ.get(FOLDER, "")
    if chosen == "off" or not isinstance(place, Bucket):
        return None
    copy = _folder(chosen, place, head) / f"{name}.lance"
    version = f"_versions/{_LAST - head.tables[name]}.manifest"
    try:
        there = (copy / version).exists() or _copied(place, copy, name, head.tables[name], version)
    except FileNotFoundError as error:
        raise Vanished(root, f"a file of the archive is missing ({one_line(error)})") from error
    return copy if there else None


def _copied(place: Bucket, copy: Path, name: str, number: int, version: str) -> bool:
    """Bring what is missing of a version of a table; says whether it may be had here."""
    wanted = _wanted(place, copy, name, number, version)
    if sum(wanted.values()) > _limit():
        return False
    _bring(place, copy, name, wanted)
    _put_in_place(place, copy, f"{TABLES}/{name}.lance", version)
    _remove_others(copy, {*wanted, version})
    return True


def _folder(chosen: str, place: Bucket, head: Head) -> Path:
    """One an archive: another that is made later at the same address has a folder of its own."""
    from platformdirs import user_cache_path

    told = f"{place.url} {(place.options or {}).get('aws_endpoint', '')} {head.made}"
    mark = hashlib.blake2b(told.encode(), digest_size=8).hexdigest()
    return (Path(chosen) if chosen else user_cache_path("onrecord", appauthor=False)) / mark


def _limit() -> float:
    given = os.environ.get(LIMIT) or "8"
    try:
        return float(given) * 2**30
    except ValueError:
        raise OnrecordError(f"{LIMIT}: {given!r} is no number of gigabytes") from None


def _wanted(place: Bucket, copy: Path, name: str, number: int, version: str) -> dict[str, int]:
    """The files of a version of a table, with their bytes."""
    alone = copy / f".{uuid.uuid4().hex}"
    try:
        _put_in_place(place, alone, f"{TABLES}/{name}.lance", version)
        return dict(_named(lance.dataset(str(alone), version=number), place, f"{TABLES}/{name}.lance/"))
    finally:
        shutil.rmtree(alone, ignore_errors=True)


def _named(table: lance.LanceDataset, place: Bucket, prefix: str) -> Iterator[tuple[str, int]]:
    """What the file of a version names. Of an index it names the folder alone."""
    indexes = {segment.uuid for index in table.describe_indices() for segment in index.segments}
    there = {path.removeprefix(prefix): size for path, size, _ in place.objects(prefix)}
    for fragment in table.get_fragments():
        named = [f"data/{file.path}" for file in fragment.data_files()]
        if deletion := fragment.deletion_file():
            named.append(deletion)
        for path in named:
            if path not in there:
                raise FileNotFoundError(f"{place.url}/{prefix}{path}")
            yield path, there[path]
    yield from ((path, size) for path, size in there.items() if path.split("/")[:2][-1] in indexes)


def _bring(place: Bucket, copy: Path, name: str, wanted: dict[str, int]) -> None:
    """Have these files, and mark them as in use."""
    missing = []
    for path, size in wanted.items():
        try:
            os.utime(copy / path)
        except FileNotFoundError:
            missing.append(path)
        else:
            if (copy / path).stat().st_size != size:
                missing.append(path)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(partial(_put_in_place, place, copy, f"{TABLES}/{name}.lance"), missing):
            pass


def _put_in_place(place: Bucket, copy: Path, prefix: str, path: str) -> None:
    """Fetch a file under another name first: what has its name is whole."""
    whole, part = copy / path, copy / f"{path}.{uuid.uuid4().hex}"
    whole.parent.mkdir(parents=True, exist_ok=True)
    try:
        place.fetch(f"{prefix}/{path}", part)
        part.replace(whole)
    finally:
        part.unlink(missing_ok=True)


def _remove_others(copy: Path, wanted: set[str]) -> None:
    """Remove what is not wanted and was not for hours; versions first, so that none names a file that is gone."""
    before = time.time() - _KEPT
    for path in sorted((p for p in copy.rglob("*") if p.is_file()), key=lambda p: p.parent.name != "_versions"):
        if str(path.relative_to(copy)) not in wanted and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
