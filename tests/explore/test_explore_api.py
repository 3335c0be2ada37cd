"""The API over a hand-made archive: what it answers, in which shape, and what it says when it cannot."""

import csv
import io
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from affair_records import EVIL, affair
from starlette.testclient import TestClient

from onrecord.explore.briefing import briefing
from onrecord.explore.desk import Desk
from onrecord.store.archive import Archive


def data(client: TestClient, path: str, **query: Any) -> Any:
    answer = client.get(f"/api/v1/{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def keys(rows: list[dict[str, Any]]) -> list[str]:
    return [row["key"] for row in rows]


def test_a_search_finds_statements_by_words_and_filters(reader: TestClient) -> None:
    assert set(keys(data(reader, "statements", q='"northern strait"'))) == {"strait@1#s1", "echo-1@1#s1", "echo-2@1#s1"}
    assert keys(data(reader, "statements", q="strait", speaker="varen")) == ["strait@1#s1"]
    assert keys(data(reader, "statements", quote="direct", since="2020-11-21")) == ["denial@1#s1"]


def test_orders(reader: TestClient) -> None:
    assert keys(data(reader, "statements", sort="least certain"))[0] == "strait@1#s3"
    assert keys(data(reader, "statements", sort="surest"))[0] == "strait@1#s1"
    assert keys(data(reader, "statements", sort="oldest", q="talks")) == ["talks@1#s1", "denial@1#s1"]


@pytest.mark.parametrize("path", ["statements", "statements?sort=oldest", "articles", "entities", "actors", "pairs"])
def test_pages_together_are_the_whole_list(reader: TestClient, path: str) -> None:
    joint = "&" if "?" in path else "?"
    rows, cursor, total = [], None, None
    while cursor is not None or total is None:
        more = f"&cursor={cursor}" if cursor else ""
        page = reader.get(f"/api/v1/{path}{joint}limit=3{more}").json()
        rows, cursor, total = rows + page["data"], page["cursor"], page["total"]
    assert len(rows) == total > 3
    assert rows == reader.get(f"/api/v1/{path}{joint}limit=100").json()["data"]


def test_a_cursor_of_another_list_is_refused(reader: TestClient) -> None:
    cursor = reader.get("/api/v1/articles", params={"limit": 1}).json()["cursor"]
    answer = reader.get("/api/v1/entities", params={"cursor": cursor})
    assert (answer.status_code, answer.json()["error"]["kind"]) == (400, "bad_query")
    assert reader.get("/api/v1/articles", params={"cursor": "%%%"}).status_code == 400


def test_csv_and_parquet_hold_the_same_rows(reader: TestClient) -> None:
    rows = data(reader, "statements", sort="oldest")
    as_csv = reader.get("/api/v1/statements?sort=oldest&format=csv")
    assert 'filename="statements.csv"' in as_csv.headers["content-disposition"]
    assert [row["key"] for row in csv.DictReader(io.StringIO(as_csv.text))] == keys(rows)
    as_parquet = reader.get("/api/v1/statements?sort=oldest&format=parquet")
    assert pq.read_table(io.BytesIO(as_parquet.content))["key"].to_pylist() == keys(rows)


def test_a_csv_of_part_of_a_list_says_where_the_rest_is(reader: TestClient) -> None:
    part = reader.get("/api/v1/articles?limit=2&format=csv")
    rest = reader.get("/api/v1/articles", params={"cursor": part.headers["x-next-cursor"], "limit": 100}).json()
    assert len(rest["data"]) == rest["total"] - 2


def test_a_statement_comes_with_its_evidence(reader: TestClient, filled: Archive) -> None:
    found = data(reader, "statements/strait@1%23s3")
    record = filled.record("strait")
    assert record is not None
    for role in ("source", "cue", "content"):
        for piece in found[role]:
            assert record.article.text[piece["start"] : piece["end"]] == piece["words"]
    assert found["content"][0]["words"] == "that the blockade is over"
    assert found["within"] == ["strait@1#s2"]
    assert data(reader, "statements/strait@1%23s2")["holds"] == ["strait@1#s3"]
    start, end = found["content"][0]["start"], found["content"][0]["end"]
    assert f"characters {start}–{end}. onrecord strait@1#s3" in found["citation"]


def test_an_article_is_its_record(reader: TestClient, filled: Archive) -> None:
    found = data(reader, "articles/strait")
    assert found["text"] == filled.record("strait").article.text  # type: ignore[union-attr]
    assert (found["version"], found["versions"]) == (1, [1])
    assert [event["type"] for event in found["events"]] == ["ACCUSE", "COERCE"]


def test_facets_and_series_count_what_answers(reader: TestClient) -> None:
    facets = data(reader, "facets", q="strait")
    assert facets["total"] == 3
    assert facets["speaker"][0] == ["Oren Madakh", 2]
    series = data(reader, "series", q="strait")
    assert series["by"] == "day"
    assert series["points"][:3] == [["2020-11-03", 1], ["2020-11-04", 0], ["2020-11-05", 1]]


def test_a_dossier_gathers_an_actor(reader: TestClient) -> None:
    found = data(reader, "actors/Varen")
    assert (found["actor"]["name"], found["by"], found["about"]) == ("Ilse Varen", 4, 0)
    assert found["actor"]["roles"][0] == {
        "role": "Foreign Minister",
        "first": "2020-11-03",
        "last": "2020-11-20",
        "articles": 3,
    }
    assert found["sources"] == [["Harbour Post", 1]]
    assert found["themes"][0] == ["Marenia", 3]
    assert sum(point["by"] for point in found["points"]) == 4
    assert keys(data(reader, "actors/Marenia/statements", side="about"))[0] == "talks@1#s1"


def test_a_pair_keeps_fact_and_claim_apart(reader: TestClient) -> None:
    found = data(reader, "pairs/Tovia/Marenia")
    assert [event["type"] for event in found["facts"]] == ["ACCUSE"]
    assert [(event["type"], event["said"]) for event in found["claims"]] == [("COERCE", "strait@1#s3")]
    assert found["points"] == [
        {
            "at": "2020-11-03", "goldstein": -3.5, "left_says": 0, "right_says": 0, "cooperation_fact": 0,
            "cooperation_claim": 0, "conflict_fact": 1, "conflict_claim": 1,
        }
    ]  # fmt: skip
    assert data(reader, "pairs/Ilse Varen/Tovia/series")[0]["left_says"] == 1


def test_events_are_found_by_whom_and_how(reader: TestClient) -> None:
    assert [e["id"] for e in data(reader, "events", actor="Tovia")] == ["v1"]
    assert [e["id"] for e in data(reader, "events", status="negated")] == ["v2"]
    assert data(reader, "events", type="AID") == []


def test_the_briefing_shows_what_is_echoed_and_what_to_check(reader: TestClient) -> None:
    found = data(reader, "briefing")
    assert (found["articles"], found["new_articles"]) == (9, 9)
    (echo,) = found["echoes"]
    assert echo["outlets"] == ["Tovia Today", "Harbour Post"]
    assert found["unsure"][0]["key"] == "strait@1#s3"
    assert found["pairs"][0] == {"left": "Ilse Varen", "right": "Marenia", "statements": 3, "events": 0}
    assert data(reader, "briefing", since="2999-01-01")["new_articles"] == 0


def test_joining_two_names_and_undoing_it(writer: TestClient) -> None:
    made = writer.post("/api/v1/decisions", json={"left": "Oren Madakh", "right": "Orren Madack"})
    assert made.status_code == 201
    assert data(writer, "actors/Orren Madack")["by"] == 4
    assert data(writer, "decisions")[0]["undone"] is False
    undone = writer.delete(f"/api/v1/decisions/{made.json()['data']['id']}")
    assert undone.json()["data"]["undone"] is True
    assert data(writer, "actors/Orren Madack")["by"] == 1
    assert writer.delete(f"/api/v1/decisions/{made.json()['data']['id']}").status_code == 400


def test_parting_a_name_from_an_actor(writer: TestClient) -> None:
    writer.post("/api/v1/decisions", json={"left": "Oren Madakh", "right": "Orren Madack"})
    parted = writer.post("/api/v1/actors/Oren Madakh/parted", json={"name": "Orren Madack"})
    assert (parted.status_code, parted.json()["data"]["same"]) == (201, False)
    assert data(writer, "actors/Orren Madack")["by"] == 1  # the later decision holds
    assert writer.post("/api/v1/actors/Ilse Varen/parted", json={"name": "Ilse Varen"}).status_code == 400


def test_a_contradiction_is_stored_by_nobody(writer: TestClient) -> None:
    before = data(writer, "decisions")
    answer = writer.post("/api/v1/decisions", json={"left": "Ilse Varen", "right": "Ilse Varen"})
    assert (answer.status_code, answer.json()["error"]["kind"]) == (400, "bad_decision")
    assert data(writer, "decisions") == before


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("nothing", 404, "not_found"),
        ("articles/none", 404, "not_found"),
        ("articles/strait?version=7", 404, "not_found"),
        ("statements/none", 404, "not_found"),
        ("actors/Nobody", 404, "not_found"),
        ("statements?limit=0", 422, "bad_request"),
        ("statements?sort=loudest", 422, "bad_request"),
        ("statements?q=(", 400, "bad_query"),
        ("briefing?since=yesterday", 400, "bad_query"),
    ],
)
def test_every_error_has_one_shape(reader: TestClient, path: str, status: int, kind: str) -> None:
    answer = reader.get(f"/api/v1/{path}")
    error = answer.json()["error"]
    assert (answer.status_code, error["status"], error["kind"]) == (status, status, kind)
    assert error["message"]
    assert set(answer.json()) == {"error"}


