"""Streams of bytes: looking at their opening, reading them whole or line by line, within limits."""

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, cast

from onrecord.errors import InputError, TooBig
from onrecord.read.formats import HEAD, opens_as_json

MEGABYTE = 1 << 20
LARGEST_PIECE = 256 * MEGABYTE
"""Bytes of the largest file, page, line or message that is read in one piece. Files of many articles may be longer:
of those only one article is in memory."""
_BUFFER = 1 << 17


def with_opening(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """A stream's first bytes, and the stream as if nothing had been read of it.

    The opening runs to the first line that shows JSON, so that lines of JSON come as they arrive, else over 4096 bytes.
    """
    opening: list[bytes] = []
    while sum(map(len, opening)) <= HEAD:
        try:
            line = stream.readline(HEAD)
        except InputError:
            break  # what stands before the break is read; whoever reads on meets it again
        opening.append(line)
        if not line or opens_as_json(line):
            break
    head = b"".join(opening)
    if _is_seekable(stream):
        stream.seek(-len(head), io.SEEK_CUR)
        return head, stream
    return head, buffered(put_back(head, stream))


def put_back(head: bytes, stream: BinaryIO) -> io.RawIOBase:
    """A stream with what was already read of it back in front."""
    return _Rejoined(head, stream)


def buffered(raw: io.RawIOBase) -> BinaryIO:
    """A buffer around a stream that gives bytes only through `readinto`."""
    return cast(BinaryIO, io.BufferedReader(raw, _BUFFER))


def read_whole(stream: BinaryIO, where: str, largest: int = LARGEST_PIECE) -> bytes:
    """All bytes of a file that holds one article or one document. Raises TooBig."""
    data = stream.read(largest + 1)
    if len(data) > largest:
        raise TooBig(where, f"is longer than the {largest // MEGABYTE} MB that are read in one piece: split it")
    return data


def read_lines(stream: BinaryIO, where: str, largest: int = LARGEST_PIECE) -> Iterator[bytes]:
    """The lines of a file, each with its end, as they arrive. Raises TooBig."""
    while line := stream.readline(largest + 1):
        if len(line) > largest:
            raise TooBig(where, f"has a line longer than the {largest // MEGABYTE} MB that are read in one piece")
        yield line


@contextmanager
def seekable(stream: BinaryIO) -> Iterator[IO[bytes]]:
    """The stream itself where one can go back in it, else a temporary file with its bytes, gone at the end."""
    if _is_seekable(stream):
        yield stream
        return
    with tempfile.TemporaryFile(prefix="onrecord-") as copy:
        shutil.copyfileobj(stream, copy, MEGABYTE)
        copy.seek(0)
        yield copy


def _is_seekable(stream: BinaryIO) -> bool:
    return bool(getattr(stream, "seekable", bool)())


class _Rejoined(io.RawIOBase):
    """A stream with what was already read of it put back in front."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        # read1: what has arrived is passed on, without waiting for the buffer to fill
        read = getattr(self._stream, "read1", self._stream.read)
        data, self._head = (
            (self._head[: len(buffer)], self._head[len(buffer) :]) if self._head else (read(len(buffer)), b"")
        )
        buffer[: len(data)] = data
        return len(data)
