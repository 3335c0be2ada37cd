"""Events in the formats of other programs."""

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from onrecord.coding.merging import merge
from onrecord.coding.reports import reports_of
from onrecord.export import gdelt, plover, tabular
from onrecord.export import happenings as flat
from onrecord.records import Happening
from told_events import bombardment, record, shelling

DOCS = Path(__file__).parent.parent.parent / "docs" / "events.md"
RECORDS = [
    record("a", shelling(by="ISL"), outlet="Coral", published="2021-03-04", url="https://coral.example/a"),
    record("b", bombardment(confidence=0.9), outlet="Tide", published="2021-03-05", url="https://tide.example/b"),
    record("c", shelling(actor="Tide\trebels", recipient=None, date="2021-05", by="Ilse Varen")),
]


@pytest.fixture(scope="module")
def happenings() -> list[Happening]:
    return merge(report for one in RECORDS for report in reports_of(one))


def gdelt_lines(happenings: list[Happening]) -> list[dict[str, str]]:
    stream = io.BytesIO()
    gdelt.write_gdelt(happenings, stream)
    return [dict(zip(gdelt.COLUMNS, x.split("\t"), strict=True)) for x in stream.getvalue().decode().splitlines()]


def test_gdelt_has_61_columns_in_their_order() -> None:
    assert len(gdelt.COLUMNS) == len(set(gdelt.COLUMNS)) == 61
    assert [gdelt.COLUMNS.index(name) for name in ("EventCode", "AvgTone", "ActionGeo_Type", "SOURCEURL")] == [
        26, 34, 51, 60,
    ]  # fmt: skip


def test_gdelt_lines_hold_what_is_known_and_nothing_else(happenings: list[Happening]) -> None:
    first, second = gdelt_lines(happenings)
    filled = {name: value for name, value in first.items() if value}
    assert filled == {
        "GLOBALEVENTID": str(int(happenings[0].id[1:], 16)),
        "SQLDATE": "20210304", "MonthYear": "202103", "Year": "2021", "FractionDate": "2021.1753",
        "Actor1Code": "MAR", "Actor1Name": "MAR", "Actor2Code": "ISL", "Actor2Name": "ISL",
        "EventCode": "194", "EventBaseCode": "194", "EventRootCode": "19", "QuadClass": "4", "GoldsteinScale": "-10.0",
        "NumMentions": "2", "NumSources": "2", "NumArticles": "2", "SOURCEURL": "https://tide.example/b",
    }  # fmt: skip
    assert int(first["GLOBALEVENTID"]) < 2**63
    assert (second["Year"], second["MonthYear"], second["SQLDATE"]) == ("2021", "202105", "")
    assert (second["Actor1Name"], second["Actor1Code"], second["Actor2Name"]) == ("TIDE REBELS", "", "")


def test_gdelt_gets_only_what_is_asserted() -> None:
    told = [shelling(status=status) for status in ("negated", "future", "conditional", "demanded")]
    assert gdelt_lines(merge(reports_of(record("a", *told)))) == []


def test_gdelt_has_its_own_codes_for_bodies() -> None:
    (one,) = merge(reports_of(record("a", shelling(actor="EU"))))
    row = gdelt.gdelt_row(one)
    assert (row["Actor1Code"], row["Actor1KnownGroupCode"], row["Actor1CountryCode"]) == ("EEC", "EEC", "")


def test_plover_records_have_sources_and_targets(happenings: list[Happening]) -> None:
    stream = io.BytesIO()
    plover.write_plover(happenings, stream)
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert first["source"] == [{"code": "MAR", "country": None, "actorText": "MAR"}]
    assert (first["event"], first["mode"], first["context"]) == ("ASSAULT", "heavy-weapons", ["military"])
    assert (first["eventText"], first["publisher"], first["date"]) == ("shelling", "Tide", "2021-03-04")
    assert [r["article"] for r in first["onrecord"]["reports"]] == ["a", "b"]
    assert (second["target"], second["onrecord"]["voice"]) == ([], "unplaced")
    assert first.keys() == second.keys()


def test_flat_rows_are_alike_in_csv_and_parquet(happenings: list[Happening]) -> None:
    rows = list(flat.flat_rows(happenings))
    assert all(list(row) == list(flat.COLUMNS) for row in rows)
    text, parquet = io.BytesIO(), io.BytesIO()
    tabular.write_csv(rows, flat.COLUMNS, text)
    tabular.write_parquet(rows, flat.COLUMNS, parquet)
    assert pq.read_table(parquet).to_pylist() == rows
    first, second = csv.DictReader(io.StringIO(text.getvalue().decode()))
    assert (first["reports"], first["outlets"], first["voice"]) == ("2", '["Coral", "Tide"]', "fact")
    assert (second["recipient"], second["actor"]) == ("", "Tide\trebels")


def test_no_events_make_empty_files_with_columns() -> None:
    text, parquet = io.BytesIO(), io.BytesIO()
    tabular.write_csv([], flat.COLUMNS, text)
    tabular.write_parquet([], flat.COLUMNS, parquet)
    assert text.getvalue().decode() == ",".join(flat.COLUMNS) + "\n"
    assert pq.read_table(parquet).column_names == list(flat.COLUMNS)
    assert gdelt_lines([]) == []


def test_json_lines_hold_every_report(happenings: list[Happening]) -> None:
    stream = io.BytesIO()
    flat.write_happenings(happenings, stream)
    first, _ = map(json.loads, stream.getvalue().splitlines())
    assert [(r["article"], r["statement"], r["claimant"]) for r in first["reports"]] == [
        ("a", "s1", "ISL"), ("b", None, None),
    ]  # fmt: skip
    start, end = first["reports"][0]["trigger_spans"][0]
    assert RECORDS[0].article.text[start:end] == "shelled the port"


def test_the_documentation_names_every_field(happenings: list[Happening]) -> None:
    text = DOCS.read_text("utf-8")
    stream = io.BytesIO()
    flat.write_happenings(happenings[:1], stream)
    report = json.loads(stream.getvalue())["reports"][0]
    filled = [name for name, value in gdelt.gdelt_row(happenings[0]).items() if value]
    for name in (*flat.COLUMNS, *report, *plover.plover_record(happenings[0]), *filled):
        generic = name.replace("Actor1", "ActorN").replace("Actor2", "ActorN")
        assert f"`{name}`" in text or f"`{generic}`" in text, name
