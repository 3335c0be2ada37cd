"""Where each thing is shown: the addresses of the pages."""

from urllib.parse import quote, urlencode

from onrecord.explore.statements import split_key
from onrecord.export.html import anchor_of
from onrecord.export.wording import without_surrogates


def _part(text: str) -> str:
    return quote(without_surrogates(text), safe="")


def article_at(article: str, version: int | None = None) -> str:
    """The reader of an article, the current version when none is given."""
    return f"/read/{quote(without_surrogates(article))}" + (f"?version={version}" if version is not None else "")


def statement_at(key: str) -> str:
    """A statement in the reader. It leads to the version that the key names."""
    article, version, id_ = split_key(key)
    return f"{article_at(article, version)}#{anchor_of(article)}/{anchor_of(id_)}"


def trail_at(key: str) -> str:
    """The trail of a statement."""
    return f"/trail/{_part(key)}"


def actor_at(reference: str, **query: str) -> str:
    """The dossier of an actor, by id or name."""
    return f"/actor/{_part(reference)}" + (f"?{urlencode(query)}" if query else "")


def pair_at(left: str, right: str) -> str:
    """Two actors, by id or name."""
    return f"/pair/{_part(left)}/{_part(right)}"


def record_at(**query: str) -> str:
    """The statements that answer."""
    return f"/record?{urlencode(query, errors='replace')}" if query else "/record"


def api_at(path: str) -> str:
    """The same as data."""
    return f"/api/v1/{path}"


def statement_json_at(key: str) -> str:
    """A statement with its evidence, as JSON."""
    return api_at(f"statements/{_part(key)}")
