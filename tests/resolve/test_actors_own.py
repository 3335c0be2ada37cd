"""Users' own actors: they win over ours, and a bad row is named."""

from pathlib import Path

import pytest

from onrecord.errors import BadActor, MissingInput
from onrecord.resolve.actors.registry import Registry

HEADER = "name,code,kind,country,role,aliases,start,end\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "actors.csv"


def test_own_actors_are_found_beside_ours(own: Path) -> None:
    own.write_text(
        HEADER + "River Authority,RVA,organization,UKR,agency,RiverAuth;the Authority of Rivers,,\n", "utf-8"
    )
    registry = Registry.load(own)
    actor = registry.find("RiverAuth")
    assert actor
    assert (actor.id, actor.code, actor.country, actor.role) == ("own:RVA:River Authority", "RVA", "UKR", "agency")
    assert registry.find("Russia") == Registry.load().find("Russia")


def test_own_actors_win(own: Path) -> None:
    own.write_text(HEADER + "Interfax,IFX,organization,UKR,news agency,,,\n", "utf-8")
    actor = Registry.load(own).find("Interfax")
    assert actor
    assert actor.country == "UKR"


def test_rows_of_one_person_are_terms_of_office(own: Path) -> None:
    own.write_text(
        HEADER
        + "Ada Example,FRA,person,FRA,mayor,,2010-01-01,2015-01-01\n"
        + "Ada Example,FRA,person,FRA,prime minister,,2016,2018-06\n",
        "utf-8",
    )
    registry = Registry.load(own)
    actor = registry.find("Ada Example", on="2017-01-01")
    assert actor
    assert [term.role for term in actor.terms] == ["mayor", "prime minister"]
    assert registry.find("Example", role="French Prime Minister", on="2017-01-01") == actor
    assert registry.find("Example", role="French Prime Minister", on="2012-01-01") is None


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (",RVA,organization,UKR,,,,", "name"),
        ("River Authority,RVA,company,UKR,,,,", "kind"),
        ("River Authority,RVA,organization,Ukraine,,,,", "country"),
        ("Ada Example,FRA,person,FRA,mayor,,January 2010,", "start"),
        ("Ada Example,FRA,person,FRA,mayor,,2010,2009", "end"),
        ("Ada Example,FRA,person,FRA,mayor,~Ada,,", "aliases"),
        ("Example, Ada,FRA,person,FRA,mayor,,2010,2011", "end"),
    ],
)
def test_a_bad_row_is_one_error_that_names_file_row_and_field(own: Path, row: str, field: str) -> None:
    own.write_text(f"{HEADER}Good One,GON,organization,,,,,\n{row}\n", "utf-8")
    with pytest.raises(BadActor, match=rf"actors\.csv: row 3, {field}: ") as caught:
        Registry.load(own)
    assert (caught.value.row, caught.value.field) == (3, field)


def test_the_rows_beside_a_bad_one_are_kept(own: Path) -> None:
    own.write_text(f"{HEADER}First,FST,group,,,,,\nSecond,SND,firm,,,,,\nThird,TRD,group,,,,,\n", "utf-8")
    refused: list[BadActor] = []
    registry = Registry.load(own, refused.append)
    assert [error.row for error in refused] == [3]
    assert registry.find("First")
    assert registry.find("Third")


def test_a_wrong_header_says_which_column(own: Path) -> None:
    own.write_text("name,kind\n", "utf-8")
    with pytest.raises(BadActor, match="row 1, code: the column is missing"):
        Registry.load(own)
    own.write_text("name,code,kind,colour\n", "utf-8")
    with pytest.raises(BadActor, match="row 1, colour: no such column"):
        Registry.load(own)


def test_a_missing_file_says_so(own: Path) -> None:
    with pytest.raises(MissingInput):
        Registry.load(own)


def test_a_spreadsheets_byte_order_mark_and_empty_rows_are_no_matter(own: Path) -> None:
    own.write_text(HEADER + "Größe AG,GRO,organization,DEU,,,,\n,,,,,,,\n", "utf-8-sig")
    assert Registry.load(own).find("Grosse AG") is not None
