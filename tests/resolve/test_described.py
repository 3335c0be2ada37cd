"""Described sources: whom the article means by them."""

import pytest

from onrecord.records import Annotation, Article, Attribution
from onrecord.resolve.speakers import resolve

OPENING = "Senator Ada Brandt met President Tom Okoro of Norway. Mr. Okoro smiled. "
ABROAD = "South Korea slept. "


def speakers(source: str, opening: str = OPENING) -> list[str]:
    """Who speaks after the opening, by the source; in brackets one who is not named."""
    text = f"{opening}Then {source} said so."
    start = text.rindex(source)
    end = start + len(source)
    said = Attribution(((start, end),), ((end + 1, end + 5),), ((end + 6, end + 8),), "indirect", 0.9)
    made = resolve(Article("a", text), Annotation((said,), "test"))
    found = [made.speaker_of(s) for s in made.statements]
    return [e.name if e.named else f"({e.name})" for e in found if e]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("a statement Saturday from Foreign Ministry spokeswoman Mia Lund", ["Mia Lund"]),
        ("a statement issued by Mia Lund and Ola Berg", ["Mia Lund"]),
        ("a Norwegian statement issued in October", ["Norway"]),
        ("the Norwegian statement, carried by the NTB agency,", ["Norway"]),
        ("a South Korean statement carried by Mia Lund", ["South Korea"]),
        ("a statement from officials", ["(a statement from officials)"]),
        ("a column by Mia Lund", ["Mia Lund"]),
        ("a new report by Politico", ["Politico"]),
        ("a new report by Mia Lund", ["(a new report by Mia Lund)"]),
        ("a complaint filed by Mia Lund", ["(a complaint filed by Mia Lund)"]),
        ("a study written by Mia Lund", ["(a study written by Mia Lund)"]),
    ],
)
def test_a_statement_and_what_media_print_is_its_givers(source: str, names: list[str]) -> None:
    assert speakers(source, ABROAD + OPENING) == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("the two leaders", ["Ada Brandt", "Tom Okoro"]),
        ("The two politicians", ["Ada Brandt", "Tom Okoro"]),
        ("both leaders", ["Ada Brandt", "Tom Okoro"]),
        ("the two women", ["(the two women)"]),
        ("two officials", ["(two officials)"]),
        ("the latter", ["Tom Okoro"]),
    ],
)
def test_two_are_the_last_two_named(source: str, names: list[str]) -> None:
    assert speakers(source) == names


def test_two_of_long_ago_are_nobody() -> None:
    assert speakers("the two leaders", OPENING + "It rained. " * 6) == ["(the two leaders)"]


ON_STAGE = "Sen. Ada Brandt (D-Ohio) met Jonas Okoro, the Orland leader's eldest brother, and Sen. Mia Lund of Iowa. "


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("the Ohio senator", ["Ada Brandt"]),
        ("the Iowa senator", ["Mia Lund"]),
        ("the Texas senator", ["(the Texas senator)"]),
        ("the Orland brother", ["Jonas Okoro"]),
        ("the chief", ["(the chief)"]),
    ],
)
def test_a_state_tells_whose_senator_it_is(source: str, names: list[str]) -> None:
    assert speakers(source, ON_STAGE) == names


def test_a_role_is_not_its_owners() -> None:
    opening = "Mia Lund, the nominee’s daughter, met Ada Brandt, the nominee for governor. Lund smiled. "
    assert speakers("the nominee", opening) == ["Ada Brandt"]


@pytest.mark.parametrize(
    "description", ["the 34-year-old mother of three", "the former chief executive of Orland Motors", "the socialist"]
)
def test_what_a_life_tells_is_whoever_is_on_stage(description: str) -> None:
    opening = "Sen. Ada Brandt came to the studio. Brandt smiled. "
    assert speakers(description, opening) == ["Ada Brandt"]


def test_a_headline_leaves_articles_out() -> None:
    text = "Retired General Attacks Senate Over New Plan For Bases\n\nRetired Gen. Tom Okoro wrote a long letter."
    said = Attribution(((0, 15),), ((16, 23),), ((24, 30),), "indirect", 0.9)
    made = resolve(Article("a", text), Annotation((said,), "test"))
    assert made.speaker_of(made.statements[0]).name == "Tom Okoro"


