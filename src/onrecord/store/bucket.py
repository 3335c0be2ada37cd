"""An archive on object storage: S3 and what speaks like it, Google's, Azure's.

There is no renaming there and no lock of a system. What there is: an object is put whole, and put only if the one in
its place is still the one that was seen (its ETag). That carries everything:

    head        put in place of the very head that the writer began from. Of two writers that began from the same one,
                the second is refused, and nothing of its batch is on the record.
    lock        a lease (lease.py), so that writers need not be refused: they take turns. It runs out when its writer
                dies, and only keeps the peace. Where a writer slept through its lease, the head decides.
    tables      Lance commits in the same way. A transaction starts from the head's versions and looks at every one it
                adds that nobody else's came between (writing.py).
    readers     who reads for long keeps an object of its own fresh

Credentials, region and endpoint come from the environment, as for other programs of the store's maker.
"""

import os
import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NoReturn, cast
from urllib.parse import urlsplit

from onrecord.errors import OnrecordError, StorageError
from onrecord.store.faults import refused_by_store
from onrecord.store.folder import HEAD, LOCK, READERS, TABLES
from onrecord.store.lease import kept_fresh, leased

if TYPE_CHECKING:
    from pathlib import Path

    from obstore import ObjectMeta, PutMode, PutResult, UpdateVersion

