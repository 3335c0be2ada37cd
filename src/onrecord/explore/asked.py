"""A question to the archive as a view has it: words, filters and order; and the same as URL, CLI, SQL and Python."""

import shlex
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Literal, get_args
from urllib.parse import urlencode

from onrecord.errors import BadQuery
from onrecord.store.filters import Filters
from onrecord.store.tables import quoted

Sort = Literal["best", "newest", "oldest", "least certain", "surest"]
SORTS: tuple[Sort, ...] = get_args(Sort)
FILTERS = tuple(one.name for one in fields(Filters))
_LONGEST = 2_000
"""Characters that one value may have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Words (None for none), filters and the order of what answers. Without words, best is newest."""

    words: str | None = None
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "best"

    @classmethod
    def of(cls, values: Mapping[str, str]) -> "Asked":
        """From the parameters of a URL: `q`, `sort` and the names of the filters; empty ones ask nothing, others are
        none of ours. Raises BadQuery, naming the field.
        """
        given = {name: value.strip() for name, value in values.items() if value.strip()}
        for name in ("q", *FILTERS):
            if len(given.get(name, "")) > _LONGEST:
                raise BadQuery(f"{name}: longer than {_LONGEST:,} characters")
        sort = given.get("sort", "best")
        if sort not in SORTS:
            raise BadQuery(f"sort: {sort!r} is none of {', '.join(SORTS)}")
        texts = {name: given.get(name) for name in FILTERS if name != "min_confidence"}
        return cls(given.get("q"), Filters(**texts, min_confidence=_number(given.get("min_confidence"))), sort)

    @property
    def given(self) -> dict[str, str]:
        """The parameters that say this, those that ask nothing left out."""
        held = {name: str(value) for name, value in asdict(self.filters).items() if value is not None}
        words = {"q": self.words} if self.words else {}
        return words | held | ({"sort": self.sort} if self.sort != "best" else {})

    @property
    def query(self) -> str:
        """The same as the query of a URL, `q=sanctions&speaker=Lavrov`; empty when nothing is asked."""
        return urlencode(self.given, errors="replace")

    def cli(self) -> str:
        """The command that finds the same. It knows no order but the best first."""
        held = {name: value for name, value in self.given.items() if name not in {"q", "sort"}}
        options = [f"--{name.replace('_', '-')} {shlex.quote(value)}" for name, value in held.items()]
        words = [shlex.quote(self.words)] if self.words else []
        dashed = ["--"] if words and words[0].lstrip("'").startswith("-") else []
        return " ".join(["onrecord search", *options, *dashed, *words])

    def python(self) -> str:
        """The lines of Python that find the same."""
        held = {name: value for name, value in asdict(self.filters).items() if value is not None}
        named = f"Filters({', '.join(f'{name}={value!r}' for name, value in held.items())})"
        return (
            "from pathlib import Path\n"
            "from onrecord.store.archive import Archive\n"
            "from onrecord.store.filters import Filters\n\n"
            'archive = Archive.open(Path("ARCHIVE"))\n'
            f"page = archive.search({self.words!r}, {named})\n"
        )

    def sql(self) -> str:
        """A SELECT for `onrecord sql` that finds about the same: SQL looks for words as they are written."""
        parts = [*self._words_in_sql(), *self._filters_in_sql()]
        where = "\n  and ".join(parts) or "true"
        order = {
            "oldest": "published",
            "least certain": "confidence",
            "surest": "confidence desc",
        }.get(self.sort, "published desc")
        columns = "article, id, speaker, quote, content, published, confidence"
        return f"select {columns}\nfrom statements\nwhere {where}\norder by {order}\nlimit 100"

    def _words_in_sql(self) -> list[str]:
        words = (self.words or "").replace('"', "").split()
        wanted = [" ".join(words)] if words and '"' in (self.words or "") else words
        return [f"content ilike {quoted(f'%{word}%')}" for word in wanted if word not in {"AND", "OR", "NOT"}]

    def _filters_in_sql(self) -> list[str]:
        f = self.filters
        like = {name: quoted(f"%{value}%") for name, value in asdict(f).items() if isinstance(value, str)}
        parts = {
            "speaker": f"(speaker ilike {like.get('speaker')} or speaker_code = {quoted((f.speaker or '').upper())})",
            "about": f"(array_to_string(about, '|') ilike {like.get('about')}"
            f" or list_contains(about_codes, {quoted((f.about or '').upper())}))",
            "outlet": f"(outlet ilike {like.get('outlet')} or agency ilike {like.get('outlet')})",
            "via": f"array_to_string(through, '|') ilike {like.get('via')}",
            "country": f"speaker_country = {quoted((f.country or '').upper())}",
            "since": f"published >= {quoted(f.since or '')}",
            "until": f"left(published, {len(f.until or '')}) <= {quoted(f.until or '')}",
            "quote": f"quote = {quoted(f.quote or '')}",
            "min_confidence": f"confidence >= {f.min_confidence}",
        }
        return [part for name, part in parts.items() if getattr(f, name) is not None]


def _number(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        return float(text)
    except ValueError:
        raise BadQuery(f"min_confidence: {text!r} is no number between 0 and 1") from None