def test_a_title_in_a_headline_is_no_part_of_the_name() -> None:
    text = "Gen. Tom Okoro Attacks Senate Over New Plan For Bases\n\nTom Okoro wrote a long letter."
    said = Attribution(((0, 14),), ((15, 22),), ((23, 29),), "indirect", 0.9)
    made = resolve(Article("a", text), Annotation((said,), "test"))
    assert made.speaker_of(made.statements[0]).name == "Tom Okoro"


def test_a_source_ends_a_name_in_a_headline() -> None:
    text = "Ada Brandt Slams Orland Senate In Letter\n\nAda Brandt wrote a long letter."
    said = Attribution(((0, 10),), ((11, 16),), ((17, 30),), "indirect", 0.9)
    made = resolve(Article("a", text), Annotation((said,), "test"))
    assert made.speaker_of(made.statements[0]).name == "Ada Brandt"


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("the poll", ["Coral/Herald opinion poll"]),
        ("a new poll", ["Coral/Herald opinion poll"]),
        ("a poll", ["(a poll)"]),
        ("the previous poll", ["(the previous poll)"]),
        ("Orland’s own poll", ["(Orland’s own poll)"]),
        ("a poll by the Northern Institute", ["(a poll by the Northern Institute)"]),
        ("the Northern Institute average of polls", ["Northern Institute average"]),
    ],
)
def test_a_poll_is_the_one_named(source: str, names: list[str]) -> None:
    assert speakers(source, "On Monday the latest Coral/Herald opinion poll came out. ") == names


def test_a_new_poll_is_named_farther_on() -> None:
    text = "A new poll shows this. A Coral/Herald poll asked many."
    said = Attribution(((0, 10),), ((11, 16),), ((17, 21),), "indirect", 0.9)
    made = resolve(Article("a", text), Annotation((said,), "test"))
    assert made.speaker_of(made.statements[0]).name == "Coral/Herald poll"


@pytest.mark.parametrize(
    ("source", "opening", "names"),
    [
        ("the administration", "People doubt the Brandt administration. ", ["Brandt administration"]),
        ("her campaign", "People doubt the Brandt campaign. ", ["(her campaign)"]),
        ("the agency", "The Department of Trade met in May. ", ["Department of Trade"]),
        ("voters and the Brandt campaign", "", ["Brandt campaign"]),
        ("a Times article", "The Orland Times was there. ", ["Orland Times"]),
        ("the appeals court", "The Orland Court of Appeals met the Supreme Court. ", ["Orland Court of Appeals"]),
        ("the Observatory", "The Orland Observatory for Trade met. ", ["Orland Observatory for Trade"]),
        ("groups urging Ada Brandt to run", "", ["(groups urging Ada Brandt to run)"]),
        ("Centers for Trade Director Mia Lund", "", ["Mia Lund"]),
        ("the investment bank", "Coral fell on Monday. It rained. Pravka cites Norway. ", ["Pravka"]),
        ("the investment bank", "Pravka cites Tribuna. ", ["(the investment bank)"]),
        ("the top Norwegian medical journal", "The Norwegian Medical Journal met. ", ["Norwegian Medical Journal"]),
        ("police", "The Lerne Police met. ", ["Lerne Police"]),
        ("police", "It rained. ", ["(police)"]),
        ("the medical journal", "The Orland Medical Journal met. ", ["Orland Medical Journal"]),
        ("the union", "The Association of Dockers met. ", ["Association of Dockers"]),
        ("the Herald", "The Coral Herald was there. ", ["Coral Herald"]),
        ("the PBOO", "The People’s Bank of Orland met. ", ["People’s Bank of Orland"]),
        ("the president", "Vice President Mia Lund met Tom. ", ["(the president)"]),
        ("his department", "The Department of Trade met. ", ["(his department)"]),
        ("the North", "The lands of North Korea are far. ", ["North Korea"]),
        ("the Orland Herald newspaper", "", ["Orland Herald"]),
        ("the Pravka news agency", "", ["Pravka"]),
        ("the U.N. agency", "", ["(the U.N. agency)"]),
        ("the U.N. agency", "The Trade Agency met. ", ["Trade Agency"]),
        ("the campaign", "People doubt the Brandt campaign. ", ["Brandt campaign"]),
        ("the bureau", "The FBI met. ", ["FBI"]),
        ("the foundation", "The Coral Association met Norway. ", ["Coral Association"]),
        ("the kingdom", "Saudi Arabia met Norway. ", ["Saudi Arabia"]),
        ("the government in Riyadh", "", ["Riyadh"]),
        ("police", "A chief of the Stavanger police met them. ", ["Stavanger police"]),
        ("the Herald tabloid", "", ["Herald"]),
        ("the government", "Norway met in Oslo. Norway left. ", ["Norway"]),
        ("the camp", "People doubt the Brandt camp. ", ["Brandt camp"]),
        ("the PAC", "The Forward Lerne PAC met Norway. ", ["Forward Lerne PAC"]),
        ("the newspaper", "The Lerne Sentinel met Norway. ", ["Lerne Sentinel"]),
        ("Okoro's own words", "Tom Okoro met them. ", ["Tom Okoro"]),
        ("a Politico analysis", "", ["Politico"]),
        ("an Associated Press count", "", ["Associated Press"]),
        ("a Trade Agency analysis", "", ["(a Trade Agency analysis)"]),
    ],
)
def test_a_body_goes_by_its_owner_or_kind(source: str, opening: str, names: list[str]) -> None:
    assert speakers(source, opening) == names


