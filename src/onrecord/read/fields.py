"""What a reader of one format hands to the maker of articles."""

from collections.abc import Sequence
from typing import NamedTuple, TypedDict


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


class Draft(NamedTuple):
    """One article as a format gives it, before its id and dateline are worked out."""

    text: str
    fields: ArticleFields