Tag = Mapping[str, str]
READER_LASTS = 120.0
"""Seconds for which a reader counts after it last said that it reads."""
_NO_BUCKET = re.compile(r"NoSuchBucket|bucket does not exist|ContainerNotFound", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Seen:
    """An object as it was."""

    data: bytes
    tag: Tag


class Overtaken(StorageError):
    """Another writer put an object in the place of the one that was seen. Nothing was written."""


class Bucket:
    """What an archive asks of the place it lies in, for object storage. Any number of threads may use it."""

    alone = False
    """A writer may have slept through its lease: who holds it cannot be sure that nobody else writes."""

    def __init__(self, url: str, options: Mapping[str, str]) -> None:
        """`options` are Lance's, as `options_for` makes them."""
        from obstore.store import from_url

        self.url = url
        self.options: dict[str, str] | None = dict(options)
        own = {name.removeprefix("aws_"): value for name, value in options.items() if name.startswith("aws_")}
        self._store = from_url(
            url,
            config=cast(Any, own) or None,
            client_options={"allow_http": "allow_http" in options, "connect_timeout": "5s", "timeout": "60s"},
            retry_config={"max_retries": 4, "retry_timeout": timedelta(seconds=20)},
        )

    def has_head(self) -> bool:
        """Whether an archive was made here."""
        return self.look(HEAD) is not None

    def read(self) -> tuple[str, Tag]:
        """The head, and what tells it from any other. Raises FileNotFoundError, StorageError."""
        seen = self.look(HEAD)
        if seen is None:
            raise FileNotFoundError(f"{self.url}/{HEAD}")
        return seen.data.decode("utf-8", "replace"), seen.tag

    def replace(self, text: str, tag: Tag | None) -> Tag:
        """Put a head in the place of the one with this tag; of none, without. Raises StorageError."""
        try:
            return self.swap(HEAD, text.encode(), tag)
        except Overtaken as error:
            why = "another writer was faster; nothing of this batch is on the record, run it again"
            raise Overtaken(self.url, why) from error

    def make(self) -> None:
        """Nothing is needed: prefixes need no making. Raises StorageError where nothing can be reached."""
        self.contents()

    def contents(self) -> set[str] | None:
        """Names of what lies there, of folders too; None where nothing does."""
        with self._told():
            found = self._listed_one_level()
        return found or None

    def table(self, name: str) -> str:
        """Where a table lies."""
        return f"{self.url}/{TABLES}/{name}.lance"

    def has_table(self, name: str) -> bool:
        """Whether anything lies there."""
        with self._told():
            return any(True for _ in self.objects(f"{TABLES}/{name}.lance/"))

    def size(self) -> int:
        """Bytes of everything."""
        with self._told():
            return sum(size for _, size, _ in self.objects(""))

    def locked(self, patience: float) -> AbstractContextManager[None]:
        """Hold the archive for writing. Raises ArchiveBusy when others do for longer than `patience` seconds."""
        return leased(self, LOCK, patience)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Keep an object of one's own fresh. Without effect where one may not write."""
        name = f"{READERS}/{uuid.uuid4().hex}"
        try:
            self.put(name)
        except StorageError:
            yield
            return
        with kept_fresh(lambda: self.put(name), READER_LASTS / 4):
            yield
        self.delete(name)

    def someone_reads(self) -> bool:
        """Does any process keep such an object fresh? Those of readers that died are removed.

        What is fresh is told by the store's own clock, which has just written the time of our lease.
        """
        import obstore

        with self._told():
            now = obstore.head(self._store, LOCK)["last_modified"]
            found = list(self.objects(f"{READERS}/"))
        dead = [name for name, _, at in found if now - at > timedelta(seconds=READER_LASTS)]
        for name in dead:
            self.delete(name)
        return len(dead) < len(found)

    def look(self, name: str) -> Seen | None:
        """An object as it is now; None where there is none. Raises StorageError."""
        import obstore

        try:
            with self._told():
                got = obstore.get(self._store, name)
                return Seen(bytes(got.bytes()), _tag(got.meta))
        except FileNotFoundError:
            return None

    def swap(self, name: str, data: bytes, tag: Tag | None) -> Tag:
        """Put an object in the place of the one with this tag; of none, without. Raises Overtaken, StorageError."""
        import obstore
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        try:
            with self._told(AlreadyExistsError, PreconditionError):
                mode: PutMode = cast("UpdateVersion", dict(tag)) if tag else "create"
                return _tag(obstore.put(self._store, name, data, mode=mode, use_multipart=False))
        except (AlreadyExistsError, PreconditionError):
            there = self.look(name)
            if there and there.data == data:  # it was put, the answer got lost, and the client tried once more
                return there.tag
            raise Overtaken(self.url, f"{name} was replaced by another writer") from None

    def put(self, name: str, data: bytes = b"") -> None:
        """Put an object, whatever is there. Raises StorageError."""
        import obstore

        with self._told():
            obstore.put(self._store, name, data, use_multipart=False)

    def delete(self, name: str) -> None:
        """Remove an object; no matter if it is gone. Raises StorageError."""
        import obstore

        with self._told(FileNotFoundError):
            obstore.delete(self._store, name)

    def fetch(self, name: str, path: "Path") -> None:
        """Write an object into a file. Raises FileNotFoundError, StorageError."""
        import obstore

        with self._told(), path.open("wb") as stream:
            for chunk in obstore.get(self._store, name).stream(min_chunk_size=8 << 20):
                stream.write(chunk)

    def objects(self, prefix: str) -> Iterator[tuple[str, int, datetime]]:
        """Name, bytes and last change of all objects whose names begin so."""
        import obstore

        own = len(self._inside)
        for chunk in obstore.list(self._store, prefix or None):
            for one in chunk:
                path = one["path"]
                name = path[own:] if path.startswith(self._inside) else path
                yield name, one["size"], one["last_modified"].astimezone(UTC)

    def _listed_one_level(self) -> set[str]:
        import obstore

        found = obstore.list_with_delimiter(self._store)
        paths = [*found["common_prefixes"], *(one["path"] for one in found["objects"])]
        return {path.rstrip("/").rsplit("/", 1)[-1] for path in paths}

    @property
    def _inside(self) -> str:
        """What the names of our objects begin with in their bucket."""
        path = urlsplit(self.url).path.strip("/")
        return f"{path}/" if path else ""

    @contextmanager
    def _told(self, *known: type[Exception]) -> Iterator[None]:
        """Turn errors of the store into StorageError, but for `known` and FileNotFoundError of an object."""
        from obstore.exceptions import BaseError

        try:
            yield
        except known:
            raise
        except FileNotFoundError as error:
            if not _NO_BUCKET.search(str(error)):
                raise
            self._fail(error, f"there is no bucket {urlsplit(self.url).netloc}; make it, or name another")
        except (BaseError, OSError) as error:
            self._fail(error, refused_by_store(str(error)))

    def _fail(self, error: Exception, why: str) -> NoReturn:
        raise StorageError(self.url, why) from error


def bucket(url: str) -> Bucket:
    """The place under an address. Raises OnrecordError when what it needs is not installed."""
    if find_spec("obstore") is None:
        raise OnrecordError(f"{url}: an archive on object storage needs obstore; pip install 'onrecord[cloud]'")
    return _bucket(url, tuple(sorted(options_for(url, os.environ).items())))


@lru_cache(maxsize=16)
def _bucket(url: str, options: tuple[tuple[str, str], ...]) -> Bucket:
    return Bucket(url, dict(options))


def options_for(url: str, environment: Mapping[str, str]) -> dict[str, str]:
    """What Lance is told of a store beside what it finds in the environment itself: the names that others use there."""
    options = {"connect_timeout": "5s", "client_max_retries": "4", "client_retry_timeout": "20"}
    if not url.startswith("s3://"):
        return options
    named = {
        "aws_endpoint": ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"),
        "aws_region": ("AWS_REGION", "AWS_DEFAULT_REGION"),
    }
    for option, names in named.items():
        if value := next((environment[name] for name in names if environment.get(name)), None):
            options[option] = value
    if options.get("aws_endpoint", "").startswith("http://"):
        options["allow_http"] = "true"
    return options


def _tag(of: "ObjectMeta | PutResult") -> Tag:
    both = {"e_tag": of.get("e_tag"), "version": of.get("version")}
    return {name: value for name, value in both.items() if value}
