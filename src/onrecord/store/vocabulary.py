"""The names and words of an archive: what filters and prefixes are looked up in.

Both tables only grow, and a name's number is its place in the table, so what a process has read of them once stays
right and only what others added since is read.
"""

import re
from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from onrecord.records import Record
from onrecord.store.rows import Name, names_in
from onrecord.store.schema import NAMES, WORDS
from onrecord.store.tables import Snapshot
from onrecord.store.words import fold, plain, words_in
from onrecord.store.writing import Transaction

_BETWEEN = "\x1e"


class Known:
    """What a writing process has read of the names and the words on the record."""

    def __init__(self) -> None:
        self._names = pa.array([], pa.string())
        self._words = pa.array([], pa.string())

    def catch_up(self, snapshot: Snapshot) -> None:
        """Read what was added since."""
        if (more := _since(snapshot, "names", len(self._names), ["kind", "name"])) is not None:
            keys = pc.binary_join_element_wise(more["kind"], more["name"], _BETWEEN).combine_chunks()
            self._names = pa.concat_arrays([self._names, keys])
        if (more := _since(snapshot, "words", len(self._words), ["word"])) is not None:
            self._words = pa.concat_arrays([self._words, more["word"].combine_chunks()])

    def number(self, transaction: Transaction, names: Iterable[Name]) -> dict[Name, int]:
        """Numbers of names; those that have none yet get the next ones and are appended."""
        wanted = list(dict.fromkeys(names))
        keys = pa.array([f"{kind}{_BETWEEN}{name}" for kind, name in wanted], pa.string())
        places = pc.index_in(keys, value_set=self._names).to_pylist()
        numbers = {name: place + 1 for name, place in zip(wanted, places, strict=True) if place is not None}
        new = [name for name in wanted if name not in numbers]
        for number, name in enumerate(new, len(self._names) + 1):
            numbers[name] = number
        rows = [{"number": numbers[name], "kind": name[0], "name": name[1]} for name in new]
        transaction.append("names", pa.Table.from_pylist(rows, schema=NAMES))
        return numbers

    def note_words(self, transaction: Transaction, records: Sequence[Record]) -> None:
        """Append the words of contents that are not on the list yet."""
        texts = (record.text_of(s.content) for record in records for s in record.statements)
        words = pa.array(sorted(set(words_in(plain(" ".join(texts))))), pa.string())
        new = words.filter(pc.invert(pc.is_in(words, value_set=self._words)))
        transaction.append("words", pa.table([new], schema=WORDS))


def every_name(records: Iterable[Record]) -> list[Name]:
    """The names of records, each once."""
    return list(dict.fromkeys(name for record in records for name in names_in(record)))


def names_like(snapshot: Snapshot, kind: str, asked: str) -> dict[int, str]:
    """The names of a kind that have every word of `asked`, by number; in any case and order, accents or not."""
    words = words_in(fold(asked))
    if not words:
        return {}
    names = _names(snapshot)
    mask = pc.equal(names["kind"], kind)
    for word in words:
        mask = pc.and_(mask, pc.match_substring(names["folded"], word))
    patterns = [re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])") for word in words]
    return {
        row["number"]: row["name"]
        for row in names.filter(mask).to_pylist()
        if all(pattern.search(row["folded"]) for pattern in patterns)
    }


def names_of_kind(snapshot: Snapshot, kind: str) -> list[str]:
    """All names of a kind."""
    names = _names(snapshot)
    return [str(name) for name in names.filter(pc.equal(names["kind"], kind))["name"].to_pylist()]


def names_at(snapshot: Snapshot, numbers: pa.Array) -> pa.Array:
    """The names that have these numbers; null for 0."""
    places = pc.subtract(pc.if_else(pc.equal(numbers, 0), pa.scalar(None, numbers.type), numbers), 1)
    names = _names(snapshot)["name"].take(places)
    return pa.concat_arrays(names.chunks) if names.num_chunks else pa.array([], pa.string())


def words_from(snapshot: Snapshot, prefix: str) -> list[str]:
    """The words that begin with a folded prefix."""
    words = _words(snapshot)
    return [str(word) for word in words.filter(pc.starts_with(words["folded"], prefix))["word"].to_pylist()]


def spellings(snapshot: Snapshot, folded: str) -> list[str]:
    """A folded word and the accented words that it may stand for.

    Lance stems before it takes accents away, so "fermé" and "ferme" are two words to its index.
    """
    words = _words(snapshot)
    alike = words.filter(pc.and_(pc.equal(words["folded"], folded), pc.not_equal(words["word"], folded)))
    return [folded, *(str(word) for word in alike["word"].to_pylist())]


def _names(snapshot: Snapshot) -> pa.Table:
    return snapshot.whole("names", lambda rows: rows.append_column("folded", _folded(rows["name"])))


def _words(snapshot: Snapshot) -> pa.Table:
    return snapshot.whole("words", lambda rows: rows.append_column("folded", _folded(rows["word"])))


def _folded(texts: pa.ChunkedArray) -> pa.Array:
    """Each text folded; most are ASCII, and Arrow folds those at once."""
    lower = pc.ascii_lower(texts)
    others = pc.invert(pc.string_is_ascii(texts))
    folded = pa.array([fold(text) for text in texts.filter(others).to_pylist()], pa.string())
    return pc.replace_with_mask(lower.combine_chunks(), others.combine_chunks(), folded)


def _since(snapshot: Snapshot, name: str, known: int, columns: list[str]) -> pa.Table | None:
    if snapshot.count(name) <= known:
        return None
    return snapshot[name].to_table(columns=columns, offset=known)
