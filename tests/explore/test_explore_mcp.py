"""The tools an assistant gets, asked as an assistant asks."""

import asyncio
import json
from typing import Any

import pytest
from mcp import Client

from onrecord.explore.explorer import Explorer
from onrecord.explore.mcp import server
from onrecord.explore.settings import Settings
from onrecord.store.archive import Archive


@pytest.fixture(scope="module")
def explorer(filled: Archive) -> Explorer:
    return Explorer.of(filled, Settings("a-token-for-the-tests"))


def called(explorer: Explorer, tool: str, **arguments: Any) -> Any:
    async def ask() -> Any:
        async with Client(server(explorer)) as client:
            return await client.call_tool(tool, arguments)

    return asyncio.run(ask())


def answer(explorer: Explorer, tool: str, **arguments: Any) -> dict[str, Any]:
    result = called(explorer, tool, **arguments)
    assert not result.is_error, result.content
    found: dict[str, Any] = json.loads(result.content[0].text)
    return found


def test_the_tools_are_these(explorer: Explorer) -> None:
    async def names() -> set[str]:
        async with Client(server(explorer)) as client:
            return {tool.name for tool in (await client.list_tools()).tools}

    assert asyncio.run(names()) == {
        "search", "more_like", "trail", "get_article", "get_statement", "actor_dossier", "dyad_series", "position",
    }  # fmt: skip


def test_a_position(explorer: Explorer) -> None:
    found = answer(explorer, "position", who="Varen", on="strait")
    assert found["topic"] is None
    assert found["said"]
    assert all("Varen" in said["speaker"] for said in found["said"])


def test_who_said_what_since_when_with_citations_to_offsets(explorer: Explorer, filled: Archive) -> None:
    found = answer(explorer, "search", words="strait", since="2020-11-05")
    assert found["total"] == 2
    first = found["statements"][0]
    record = filled.record(first["key"].partition("@")[0])
    assert record is not None
    (piece,) = first["content"]
    assert record.article.text[piece["start"] : piece["end"]] == piece["words"]
    assert f"characters {piece['start']}–{piece['end']}" in first["citation"]
    assert answer(explorer, "get_statement", key=first["key"])["content"] == first["content"]


def test_article_dossier_and_series(explorer: Explorer) -> None:
    assert answer(explorer, "get_article", article="strait")["text"].startswith("PORT AVEL")
    assert answer(explorer, "actor_dossier", actor="Varen")["by"] == 4
    series = answer(explorer, "dyad_series", left="Tovia", right="Marenia")
    assert series["points"][0]["conflict_claim"] == 1
    assert [event["type"] for event in series["events"]] == ["ACCUSE", "COERCE"]


def test_what_is_not_there_is_one_line(explorer: Explorer) -> None:
    result = called(explorer, "get_statement", key="none")
    assert result.is_error
    assert "there is none" in result.content[0].text
