"""Packed files to what lies in them: gzip, zstd, bzip2, xz, and zip archives member by member.

A packed file may lie in a packed file, once. What comes out is streamed and counted: a file that unpacks to far more
than any honest one is a bomb, and the reading of it stops.
"""

import bz2
import gzip
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any, BinaryIO, cast

from onrecord.errors import Damaged, InputError, MissingInput, NotText, TooBig
from onrecord.read.formats import Format, Packing, format_of, is_readable_name, tell_packing
from onrecord.read.streams import MEGABYTE, buffered, seekable, with_opening

DEEPEST = 2
"""Packings around each other: `wires.zip` with `may.jsonl.gz` in it has two."""
# News packs 2 to 5 times (evals/reading.py), pages with their markup more; a bomb's zeros 1,000 times in gzip, and more
# in the others.
LARGEST_RATIO = 200
FREE = 64 * MEGABYTE
"""Bytes beyond that ratio that all that lies in one file may unpack to: small files may pack as well as they like."""
MOST = 1 << 40
"""Bytes that all that lies in one file may unpack to: a terabyte."""

_OFFICE = re.compile(r"\[Content_Types\]\.xml|mimetype|META-INF/container\.xml")


@dataclass(frozen=True, slots=True)
class Part:
    """One file, or one that lay in another: its bytes, with what is known of them beside the bytes."""

    name: str
    format: Format | None
    stream: BinaryIO
    charset: str | None = None
    """The encoding that a server declared."""
    url: str | None = None
    """Where it was fetched."""


@dataclass(slots=True)
class _Budget:
    """What may still be unpacked of one file that was given."""

    left: int = MOST
    free: int = FREE

    def spend(self, count: int, above_ratio: int, where: str) -> None:
        """Take `count` bytes, `above_ratio` of them beyond the ratio (fewer than none: the packed size caught up)."""
        self.left -= count
        self.free -= above_ratio
        if self.left < 0:
            raise TooBig(where, f"unpacks to more than {MOST >> 30:,} GB: not read further")
        if above_ratio > 0 and self.free < 0:
            why = f"unpacks to more than {LARGEST_RATIO} times its size, as bombs do: not read further"
            raise TooBig(where, f"{why}; unpack it yourself if you trust it")


def unpack(part: Part) -> Iterator[Part | InputError]:
    """The part itself when it is not packed, else what lies in it, in its order.

    The members of a zip archive are chosen as the files of a folder are. Members that cannot be read come as errors in
    their place. Breaks and bombs show while a stream is read: its `read` then raises Damaged or TooBig.
    """
    yield from _unpack(part, 0, _Budget())


def _unpack(part: Part, depth: int, budget: _Budget) -> Iterator[Part | InputError]:
    head, stream = with_opening(part.stream)
    packing = tell_packing(head)
    if packing is None:
        yield Part(part.name, part.format, stream, part.charset, part.url)
    elif depth == DEEPEST:
        yield InputError(part.name, f"is packed more than {DEEPEST} times over: unpack it first")
    elif packing == "zip":
        yield from _members(part, stream, depth, budget)
    else:
        source = _Counted(stream)
        inner = _Unpacked(_decompressor(packing, source), lambda: source.count, part.name, budget)
        yield from _unpack(Part(part.name, part.format, buffered(inner), part.charset, part.url), depth + 1, budget)


def _members(part: Part, stream: BinaryIO, depth: int, budget: _Budget) -> Iterator[Part | InputError]:
    with seekable(stream) as archive:
        try:
            opened = zipfile.ZipFile(archive)
        except (zipfile.BadZipFile, ValueError) as error:
            raise Damaged(part.name, f"is a zip archive, but broken or cut off ({_reason(error)})") from error
        with opened:
            if any(_OFFICE.fullmatch(name) for name in opened.namelist()):
                raise NotText(part.name, "looks like an Office document or e-book: save it as text first")
            chosen = [info for info in opened.infolist() if _is_chosen(info)]
            if not chosen:
                yield MissingInput(part.name, "no file to read in this archive")
            for info in chosen:
                yield from _member(opened, info, part.name, depth, budget)


def _is_chosen(info: zipfile.ZipInfo) -> bool:
    parts = info.filename.split("/")
    return not info.is_dir() and "__MACOSX" not in parts and parts[-1][:1] != "." and is_readable_name(info.filename)


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, depth: int, budget: _Budget
) -> Iterator[Part | InputError]:
    name = f"{where}/{printable(info.filename)}"
    if info.flag_bits & 1:
        yield InputError(name, "is encrypted: unpack the archive with its password first")
        return
    try:
        with archive.open(info) as member:
            inner = _Unpacked(member, lambda: info.compress_size, name, budget)
            yield from _unpack(Part(name, format_of(info.filename), buffered(inner)), depth + 1, budget)
    except NotImplementedError as error:
        yield InputError(name, f"is packed in a way that is not read ({_reason(error)}): unpack the archive first")
    except zipfile.BadZipFile as error:
        yield Damaged(name, f"is broken in the archive ({_reason(error)})")
    except InputError as error:
        yield error


class _Counted(io.RawIOBase):
    """A stream that knows how many bytes were taken from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data


class _Unpacked(io.RawIOBase):
    """What comes out of a packing: counted against what went in, its errors told in our words."""

    def __init__(self, inner: IO[bytes], packed: Callable[[], int], where: str, budget: _Budget) -> None:
        self._inner = inner
        self._packed = packed
        self._where = where
        self._budget = budget
        self._count = 0
        self._above = 0
        self._failed: InputError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._failed:
            raise self._failed
        try:
            return self._fill(buffer)
        except InputError as error:
            self._failed = error
            raise

    def _fill(self, buffer: memoryview) -> int:
        try:
            data = self._inner.read1(len(buffer)) if hasattr(self._inner, "read1") else self._inner.read(len(buffer))
        except InputError:
            raise
        except _broken() as error:
            why = f"breaks off or is broken after {self._count:,} unpacked bytes ({_reason(error)})"
            raise Damaged(self._where, why) from error
        self._count += len(data)
        above, before = max(0, self._count - LARGEST_RATIO * self._packed()), self._above
        self._above = above
        self._budget.spend(len(data), above - before, self._where)
        buffer[: len(data)] = data
        return len(data)


def _decompressor(packing: Packing, source: _Counted) -> IO[bytes]:
    stream = cast(Any, source)
    if packing == "gzip":
        return cast(IO[bytes], gzip.GzipFile(fileobj=stream, mode="rb"))
    if packing == "bzip2":
        return bz2.BZ2File(stream)
    if packing == "xz":
        return lzma.LZMAFile(stream)
    return cast(IO[bytes], _zstd().ZstdFile(stream))


def _zstd() -> Any:
    try:
        from compression import zstd  # type: ignore[import-not-found,unused-ignore]  # Python 3.14 has it
    except ImportError:
        from backports import zstd
    return zstd


def _broken() -> tuple[type[Exception], ...]:
    """What the decompressors raise for data that are not whole."""
    return (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, _zstd().ZstdError)


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def printable(name: str) -> str:
    """A name fit for a message of one line: names of files may hold any byte."""
    return name.encode("utf-8", "backslashreplace").decode().replace("\n", "\\n").replace("\r", "\\r")
