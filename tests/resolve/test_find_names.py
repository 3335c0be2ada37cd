"""Names in running text: where they begin and end, and which of their words are titles."""

import pytest

from onrecord.resolve.names import find_names
from onrecord.resolve.words import split_words


def names(text: str) -> list[str]:
    return [name.text for name in find_names(split_words(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On air, Larry King spoke.", ["Larry King"]),
        ("On air, Mary J. Bishop spoke.", ["Mary J. Bishop"]),
        ("On Monday Mr. King spoke.", ["King"]),
        ("On Monday King Harald spoke.", ["Harald"]),
        ("In Oslo, Bishop Larry Okoro spoke.", ["Oslo", "Larry Okoro"]),
        ("In Oslo, Chief Justice Ada Brandt spoke.", ["Oslo", "Ada Brandt"]),
    ],
)
def test_a_title_after_a_first_name_is_a_surname(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On Monday Moqtada al-Sadr spoke.", ["Moqtada al-Sadr"]),
        ("On Monday al-Shabab fighters left.", ["al-Shabab"]),
        ("On Monday Hayat Tahrir al-Sham left.", ["Hayat Tahrir al-Sham"]),
        ("On Monday an as-yet unnamed man left.", []),
    ],
)
def test_an_article_in_lower_case_is_of_the_name(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_a_senators_party_and_state_are_no_name() -> None:
    assert names("On Monday Sen. Ada Brandt (R-S.C.) and Rep. Tom Okoro (D-N.Y.) met.") == ["Ada Brandt", "Tom Okoro"]


@pytest.mark.parametrize(
    "insert",
    [
        "TrumpDonald John TrumpGOP lawmakers balk MORE",
        "Trump Donald John TrumpGOP lawmakers balk MORE",
    ],
)
def test_a_life_put_into_the_text_without_a_space_is_parted(insert: str) -> None:
    found = names(f"On Monday President {insert} said no. Later Trump left.")
    assert found[:3] == ["Trump", "Donald John Trump", "GOP"]
    assert found[-1] == "Trump"


@pytest.mark.parametrize("word", ["ObamaCare", "YouTube", "McConnell", "TrumpWorld"])
def test_a_word_with_a_capital_inside_is_one(word: str) -> None:
    assert word in names(f"On Monday President Obama spoke of {word} to Trump.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On Monday William A. Okoro spoke.", ["William A. Okoro"]),
        ("On Monday Ada I. Brandt spoke.", ["Ada I. Brandt"]),
        ("On Monday Okoro got an A. Brandt wept.", ["Okoro", "Brandt"]),
        ("On Monday he met Jan Brandt.", ["Jan Brandt"]),
        ("On Jan. 5 Brandt spoke.", ["Brandt"]),
        ("A film. JUST WATCHED Brandt spoke.", ["Brandt"]),
        ("Rep. Peter King spoke. Then King left.", ["Peter King", "King"]),
        ("On Monday the Orland Observatory for Fair Trade spoke.", ["Orland Observatory for Fair Trade"]),
        ("On Monday Orland for Progress spoke.", ["Orland for Progress"]),
        ("On Monday the Islamist al-Sahil Brigades left.", ["al-Sahil Brigades"]),
        ("On Monday Oscar-winner Brandt left.", ["Brandt"]),
        ("He left. Adds Ada Brandt: he was late.", ["Ada Brandt"]),
        ("He left. Painting Ada Brandt as late, he wept.", ["Ada Brandt"]),
        ("He left. Addressing Okoro, she wept. In Oslo, Okoro slept.", ["Okoro", "Oslo", "Okoro"]),
        ("On Monday Tom “Chico” Okoro left.", ["Tom “Chico” Okoro"]),
        ("On Monday “Tom” Okoro left.", ["Tom", "Okoro"]),
        ("On Monday state Del. Tom Okoro (D-Ohio) left.", ["Tom Okoro"]),
        ("On Monday The Economist said no.", ["The Economist"]),
        ("On Monday state TV said no.", []),
        ("In Oslo, Speaker-designate Tom Okoro spoke.", ["Oslo", "Tom Okoro"]),
        ("In Oslo, Secretary of Foreign Trade Tom Okoro spoke.", ["Oslo", "Tom Okoro"]),
        ("On Monday the Division of Fair Trade said no.", ["Division of Fair Trade"]),
        ("The latest: Mourners say it was late.", []),
        ("They met.\n\nNorway's Health Ministry said no.", ["Norway", "Norway's Health Ministry"]),
    ],
)
def test_small_words_and_capitals_beside_a_name(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize("land", ["Norway", "the United States", "the United Nations", "Sweden and Norway"])
def test_a_post_ends_with_its_country(land: str) -> None:
    words = split_words(f"In Oslo, U.S. Ambassador to {land} Yoram Okoro spoke.")
    name = find_names(words)[-1]
    role = words.text[words.starts[name.role_begin] : words.ends[name.begin - 1]]
    assert (name.text, role) == ("Yoram Okoro", f"U.S. Ambassador to {land}")


def test_a_state_is_no_former_person() -> None:
    found = find_names(split_words("On Monday former Arizona governor Jan Brandt spoke."))
    assert [(name.text, name.kind) for name in found] == [("Arizona", "place"), ("Jan Brandt", "person")]


def test_a_staffs_chairman_is_no_staff() -> None:
    words = split_words("In Oslo, Chairman of the Joint Chiefs of Staff Gen. Yoram Okoro spoke.")
    name = find_names(words)[-1]
    role = words.text[words.starts[name.role_begin] : words.ends[name.begin - 1]]
    assert (name.text, role) == ("Yoram Okoro", "Chairman of the Joint Chiefs of Staff Gen.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On Monday House Republican Ada Brandt spoke.", ["Ada Brandt"]),
        ("On Monday Lerne City Public Advocate Ada Brandt spoke.", ["Ada Brandt"]),
        ("On Monday Lerne City Mayor Ada Guardian spoke.", ["Ada Guardian"]),
        ("On Monday Republican Trump spoke.", ["Trump"]),
        ("On Monday House Speaker Ada Brandt of Ohio spoke.", ["Ada Brandt", "Ohio"]),
        ("On Monday the super PAC Forward Lerne spoke.", ["Forward Lerne"]),
        ("On Monday Fox News Ada Brandt spoke.", ["Ada Brandt"]),
        ("Certainly Ada Brandt spoke.", ["Ada Brandt"]),
        ("On Monday the Politico Trump interview ran.", ["Politico", "Trump"]),
    ],
)
def test_what_somebody_is_is_no_part_of_the_name(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On Monday chief Ian Read spoke.", ["Ian Read"]),
        ("April Okoro spoke.", ["April Okoro"]),
        ("It rained in April, Okoro said.", ["Okoro"]),
        ("On Monday Zorin W. Okoro spoke.", ["Zorin W. Okoro"]),
        ("Late on Monday Okoro spoke. Fifty came.", ["Okoro"]),
        ("Q: Is it late?", []),
    ],
)
def test_words_that_may_be_names(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On Monday the FBI and Justice Department met.", ["FBI", "Justice Department"]),
        ("On Monday Citizens for Lerne met.", ["Citizens for Lerne"]),
        ("On Monday a group called Voices of Lerne met.", ["Voices of Lerne"]),
        ("On Monday the Partnership for Responsible Growth met.", ["Partnership for Responsible Growth"]),
        ("On Monday an ABC News/Coral Post poll came.", ["ABC News/Coral Post"]),
        ("On Monday a USA TODAY/Coral University poll came.", ["USA TODAY/Coral University"]),
        ("On Monday Brandt/Okoro came.", ["Brandt", "Okoro"]),
        ("LERNE MOURNS\nLerne mourned on Monday.", ["LERNE MOURNS", "Lerne"]),
    ],
)
def test_where_a_bodys_name_ends(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_a_persons_name_may_be_told_by_the_initial() -> None:
    assert [name.kind for name in find_names(split_words("On Monday Zorin W. Okoro spoke."))] == ["person"]


def test_several_of_a_party_are_people() -> None:
    assert [name.kind for name in find_names(split_words("On Monday House Democrats met."))] == ["group"]
