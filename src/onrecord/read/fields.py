"""What a reader of one format hands to the maker of articles, and the choices of whoever reads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypedDict

from onrecord.errors import InputError
from onrecord.read.formats import Format

FIELDS = ("text", "id", "url", "outlet", "title", "published", "language", "byline")
"""The names of what an article's row or object may give."""


class ArticleFields(TypedDict, total=False):
    """The fields of an `Article` that its file may give. One left out, or None, is one that nothing says."""

    id: str | None
    url: str | None
    outlet: str | None
    title: str | None
    byline: Sequence[str]
    language: str | None
    published: str | None
    """ISO 8601; see `dates.iso_date`."""
    captured: str | None
    """ISO 8601: when the page was seen as it is. Evidence for the year of a dateline, not a date of publication."""


class Draft(NamedTuple):
    """One article as a format gives it, before its id and dateline are worked out."""

    text: str
    fields: ArticleFields


class Link(NamedTuple):
    """An article that stands elsewhere: the page at `url` is it, and `fields` what is known of it beforehand."""

    url: str
    fields: ArticleFields
    where: str
    linked_by: str | None = None
    """The address of the feed that links to it; None for one in a file."""


Found = Draft | Link | InputError
"""What readers give, one after the other: articles, links to some, and what is wrong in the place of others."""
Finds = Iterator[Found]


@dataclass(frozen=True, slots=True)
class Options:
    """How files are read, where there is a choice."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Of tables: the column that each of FIELDS stands in, where it has another name."""
    fetch: bool | None = None
    """Whether to fetch the pages behind a feed's summaries; None: when the feed itself was given by its web address."""
    format: Format | None = None
    """Of what has no name to tell it by."""
