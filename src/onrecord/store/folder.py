"""An archive in a folder: its head replaced in one step, and locks of the system, which go with their process."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from onrecord.errors import ArchiveBusy
from onrecord.store.faults import guarded

HEAD = "archive.json"
TABLES = "tables"
LOCK = "lock"
READERS = "readers"


class Folder:
    """What an archive asks of the place it lies in, for a folder of this machine. See bucket.py for the other kind."""

    alone = True
    """Whether who holds the lock is sure that nobody else writes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.options: dict[str, str] | None = None
        """What Lance needs to know to open tables here."""

    def has_head(self) -> bool:
        """Whether an archive was made here."""
        return (self.root / HEAD).exists()

    def read(self) -> tuple[str, None]:
        """The head, and nothing that tells it from others. Raises FileNotFoundError, NotADirectoryError."""
        with guarded(self.root):
            return (self.root / HEAD).read_text("utf-8"), None

    def replace(self, text: str, _: object) -> None:
        """Replace the head in one step: whoever reads sees the old one or the new one. Raises StorageError."""
        path, draft = self.root / HEAD, self.root / f"{HEAD}.new"
        with guarded(self.root):
            with draft.open("w", encoding="utf-8") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(path)

    def make(self) -> None:
        """Have the folder."""
        with guarded(self.root):
            self.root.mkdir(parents=True, exist_ok=True)

    def contents(self) -> set[str] | None:
        """Names of what lies there; None where nothing does. Raises NotADirectoryError."""
        with guarded(self.root):
            return {path.name for path in self.root.iterdir()} if self.root.exists() else None

    def table(self, name: str) -> str:
        """Where a table lies."""
        return str(self.root / TABLES / f"{name}.lance")

    def has_table(self, name: str) -> bool:
        """Whether anything lies there."""
        return Path(self.table(name)).exists()

    def size(self) -> int:
        """Bytes of everything."""
        with guarded(self.root):
            return sum(path.stat().st_size for path in self.root.rglob("*") if path.is_file())

    @contextmanager
    def locked(self, patience: float) -> Iterator[None]:
        """Hold the archive for writing. Raises ArchiveBusy when others do for longer than `patience` seconds."""
        with guarded(self.root):
            lock = FileLock(self.root / LOCK, timeout=patience)
            try:
                lock.acquire()
            except Timeout:
                raise ArchiveBusy(
                    self.root, f"another process has been writing for over {patience:.0f} s; try again when it is done"
                ) from None
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold a lock on a file of one's own. Without effect where the folder cannot be written."""
        path = self.root / READERS / uuid.uuid4().hex
        lock = FileLock(path)
        try:
            path.parent.mkdir(exist_ok=True)
            lock.acquire()
        except OSError:
            yield
            return
        try:
            yield
        finally:
            lock.release()
            path.unlink(missing_ok=True)

    def someone_reads(self) -> bool:
        """Does any process hold such a lock? Files of readers that died are removed."""
        folder = self.root / READERS
        active = False
        for path in folder.iterdir() if folder.is_dir() else ():
            lock = FileLock(path, timeout=0)
            try:
                lock.acquire()
            except Timeout:
                active = True
                continue
            lock.release()
            path.unlink(missing_ok=True)
        return active
