"""Who may use a shared explorer: names, roles and hashed tokens, a line each in one plain file.

    # name  role  SHA-256 of the token  day it was made
    ada  correct  5e88…  2026-11-25

Tokens are made here, of 32 random bytes, so a plain hash of one tells nothing of it; they are shown once and kept
nowhere. The file is read again whenever it changes: who is removed is out at once.
"""

import hashlib
import logging
import os
import re
import secrets
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from filelock import FileLock

from onrecord.errors import OnrecordError

_HEADING = "# name  role  SHA-256 of the token  day it was made\n"
_NAME = re.compile(r"[^\W_][\w.@+-]{0,63}")
_HASH = re.compile(r"[0-9a-f]{64}")
_log = logging.getLogger(__name__)


class Role(StrEnum):
    """What somebody may do, each what the one before may and more."""

    read = "read"
    correct = "correct"
    """Decide who is who, and take back what oneself decided."""
    admin = "admin"
    """Take back what others decided, and see the metrics."""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody, by the name that decisions bear."""

    name: str
    role: Role = Role.admin

    def may(self, role: Role) -> bool:
        """Whether this role includes that one."""
        order = list(Role)
        return order.index(self.role) >= order.index(role)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the file."""

    user: User
    hash: str
    added: str

    def __str__(self) -> str:
        return f"{self.user.name}  {self.user.role}  {self.hash}  {self.added}"


class Users:
    """The people in a file, as it is now. Any number of threads may ask."""

    def __init__(self, path: Path) -> None:
        """Raises OnrecordError when the file cannot be read or names nobody."""
        self.path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._by_hash: dict[str, User] = {}
        if not read_users(path):
            raise OnrecordError(f"{path}: names nobody; `onrecord users add NAME --users {path}` adds one")

    def who(self, token: str) -> User | None:
        """Whose token it is. Nobody's when the file cannot be read: better shut than open."""
        with self._lock:
            try:
                there = os.stat(self.path)
                if self._seen != (there.st_mtime_ns, there.st_size):
                    self._by_hash = {entry.hash: entry.user for entry in read_users(self.path)}
                    self._seen = (there.st_mtime_ns, there.st_size)
            except (OSError, OnrecordError) as error:
                _log.error("nobody may enter: %s", error)
                self._by_hash, self._seen = {}, None
            return self._by_hash.get(hashed(token))


def hashed(token: str) -> str:
    """What the file holds of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def read_users(path: Path) -> list[Entry]:
    """The lines of a file. Raises OnrecordError that names the line at fault."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        raise OnrecordError(
            f"{path}: no such file of users; `onrecord users add NAME --users {path}` makes it"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise OnrecordError(f"{path}: cannot be read ({error}); check the file of users") from error
    found = [_entry(line, f"{path}:{n}") for n, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    if len({entry.user.name for entry in found}) < len(found):
        raise OnrecordError(f"{path}: somebody is there twice; remove one of the lines")
    return found


def add_user(path: Path, user: User) -> str:
    """Add somebody, or give them a new token and role; returns the token, which is kept nowhere.

    Raises OnrecordError for a name that cannot serve and a file that cannot be read or written.
    """
    if not _NAME.fullmatch(user.name):
        raise OnrecordError(f"{user.name!r} is no name for a user: letters, digits and . _ @ + -, 64 at most")
    token = secrets.token_urlsafe(32)
    entry = Entry(user, hashed(token), datetime.now(UTC).date().isoformat())
    with _changing(path):
        others = [e for e in read_users(path) if e.user.name != user.name] if path.exists() else []
        _write(path, [*others, entry])
    return token


def remove_user(path: Path, name: str) -> None:
    """Shut somebody out. Raises OnrecordError when there is no such user."""
    with _changing(path):
        there = read_users(path)
        left = [entry for entry in there if entry.user.name != name]
        if len(left) == len(there):
            raise OnrecordError(f"{path}: there is no user {name!r}")
        _write(path, left)


def _changing(path: Path) -> FileLock:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(path.with_name(f"{path.name}.lock"))
    except OSError as error:
        raise OnrecordError(f"{path}: cannot be written ({error.strerror}); check the folder") from error


def _entry(line: str, where: str) -> Entry:
    parts = line.split()
    if len(parts) != 4 or parts[1] not in list(Role) or not _HASH.fullmatch(parts[2]) or not _NAME.fullmatch(parts[0]):
        raise OnrecordError(f"{where}: is no user; a line is NAME, {', '.join(Role)}, a SHA-256 and a day")
    return Entry(User(parts[0], Role(parts[1])), parts[2], parts[3])


def _write(path: Path, entries: list[Entry]) -> None:
    """Replace the file in one step, for its owner's eyes."""
    draft = path.with_name(f"{path.name}.new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        stream.write(_HEADING + "".join(f"{entry}\n" for entry in entries))
    draft.replace(path)
