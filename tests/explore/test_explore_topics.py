"""Positions on a user's own topics: as page, as data, as a tool; and what a bad file of them says."""

import asyncio
import json
from pathlib import Path

import pytest
from explorer_client import TOKEN
from mcp import Client
from starlette.testclient import TestClient
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.errors import InputError
from onrecord.explore.app import application
from onrecord.explore.explorer import Explorer
from onrecord.explore.mcp import server
from onrecord.explore.settings import Settings
from onrecord.store.archive import Archive
from onrecord.topics.scheme import load
from reports import record

NIGHT = "the lantern keepers of the mole will be paid for every night of fog"
OWN = '[[topics]]\nname = "harbour lights"\nterms = ["lantern keepers"]\n'


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "topics.toml"
    file.write_text(OWN)
    return file


@pytest.fixture
def explorer(tmp_path: Path, own: Path) -> Explorer:
    archive = Archive.make(tmp_path / "news.archive")
    archive.add([record("a", NIGHT, "the budget of the islands waits")])
    return Explorer.of(archive, Settings(TOKEN), load(own))


def test_the_page_and_the_api_know_them(explorer: Explorer) -> None:
    asked = {"who": "Laven", "on": "harbour lights"}
    with TestClient(application(explorer), base_url="http://127.0.0.1:8765") as client:
        found = client.get("/api/v1/position", params=asked).json()["data"]
        shown = client.get("/position", params=asked).text
    assert (found["topic"], [said["text"] for said in found["said"]]) == ("harbour lights", [NIGHT])
    assert '<option value="harbour lights">' in shown
    assert NIGHT in shown


def test_the_tool_knows_them(explorer: Explorer) -> None:
    async def ask() -> str:
        async with Client(server(explorer)) as client:
            return (await client.call_tool("position", {"who": "Laven", "on": "harbour lights"})).content[0].text  # type: ignore[union-attr]

    assert [said["text"] for said in json.loads(asyncio.run(ask()))["said"]] == [NIGHT]


@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["mcp"]])
def test_a_bad_file_is_one_clear_error(command: list[str], tmp_path: Path) -> None:
    archive, bad = Archive.make(tmp_path / "news.archive"), tmp_path / "bad.toml"
    bad.write_text('[[topics]]\nname = "harbour lights"\ncolour = "green"\n')
    result = CliRunner().invoke(app, [*command, "--archive", str(archive.root), "--topics", str(bad)])
    assert isinstance(result.exception, InputError)
    assert str(result.exception).startswith(f"{bad}, topic 1: colour is not known here")
