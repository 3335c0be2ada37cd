"""Lists in pages: each but the last ends with a cursor for the next."""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from onrecord.errors import BadQuery

Row = TypeVar("Row")
ON_A_PAGE = 20
"""Rows of a page of statements, when nothing else is asked for."""
MOST = 1_000
"""Rows a page may have."""
_FURTHEST = 2**31


@dataclass(frozen=True, slots=True)
class Paged(Generic[Row]):
    """Some rows of a list, how many it has in all, and the cursor of the page after these; None when there is none."""

    rows: tuple[Row, ...]
    total: int
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Which rows of a list are wanted: how many, and from which cursor on."""

    limit: int = ON_A_PAGE
    cursor: str | None = None

    def start(self, of: object) -> int:
        """Rows before the page. `of` is what was asked, by its repr. Raises BadQuery for a cursor of another list."""
        if not 0 < self.limit <= MOST:
            raise BadQuery(f"limit: {self.limit} is not between 1 and {MOST:,}")
        if self.cursor is None:
            return 0
        try:
            start, mark = base64.urlsafe_b64decode(self.cursor + "=" * (-len(self.cursor) % 4)).decode().split("~")
            place = int(start)
        except (ValueError, binascii.Error) as error:
            raise BadQuery(f"cursor: {self.cursor[:80]!r} is none of ours") from error
        if mark != _mark(of) or not 0 <= place < _FURTHEST:
            raise BadQuery("cursor: it belongs to another list; take the one of this list's last page")
        return place

    def after(self, rows: int, total: int, of: object) -> str | None:
        """The cursor behind so many rows of `total`; None at the end."""
        if rows >= total:
            return None
        return base64.urlsafe_b64encode(f"{rows}~{_mark(of)}".encode()).decode().rstrip("=")

    def cut(self, rows: Sequence[Row], of: object) -> Paged[Row]:
        """The page of a list that is there as a whole."""
        start = self.start(of)
        end = min(start + self.limit, len(rows))
        return Paged(tuple(rows[start:end]), len(rows), self.after(end, len(rows), of))


def _mark(of: object) -> str:
    return hashlib.blake2b(repr(of).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
