"""The commands on events as a person runs them, on records and archives made by hand."""

import csv
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from onrecord.cli import app
from onrecord.errors import NotAnArchive, OnrecordError
from onrecord.events import Ask, dyad, in_archive, in_records
from onrecord.export.jsonl import write_jsonl
from onrecord.records import Report
from onrecord.store.archive import Archive
from told_events import bombardment, record, shelling

RECORDS = [
    record("a", shelling(by="ISL"), outlet="Coral", published="2021-03-04", url="https://coral.example/a"),
    record("b", bombardment(), outlet="Tide", published="2021-03-05"),
    record("c", shelling(actor="Tide rebels", recipient="MAR", by="Ilse Varen"), agency="MARPRESS"),
    record("d", published="2021-05-01"),
]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        write_jsonl(RECORDS, stream)
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    Archive.make(tmp_path / "archive").add(RECORDS)
    return tmp_path / "archive"


def without_times(told: Sequence[Report]) -> list[Report]:
    return [replace(report, added=None) for report in told]


def test_an_archive_tells_what_its_records_tell(archive: Path) -> None:
    stored, given = in_archive(Archive.open(archive)), in_records(RECORDS)
    assert all(report.added for report in stored.reports)
    assert sorted(without_times(stored.reports), key=repr) == sorted(given.reports, key=repr)
    assert stored.published == given.published
    assert [h.id for h in stored.happenings()] == [h.id for h in given.happenings()]


def test_an_ask_takes_from_an_archive_what_it_may_be_about(archive: Path) -> None:
    ask = Ask("mar", "ISL")
    opened = Archive.open(archive)
    opened.add([record("e", shelling(actor="NOR"))])
    stored = in_archive(opened, ask)
    assert {report.article for report in stored.reports} == {"a", "b", "c"}
    assert dyad(stored, ask).to_dicts() == dyad(in_records(RECORDS), ask).to_dicts()
    by_name = Ask("Tide rebels", "MAR", by="year")
    assert sum(row["events"] for row in dyad(in_archive(opened, by_name), by_name).to_dicts()) == 2


def test_a_series_is_a_data_frame() -> None:
    frame = dyad(in_records(RECORDS), Ask("MAR", "ISL")).to_pandas()
    everything = frame[frame.voice == "all"].groupby("actor").events.sum()
    assert everything.to_dict() == {"ISL": 0, "MAR": 1}
    assert list(dyad(in_records([]), Ask("MAR", "ISL")).to_pandas().columns) == list(frame.columns)


def test_dyad_shows_a_line_a_period_and_direction(lines: Path) -> None:
    done = run("dyad", "MAR", "ISL", lines)
    assert done.exit_code == 0, done.output
    told = [line.split() for line in done.stdout.splitlines() if "2021-" in line]
    assert told[0][:6] == ["2021-03", "1", "1", "fact", "+0.0", "-10.0"]
    assert told[3][:2] == ["2021-03", "0"]
    assert len(told) == 6


def test_dyad_writes_csv_json_and_parquet_alike(lines: Path, archive: Path, tmp_path: Path) -> None:
    rows = json.loads(run("dyad", "MAR", "ISL", lines, "-f", "json").stdout)
    as_csv = list(csv.DictReader(io.StringIO(run("dyad", "MAR", "ISL", lines, "-f", "csv").stdout)))
    assert [row["events"] for row in as_csv] == [str(row["events"]) for row in rows]
    path = tmp_path / "rows.parquet"
    assert run("dyad", "MAR", "ISL", "--archive", archive, "-f", "parquet", "-o", path).exit_code == 0
    assert pq.read_table(path).to_pylist() == rows


@pytest.mark.parametrize(("format", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG")])
def test_dyad_draws_the_same_chart_each_time(lines: Path, tmp_path: Path, format: str, begins: bytes) -> None:
    pictures = []
    for name in ("one", "other"):
        done = run("dyad", "MAR", "ISL", lines, "-f", format, "-o", tmp_path / name)
        assert done.exit_code == 0, done.output
        pictures.append((tmp_path / name).read_bytes())
    assert pictures[0].startswith(begins)
    assert pictures[0] == pictures[1]


def test_a_chart_of_nothing_is_still_a_chart(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_bytes(b"")
    done = run("dyad", "MAR", "ISL", tmp_path / "none.jsonl", "-f", "svg", "-o", tmp_path / "none.svg")
    assert done.exit_code == 0, done.output


def test_events_that_name_no_period_are_told(lines: Path, tmp_path: Path) -> None:
    with lines.open("w", encoding="utf-8") as stream:
        write_jsonl([record("a", shelling(date="2021-03"))], stream)
    assert run("dyad", "MAR", "ISL", lines, "--by", "day").stderr == "1 events have no date that names a day\n"


def test_bad_lines_are_told_and_counted_and_the_rest_goes_on(lines: Path) -> None:
    lines.write_text(lines.read_text("utf-8") + '{"id": "x"}\n', "utf-8")
    done = run("dyad", "MAR", "ISL", lines, "-f", "json")
    assert done.exit_code == 1
    assert "records.jsonl:5: text is missing" in done.stderr
    assert sum(row["events"] for row in json.loads(done.stdout) if row["voice"] == "all") == 1


def test_no_archive_is_one_error(tmp_path: Path) -> None:
    assert isinstance(run("dyad", "MAR", "ISL", "--archive", tmp_path / "none").exception, NotAnArchive)


def test_without_matplotlib_the_error_says_what_to_install(lines: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    done = run("dyad", "MAR", "ISL", lines, "-f", "svg")
    assert isinstance(done.exception, OnrecordError)
    assert str(done.exception) == "charts need matplotlib; pip install 'onrecord[charts]'"


@pytest.mark.parametrize("format", ["jsonl", "csv", "plover", "gdelt"])
def test_events_of_an_archive_and_its_records_are_written_alike(
    lines: Path, archive: Path, tmp_path: Path, format: str
) -> None:
    for place, given in (("records", [lines]), ("archive", ["--archive", archive])):
        done = run("events", *given, "-f", format, "-o", tmp_path / f"{place}.txt")
        assert done.exit_code == 0, done.output
    written = [(tmp_path / f"{place}.txt").read_text("utf-8") for place in ("records", "archive")]
    if format == "gdelt":  # an archive knows when it took its articles
        added = [line.split("\t")[59] for line in written[1].splitlines()]
        assert all(len(moment) == 14 for moment in added)
        for moment in added:
            written[1] = written[1].replace(f"\t{moment}\t", "\t\t")
    assert written[0] == written[1]
    assert len(written[0].splitlines()) == 2 + (format == "csv")


def test_events_go_to_parquet(archive: Path, tmp_path: Path) -> None:
    assert run("events", "--archive", archive, "-f", "parquet", "-o", tmp_path / "events.parquet").exit_code == 0
    assert pq.read_table(tmp_path / "events.parquet")["reports"].to_pylist() == [2, 1]


def test_records_and_an_archive_together_are_refused(lines: Path, archive: Path) -> None:
    assert "not both" in run("events", lines, "--archive", archive).stderr
