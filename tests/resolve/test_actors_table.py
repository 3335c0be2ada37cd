"""The shipped table and the forms of names it is found by."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.names import fold, fold_text, sound, without_initials
from onrecord.resolve.actors.actor import MEDIA, Term
from onrecord.roles import Office, office, same_office

SOURCES = Path(__file__).parents[2].parent / "shared" / "data" / "actors"


def shipped() -> list[list[str]]:
    text = files("onrecord.resolve.actors").joinpath("data", "actors.tsv").read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("//")]


def test_every_row_has_seven_columns_and_an_id_of_its_own() -> None:
    rows = shipped()
    assert {len(row) for row in rows} == {7}
    assert len({row[0] for row in rows}) == len(rows)
    assert all(row[5] for row in rows)
    assert {row[4] for row in rows if not row[1]} == MEDIA, "who reports acts for nobody; all others have a code"


def test_every_term_is_a_role_with_dates() -> None:
    date = r"(\d{4}(-\d\d(-\d\d)?)?)?"
    for row in shipped():
        for term in filter(None, row[6].split(";")):
            assert re.fullmatch(rf"[^@;/]+@{date}/{date}", term), row


def test_the_table_is_what_the_build_writes() -> None:
    pytest.importorskip("babel", reason="building needs the extra build-actors")
    if not SOURCES.is_dir():
        pytest.skip("the registry's raw material is not beside the repository")
    from onrecord.resolve.actors.make.__main__ import build

    assert [line.split("\t") for line in build(SOURCES)] == shipped()


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The U.S.", "us"),
        ("Côte d’Ivoire", "cote divoire"),
        ("Kim Jong-un", "kim jong un"),
        ("Łódź & Co", "lodz and co"),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.lists(st.text("AÉbc’'-. ø", min_size=1, max_size=12).map(str.strip), min_size=1, max_size=5))
def test_folding_a_line_of_names_folds_each(names: list[str]) -> None:
    line = fold_text("|".join(["x", *names, "x"]))
    assert [part.strip() for part in line.split("|")[1:-1]] == [fold(n) for n in names]


def test_spellings_of_one_name_sound_alike() -> None:
    assert sound("sergei lavrov") == sound("sergey lavrov")
    assert sound("volodymyr zelenskyy") == sound("volodymyr zelensky") == sound("volodymyr zelenskiy")
    assert sound("mohammed javad zarif") == sound("mohammad javad zarif")
    assert sound("hua chunying") != sound("geng shuang")
    assert without_initials("donald j trump") == "donald trump"


def test_a_term_covers_its_days_and_some_slack() -> None:
    term = Term("premier", "2010-05", "2016-07-13")
    assert term.covers("2010-05-01")
    assert term.covers("2013")
    assert not term.covers("2016-08-01")
    assert term.covers("2016-08-01", slack_days=62)
    assert not term.covers("2009")


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("Iran's top diplomat", Office.FOREIGN),
        ("U.S. Secretary of State", Office.FOREIGN),
        ("Kremlin spokesman", Office.OTHER),
        ("vice president", Office.OTHER),
        ("Turkish President", Office.STATE),
        ("North Korean leader", Office.LEADER),
    ],
)
def test_office(role: str, expected: Office) -> None:
    assert office(role) is expected


def test_a_leader_may_be_president_or_prime_minister_and_a_deputy_neither() -> None:
    assert same_office("leader", "president")
    assert same_office("Prime Minister", "leader")
    assert not same_office("foreign minister", "president")
    assert not same_office("deputy prime minister", "prime minister")