def test_a_fault_is_told_without_its_insides(reader: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr("onrecord.explore.api.progress", broken)
    answer = reader.get("/api/v1/info")
    assert (answer.status_code, answer.json()["error"]["kind"]) == (500, "fault")
    assert "secret" not in answer.text
    assert "content-security-policy" in answer.headers


def test_hostile_text_comes_back_as_it_is(reader: TestClient) -> None:
    (found,) = data(reader, "statements", speaker="Mallory")
    assert found["content"].startswith(EVIL)


def test_a_spreadsheet_is_not_made_to_run_a_cell(reader: TestClient) -> None:
    from onrecord.explore.answers import _cell

    assert _cell("=cmd()") == "'=cmd()"
    assert _cell("plain") == "plain"


def test_an_answer_from_before_is_given_while_a_new_one_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive.make(tmp_path / "lag.archive")
    desk = Desk(archive.root)
    assert briefing(desk).articles == 0
    archive.add(affair())
    assert briefing(desk).articles == 0  # not looked again yet
    monkeypatch.setattr("onrecord.explore.desk._LOOK", 0.0)
    assert briefing(desk).articles == 0  # and from now on it is made anew
    end = time.monotonic() + 10
    while briefing(desk).articles != 9:
        assert time.monotonic() < end
        time.sleep(0.02)


def test_an_answer_that_is_old_is_not_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.explore.desk._LOOK", 0.0)
    monkeypatch.setattr("onrecord.explore.desk._STALE", 0.0)
    archive = Archive.make(tmp_path / "old.archive")
    desk = Desk(archive.root)
    assert briefing(desk).articles == 0
    archive.add(affair())
    assert briefing(desk).articles == 9


def test_who_asks_what_another_is_asking_waits_for_that_answer(filled: Archive) -> None:
    asked = []

    def slow(archive: Archive) -> int:
        asked.append(archive)
        time.sleep(0.2)
        return len(asked)

    desk = Desk(filled.root)
    with ThreadPoolExecutor(8) as pool:
        assert {future.result() for future in [pool.submit(desk.ask, slow) for _ in range(8)]} == {1}
