"""The trail of a statement as page, as data and as a tool: who else reports the same, and in which words."""

from pathlib import Path

import pytest
from explorer_client import serving
from starlette.testclient import TestClient

from onrecord.explore.paths import marked
from onrecord.store.archive import Archive
from reports import record

WHOLE = "“We will never open the northern harbour to foreign frigates, whatever they promise us,”"
CUT = "the harbour would stay closed and called it a port “never” to be opened “to foreign frigates”"


@pytest.fixture
def told(tmp_path: Path) -> TestClient:
    archive = Archive.make(tmp_path / "told.archive")
    archive.add([record("a", WHOLE, outlet="Post"), record("b", CUT, "the budget waits", outlet="Courier")])
    return serving(archive)


def test_a_trail_is_given_as_data(told: TestClient) -> None:
    with told:
        (trail,) = told.get("/api/v1/trails/b@1%23s1").json()["data"]
    assert [(m["article"], m["form"], m["key"]) for m in trail["members"]] == [
        ("a", "verbatim", "a@1#s1"),
        ("b", "trimmed", "b@1#s1"),
    ]
    assert trail["first"] == {"article": "a", "statement": "s1"}


def test_a_trail_is_shown_with_the_words_that_differ(told: TestClient) -> None:
    with told:
        page = told.get("/trail/b@1%23s1").text
        assert "2 independent reports" in page
        assert "<mark>" in page
        assert "No other article" in told.get("/trail/b@1%23s2").text
        assert told.get("/trail/b@1%23s9").status_code == 404


def test_words_that_the_fullest_wording_lacks_are_marked() -> None:
    runs = marked("We close the old harbour tonight", "We closed the new harbour")
    assert runs == (("We closed the ", False), ("new", True), (" harbour", False))
