"""Paths to sources: files, folders, patterns, standard input and addresses, one at a time, always in one order."""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import InputError, MissingInput
from onrecord.read.formats import FORMATS, Format, format_of, is_readable_name
from onrecord.read.remote import find_remote, is_remote, open_remote, shown
from onrecord.read.unpack import printable

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One file or address to read. `name` stands for it in messages; standard input has only that."""

    name: str
    path: Path | None = None
    url: str | None = None
    """On the web."""
    remote: str | None = None
    """On other storage (see remote.py)."""

    @property
    def format(self) -> Format | None:
        """What the suffix says; None where only the content can tell."""
        if self.remote:
            return format_of(self.name)
        return format_of(self.path.name) if self.path else None

    def open(self, stdin: BinaryIO | None = None) -> AbstractContextManager[BinaryIO]:
        """The bytes of a file or of standard input, to be read to their end or not. Standard input is left open. Raises
        OSError, and InputError for storage that is not known."""
        if self.remote:
            return open_remote(self.remote)
        if self.path is None:
            return nullcontext(stdin or sys.stdin.buffer)
        return self.path.open("rb")


def find_sources(paths: Sequence[str | Path]) -> Iterator[Source | InputError]:
    """The files behind paths, folders, patterns, addresses and `-`, lazily, in the order given and sorted within each.

    From a folder come the files whose suffix is in FORMATS, packed or not, and zip archives, at any depth; hidden files
    and folders are left out. What
    leads nowhere comes as an error in its place: MissingInput for a path that does not exist, a pattern that matches
    nothing and a folder without readable files; InputError for a link that leads back to its own folder.
    """
    for path in [paths] if isinstance(paths, str | Path) else paths:
        yield from _find(path)


# os.path here and not Path: Path.is_dir and its like raise an error for a name that is too long or in a locked folder


def _find(given: str | Path) -> Iterator[Source | InputError]:
    path = Path(given)
    name = _printable(given)
    if str(given) == STANDARD_INPUT:
        yield Source("standard input")
    elif os.path.isdir(path):
        yield from _find_in_folder(path)
    elif os.path.exists(path):
        yield Source(name, path)
    elif is_address(given):
        yield Source(name, url=str(given))
    elif is_remote(given):
        yield from _find_remote(str(given))
    elif re.search(r"[*?\[]", str(given)) and not os.path.islink(path):
        yield from _find_by_pattern(path)
    else:
        yield _missing(path)


def _find_remote(address: str) -> Iterator[Source | InputError]:
    try:
        for found in find_remote(address):
            yield Source(_printable(shown(found)), remote=found)
    except InputError as error:
        yield error


def _find_by_pattern(pattern: Path) -> Iterator[Source | InputError]:
    """Files and folders that match, each file once even where `**` finds both a folder and what lies in it."""
    first = next(i for i, part in enumerate(pattern.parts) if re.search(r"[*?\[]", part))
    try:
        # Path.glob and not glob.glob: that one follows links into circles
        matches = sorted(Path(*pattern.parts[:first]).glob(str(Path(*pattern.parts[first:]))))
    except ValueError as error:
        yield MissingInput(_printable(pattern), f"is not a pattern: {error}")
        return
    seen: set[Path] = set()
    for match in matches:
        if _is_hidden(match, pattern, first):
            continue
        for found in _find(match):
            if isinstance(found, Source) and found.path:
                if found.path in seen:
                    continue
                seen.add(found.path)
                yield found
            elif not isinstance(found, MissingInput) or not os.path.isdir(match):
                yield found  # a folder without readable files is no fault of the pattern
    if not seen:
        yield MissingInput(_printable(pattern), "nothing matches this pattern")


def _is_hidden(match: Path, pattern: Path, first: int) -> bool:
    """Whether a part that the pattern left open is hidden, unless the pattern asks for hidden names, as in a shell."""
    asked = any(part.startswith(".") for part in pattern.parts[first:])
    return not asked and any(part.startswith(".") for part in match.parts[first:])


def _find_in_folder(folder: Path) -> Iterator[Source | InputError]:
    empty = True
    for found in _walk(folder, (), set()):
        empty = False
        yield found
    if empty:
        suffixes = " ".join(FORMATS)
        yield MissingInput(
            _printable(folder), f"no file to read in this folder (of {suffixes}); name others one by one"
        )


def _walk(
    folder: Path, above: tuple[tuple[int, int], ...], seen: set[tuple[int, int]]
) -> Iterator[Source | InputError]:
    """`above`: device and inode of the folders this one lies in; `seen`: of all folders entered so far."""
    try:
        status = folder.stat()
        place = (status.st_dev, status.st_ino)
        if place in above:
            yield InputError(_printable(folder), "is a link back to a folder it lies in: not followed")
        if place in seen:
            return  # reached by a second way; what lies in it has been read
        seen.add(place)
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield InputError(_printable(folder), f"cannot be read: {error.strerror or error}")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if os.path.isdir(entry):
            yield from _walk(entry, (*above, place), seen)
        elif is_readable_name(entry.name):
            if os.path.isfile(entry):
                yield Source(_printable(entry), entry)
            elif not os.path.exists(entry):
                yield _missing(entry)


def _missing(path: Path) -> MissingInput:
    why = "is a link that leads nowhere" if os.path.islink(path) else "no such file or folder"
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        pass  # a ValueError is what a zero byte in a name gives: no file has such a name
    except OSError as error:
        why = f"cannot be reached: {error.strerror or error}"
    return MissingInput(_printable(path), why)


def is_address(given: str | Path) -> bool:
    """Whether something given as an input is a web address. Path() would make one stroke of an address's two."""
    return isinstance(given, str) and re.match(r"https?://", given, re.IGNORECASE) is not None


def _printable(path: str | Path) -> str:
    return printable(str(path))
