"""A question and its four forms; the copies are run, and find the same."""

import shlex
from typing import Any

import pytest
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.errors import BadQuery
from onrecord.explore import timeline
from onrecord.explore.asked import Asked
from onrecord.explore.echoes import echoes
from onrecord.store.archive import Archive

QUESTIONS = [
    {"q": '"northern strait"', "speaker": "Madakh"},
    {"about": "MRN", "since": "2020-11-10", "until": "2020-11"},
    {"outlet": "harbour post", "quote": "indirect", "min_confidence": "0.5"},
    {"via": "harbour", "speaker": "MRN"},
]


@pytest.mark.parametrize("values", QUESTIONS)
def test_every_copy_finds_the_same(filled: Archive, values: dict[str, str]) -> None:
    asked = Asked.of(values)
    keys = {(hit.article, hit.id) for hit in filled.search(asked.words, asked.filters).hits}
    assert keys
    assert Asked.of(dict(pair.split("=") for pair in _unquoted(asked.query))) == asked
    found = filled.sql(asked.sql()).table.to_pylist()
    assert {(row["article"], row["id"]) for row in found} == keys
    done = CliRunner().invoke(app, [*shlex.split(asked.cli())[1:], "--format", "csv", "--archive", str(filled.root)])
    assert done.exit_code == 0, done.output
    assert done.stdout.count("\n") == len(keys) + 1
    space: dict[str, Any] = {}
    exec(asked.python().replace('"ARCHIVE"', repr(str(filled.root))), space)
    assert {(hit.article, hit.id) for hit in space["page"].hits} == keys


def _unquoted(query: str) -> list[str]:
    from urllib.parse import unquote_plus

    return [unquote_plus(part) for part in query.split("&")]


@pytest.mark.parametrize("values", [{"sort": "loud"}, {"min_confidence": "much"}, {"q": "x" * 3000}])
def test_what_cannot_be_asked_names_its_field(values: dict[str, str]) -> None:
    with pytest.raises(BadQuery, match=next(iter(values))):
        Asked.of(values)


def test_hostile_words_stay_words_in_every_copy(filled: Archive) -> None:
    asked = Asked.of({"q": "'; drop table statements; --", "speaker": "$(rm -rf /) 'x"})
    assert filled.sql(asked.sql()).table.num_rows == 0
    assert shlex.split(asked.cli())[-1] == "'; drop table statements; --"
    compile(asked.python(), "copy", "exec")


def test_echoes_are_the_same_words_in_other_articles(filled: Archive) -> None:
    (echo,) = echoes(filled.search(None, limit=100).hits)
    assert [hit.article for hit in echo.hits] == ["echo-1", "echo-2"]


def test_silence_shows_and_dates_far_apart_do_not_fill_a_page() -> None:
    assert timeline.filled({"2020-11": 1, "2021-01": 2}) == (("2020-11", 1), ("2020-12", 0), ("2021-01", 2))
    assert len(timeline.filled({"0001-01": 1, "9999-12": 2})) == 2
