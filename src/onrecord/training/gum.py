"""GUM's documents (CoNLL-U with coreference) to texts and clues for the antecedent head."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.records import Span
from onrecord.resolve import lexicon as lex
from onrecord.training.anaphora import Anaphora, Clue, anaphora

_BRACKET = re.compile(r"\((?P<open>\d+)-(?P<rest>[^()]*)(?P<single>\))?|(?P<close>\d+)\)")
_MINSPAN = 4
"""Which of an entity's fields, after its number, names the words that are its head."""


@dataclass
class _Document:
    """A document while it is read; tokens are kept as spans of the text."""

    text: str = ""
    tokens: list[Span] = field(default_factory=list)
    pronouns: list[int] = field(default_factory=list)
    heads: dict[str, list[Span]] = field(default_factory=dict)
    chain_at: dict[int, str] = field(default_factory=dict)
    _open: list[tuple[str, int, str]] = field(default_factory=list)

    def add(self, columns: list[str]) -> None:
        start = len(self.text)
        self.text += columns[1]
        self.tokens.append((start, len(self.text)))
        if columns[3] == "PRON":
            self.pronouns.append(len(self.tokens) - 1)
        found = re.search(r"(?:^|\|)Entity=([^|]*)", columns[9])
        for match in _BRACKET.finditer(found[1] if found else ""):
            if match["open"]:
                self._open.append((match["open"], len(self.tokens) - 1, match["rest"]))
            if match["single"] or match["close"]:
                self._end(match["close"] or match["open"])

    def _end(self, number: str) -> None:
        at = next((k for k in range(len(self._open) - 1, -1, -1) if self._open[k][0] == number), None)
        if at is None:
            return
        _, first, rest = self._open.pop(at)
        size = len(self.tokens) - first
        if size == 1 and first in self.pronouns:
            self.chain_at[first] = number
            return
        fields = rest.split("-")
        places = [int(p) for p in fields[_MINSPAN].split(",")] if len(fields) > _MINSPAN else []
        inside = [p for p in places if 0 < p <= size] or [size]
        self.heads.setdefault(number, []).extend(self.tokens[first + p - 1] for p in inside)

    def clues(self) -> Iterator[Clue]:
        for token in self.pronouns:
            start, end = self.tokens[token]
            word = self.text[start:end].casefold()
            if word not in lex.PRONOUN_GENDER and word not in lex.NEUTER and word not in lex.PLURAL:
                continue
            heads = tuple(self.heads.get(self.chain_at.get(token, ""), ()))
            yield Clue((start, end), heads, none=not heads)


def from_gum(path: Path) -> Iterator[Anaphora]:
    """Every document's pronouns of the third person, with the heads of the mentions in their chains."""
    for document in _documents(path):
        yield from anaphora(document.text, list(document.clues()))


def _documents(path: Path) -> Iterator[_Document]:
    document, space, glued_until = _Document(), "", 0
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# newdoc"):
            if document.tokens:
                yield document
            document, space = _Document(), ""
        elif line.startswith("# newpar"):
            space = "\n\n" if document.text else ""
        elif line and not line.startswith("#"):
            columns = line.split("\t")
            if "-" in columns[0]:  # several tokens written as one word: the word's own line tells what follows it
                glued_until = int(columns[0].split("-")[1])
                glued = "SpaceAfter=No" in columns[9]
                continue
            if "." in columns[0]:
                continue
            document.text += space
            document.add(columns)
            inside = int(columns[0]) < glued_until
            last = int(columns[0]) == glued_until
            space = "" if inside or (glued if last else "SpaceAfter=No" in columns[9]) else " "
            if int(columns[0]) >= glued_until:
                glued_until = 0
    if document.tokens:
        yield document
