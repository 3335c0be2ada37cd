"""The trail of a statement: one utterance from who said it to the outlets that report it; as page and as data."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi import Path as InPath
from starlette.responses import Response

from onrecord.explore.answers import One, one
from onrecord.explore.explorer import Explorer
from onrecord.explore.known_days import KnownDays
from onrecord.explore.shown import page
from onrecord.explore.way import Drawing, drawn
from onrecord.store.archive import Archive
from onrecord.store.search import split_key, statement_key
from onrecord.store.tables import listed
from onrecord.trails.drift import word_differences
from onrecord.trails.trails import Trail
from onrecord.trails.words import words

router = APIRouter()
OPENING = 84
"""Characters of a wording that stand beside its report where the drawing is wide."""
Run = tuple[str, bool]
"""Words of a member, and whether its fullest wording has others there."""


@dataclass(frozen=True, slots=True)
class Path:
    """One trail as it is shown; `keys` and `texts` are of its members, in their order."""

    trail: Trail
    keys: tuple[str, ...]
    texts: tuple[tuple[Run, ...], ...]

    @property
    def steps(self) -> tuple[str, ...]:
        """From the speaker over the occasion to the outlets and agencies it came through."""
        trail = self.trail
        return (trail.speaker or "nobody named", *filter(None, (trail.venue,)), *trail.through)

    @property
    def drawing(self) -> Drawing:
        """Where each of its steps and reports stands."""
        return drawn(self.trail)

    @property
    def openings(self) -> tuple[tuple[Run, ...], ...]:
        """The first words of each of `texts`."""
        return tuple(tuple(_opening(text)) for text in self.texts)

    def to_dict(self) -> dict[str, Any]:
        """As `onrecord trails --format json` has it, each member with its `key`."""
        made = self.trail.to_dict()
        made["members"] = [{**m, "key": key} for m, key in zip(made["members"], self.keys, strict=True)]
        return made


def paths(explorer: Explorer, key: str) -> tuple[Path, ...]:
    """The trails that a statement stands in. Raises Missing when there is no such statement."""
    explorer.statement(key)
    article, _, id_ = split_key(key)
    return explorer.desk.ask(_paths, explorer.known_days, article, id_)


def _paths(archive: Archive, known: KnownDays, article: str, statement: str) -> tuple[Path, ...]:
    found = known.around(archive, article, statement)
    ids = {member.article for trail in found for member in trail.members}
    rows = (
        archive.sql(f"select id, version from articles where id in ({listed(sorted(ids))})").table.to_pylist()
        if ids
        else []
    )
    version = {row["id"]: row["version"] for row in rows}
    return tuple(_path(trail, version) for trail in found)


def _path(trail: Trail, version: dict[str, int]) -> Path:
    whole = next(m.text for m in trail.members if (m.article, m.statement) == trail.longest)
    keys = tuple(statement_key(m.article, version[m.article], m.statement) for m in trail.members)
    return Path(trail, keys, tuple(marked(whole, m.text) for m in trail.members))


def marked(whole: str, text: str) -> tuple[Run, ...]:
    """A wording in runs of words, those marked that the fullest one does not have there."""
    fuller, other = (words(one, ((0, len(one)),)) for one in (whole, text))
    runs, at = [], 0
    for difference in word_differences(fuller, other):
        first, after = difference.now
        if first < after:
            start, end = other[first].span[0], other[after - 1].span[1]
            runs += [(text[at:start], False), (text[start:end], True)]
            at = end
    return tuple(run for run in (*runs, (text[at:], False)) if run[0])


def _opening(text: Iterable[Run]) -> Iterator[Run]:
    """A wording cut after OPENING characters, but not in a word."""
    left = OPENING
    for run, differs in text:
        plain = re.sub(r"\s+", " ", run)
        if len(plain) > left:
            yield plain[:left].rpartition(" ")[0] + " …", differs
            return
        yield plain, differs
        left -= len(plain)


def _explorer(request: Request) -> Explorer:
    explorer: Explorer = request.app.state.explorer
    return explorer


Ask = Annotated[Explorer, Depends(_explorer)]
Key = Annotated[str, InPath(description="ARTICLE@VERSION#STATEMENT; # is %23.")]


@router.get("/api/v1/trails/{key:path}", response_model=One[list[dict[str, Any]]], tags=["trails"])
def get_trails(ask: Ask, key: Key) -> Response:
    """The trails that a statement stands in: none, one, or several when it fuses utterances."""
    return one([path.to_dict() for path in paths(ask, key)])


@router.get("/trail/{key:path}", include_in_schema=False)
def show_trail(ask: Ask, key: Key) -> Response:
    """The way of an utterance in time, with what is different in each report."""
    return page("trail.html.j2", at="record", key=key, said=ask.statement(key), found=paths(ask, key))
