"""What the words of a source say outright: the one between commas, those of several, a pronoun with company."""

import pytest
from marked_statements import marked

from onrecord.records import Annotation, Antecedent
from onrecord.resolve.speakers import resolve


def names(text: str) -> list[str]:
    """Of the last marked statement, who speaks; in brackets one who is not named."""
    article, found = marked(text)
    made = resolve(article, Annotation(tuple(found), "test"))
    last = made.statements[-1].content
    told = [made.speaker_of(s) for s in made.statements if s.content == last]
    return [f"({e.name})" if not e.named else e.name for e in told if e]


@pytest.mark.parametrize(
    ("source", "speakers"),
    [
        ("Orland Secretary of State Jonas Okoro", ["Jonas Okoro"]),
        ("the assailant, Jonas Okoro", ["Jonas Okoro"]),
        ("his first wife, Irvana Lund,", ["Irvana Lund"]),
        ("his wife, Laura,", ["Laura"]),
        ("his wife, longtime Ada Brandt aide Humi Lund,", ["Humi Lund"]),
        ("Two military analysts, Patrick Belov and Chris Holm,", ["Patrick Belov", "Chris Holm"]),
        ("Okoro and others in the party", ["Okoro"]),
        ("Fellow Republicans", ["(Fellow Republicans)"]),
        ("the members, Jonas Okoro", ["(the members, Jonas Okoro)"]),
        ("a man identified as Jonas Okoro", ["Jonas Okoro"]),
        ("Ada Brandt, Jonas Okoro and Party Chairman Tom Lund", ["Ada Brandt", "Jonas Okoro", "Tom Lund"]),
        ("Brandt, Okoro and RPC Chairman Tom Lund", ["Brandt", "Okoro", "Tom Lund"]),
        ("The candidates, Ada Brandt and Senator Tom Lund,", ["Ada Brandt", "Tom Lund"]),
        ("Anybody who has looked", ["(Anybody who has looked)"]),
        ("singer and activist Humi Lund", ["Humi Lund"]),
        ("Former Secretary of State and Democratic frontrunner Ada Brandt", ["Ada Brandt"]),
        ("master of ceremonies Zorin Okoro, a singer,", ["Zorin Okoro"]),
        ("members of the Coral Party", ["(members of the Coral Party)"]),
        ("the Brandt campaign and some experts", ["Brandt campaign"]),
        ("his rivals, Sens. Ada Brandt of Ohio and Tom Lund of Texas,", ["Ada Brandt", "Tom Lund"]),
        ("supporters of her opponent, Sen. Ada Brandt", ["(supporters of her opponent, Sen. Ada Brandt)"]),
        ("another favorite in the Senate — Ada Brandt of Ohio —", ["Ada Brandt"]),
        ("Spokesmen for the senate", ["(Spokesmen for the senate)"]),
        ("Coral contributor and poet Zorin Okoro", ["Zorin Okoro"]),
        ("Other Netizens", ["(Other Netizens)"]),
        ("House Democrats", ["(House Democrats)"]),
        ("a judge handling a Freedom Act lawsuit", ["(a judge handling a Freedom Act lawsuit)"]),
        ("a group called Voices of Lerne", ["Voices of Lerne"]),
        ("Neither Mr. Okoro nor other officials", ["Okoro"]),
        ("the White House and congressional leaders", ["White House"]),
        ("companies including Coral", ["Coral"]),
        ("one conservative, radio host Ada Brandt,", ["Ada Brandt"]),
        ("University of Lerne at Orland professor Ada Brandt", ["Ada Brandt"]),
    ],
)
def test_a_source_names_its_speakers(source: str, speakers: list[str]) -> None:
    assert names(f"On Monday {{{source}}} [said] <no>.") == speakers


def test_a_pronoun_with_company_is_whom_it_means() -> None:
    assert names("Mia Lund came home. {She and her aides} [said] <no>.") == ["Mia Lund"]


@pytest.mark.parametrize(
    ("opening", "source", "name"),
    [
        ("", "The star Billie Jean King", "Billie Jean King"),
        ("The lawyer James C. Carris came.", "Carris", "James C. Carris"),
        ("", "Columnist George Will", "George Will"),
        ("", "Orland Foreign Minister Ada Brandt and former Ohio Gov. Tom Okoro", "Ada Brandt | Tom Okoro"),
        ("", "A super PAC", "(A super PAC)"),
        ("", "The 1951 Refugee Convention", "1951 Refugee Convention"),
    ],
)
def test_words_that_are_names_or_look_like_them(opening: str, source: str, name: str) -> None:
    assert " | ".join(names(f"{opening} {{{source}}} [said] <no>.")) == name


@pytest.mark.parametrize("written", ["Bran\xaddt", "\xadBrandt", "Brandt\xad"])
def test_a_soft_hyphen_is_no_part_of_a_name(written: str) -> None:
    assert names(f"The lawyer Ada {written} came. {{Brandt}} [said] <no>.") == ["Ada Brandt"]


@pytest.mark.parametrize("written", ["Okor\u0303a", "OkorA\u0303\x83A\u0302\xb1a", "Okoro\u0308"])
def test_a_letter_in_pieces_cuts_no_name(written: str) -> None:
    assert names(f"The lawyer Tom {written}, an envoy, came. {{{written}}} [said] <no>.") == [f"Tom {written}"]


def test_a_stop_without_a_space_ends_a_sentence() -> None:
    assert names("The lawyer was Ada Brandt.Brandt came. Then {Brandt} [said] <no>.") == ["Ada Brandt"]


@pytest.mark.parametrize(("pronoun", "speaker"), [("they", "(they)"), ("it", "(it)")])
def test_nobody_named_speaks_where_the_encoder_looks_elsewhere(pronoun: str, speaker: str) -> None:
    text = f"Norway met Sweden in Oslo. A study of fish is out. {{{pronoun}}} [says] <no>."
    article, found = marked(text)
    at = article.text.index(f"{pronoun} says")
    study = article.text.index("study")
    looks = Antecedent((at, at + len(pronoun)), (((study, study + 5), 0.95),), 0.05)
    for antecedents, name in (((), "Norway"), ((looks,), speaker)):
        made = resolve(article, Annotation(tuple(found), "test", antecedents=antecedents))
        told = made.speaker_of(made.statements[0])
        assert told
        assert (told.name if told.named else f"({told.name})") == name


@pytest.mark.parametrize(
    ("name", "share", "speaker"),
    [
        ("Okoro", 0.85, "Okoro"),
        ("Okoro", 0.5, "Tom Lund"),
        ("Mrs. Okoro", 0.85, "Tom Lund"),
        ("Mrs. Okoro", 0.95, "Okoro"),
        ("Mary Okoro", 0.85, "Tom Lund"),
        ("Mary Okoro", 0.95, "Mary Okoro"),
    ],
)
def test_an_encoder_that_is_sure_outweighs_a_pronoun(name: str, share: float, speaker: str) -> None:
    article, found = marked(f"In Oslo, {name} spoke. She wept. Tom Lund came. <It was late>, {{he}} [said].")
    at, named = article.text.index("he said"), article.text.index(name) + len(name) - 1
    looks = Antecedent((at, at + 2), (((named, named + 1), share),), 1 - share)
    made = resolve(article, Annotation(tuple(found), "test", antecedents=(looks,)))
    told = made.speaker_of(made.statements[0])
    assert told
    assert told.name == speaker