@pytest.mark.parametrize(("party", "name"), [("Republican", "Ada Brandt"), ("Democratic", "Peter Okoro")])
def test_a_nominee_is_of_the_party_told(party: str, name: str) -> None:
    opening = "Republican presidential nominee Ada Brandt met Democratic presidential nominee Peter Okoro. "
    assert speakers(f"the {party} nominee", opening) == [name]


@pytest.mark.parametrize(
    ("source", "opening", "names"),
    [
        ("the judge", "They met the judge, Army Col. Jeffery Nance, on Monday. ", ["Jeffery Nance"]),
        ("the prime minister", "The prime minister, Saad Okoro, left. ", ["Saad Okoro"]),
        ("the group", "The Orland Electronic Army left. ", ["Orland Electronic Army"]),
    ],
)
def test_a_role_may_stand_before_a_comma_and_the_name(source: str, opening: str, names: list[str]) -> None:
    assert speakers(source, f"{opening}Peter Holm came. ") == names


@pytest.mark.parametrize(("party", "name"), [("GOP", "Ada Brandt"), ("Democratic", "Mia Lund")])
def test_nobody_of_another_party_is_meant(party: str, name: str) -> None:
    opening = "Republican Ada Brandt came, Libertarian candidate Tom Okoro too. Democrat Mia Lund called Brandt. "
    assert speakers(f"the {party} nominee", opening) == [name]


def test_a_party_is_nobodys_surname() -> None:
    opening = "Mr. Brandt stood on Friday at the Kent County Republican headquarters. Brandt spoke. "
    assert speakers("the Republican", opening) == ["Brandt"]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("the Republican nominee", "Donald Trump"),
        ("the Democrat", "Hillary Clinton"),
        ("the Ohio Republican", "Donald Trump"),
        ("the envoy's wife", "(the envoy's wife)"),
    ],
)
def test_well_known_people_are_of_the_party_they_are_known_for(source: str, name: str) -> None:
    opening = "Hillary Clinton met Donald Trump. Then Tom Okoro met Donald Trump and Hillary Clinton. Okoro spoke. "
    assert speakers(source, opening) == [name]


def test_his_campaign_is_that_of_whom_his_means() -> None:
    opening = "The Brandt campaign met the Okoro campaign. Ada Brandt called. Tom Okoro left. "
    assert speakers("his campaign", opening) == ["Okoro campaign"]
