"""Differences between the forms of an utterance, and which of them may change its sense."""

from pathlib import Path

import pytest

from onrecord.trails.drift import changes, differences
from onrecord.trails.sayings import Saying, sayings
from reports import record


def saying(content: str) -> Saying:
    return next(sayings(record("a", content)))


def kinds(fuller: str, other: str) -> list[str]:
    return [change.kind for change in changes(saying(other), [saying(fuller)])]


@pytest.mark.parametrize(
    ("fuller", "other", "kind"),
    [
        ("“We will not open the harbour to frigates”", "the harbour will open to frigates", "negation gone"),
        ("“The harbour isn't open to frigates”", "the harbour “is open to frigates”", "negation gone"),
        ("“We have never paid smugglers”", "they had paid smugglers", "negation gone"),
        ("“We will open the harbour to frigates”", "the harbour will not open to frigates", "negation added"),
        ("“If the talks fail, we will close the harbour”", "“we will close the harbour”", "condition gone"),
        ("“We close the harbour unless the fleet leaves”", "they close the harbour", "condition gone"),
        ("“Nine trawlers sank off the mole”", "twelve trawlers sank off the mole", "number changed"),
        ("“We lost 3.5 million tonnes of grain”", "they lost 5 million tonnes of grain", "number changed"),
        ("“Sabotage may have sunk the trawler”", "sabotage sank the trawler", "hedge gone"),
        ("“The queen will not come to Avel”", "the queen will come to Avel", "negation gone"),
        ("“We pay for the bridge, provided the court agrees”", "they pay for the bridge", "condition gone"),
        ("“It cost 70 million crowns”", "it cost 90 million crowns", "number changed"),
        ("“Perhaps the storm moved the buoy”", "the storm moved the buoy", "hedge gone"),
        ("“The ferry is late”", "the ferry is not late", "negation added"),
        ("“The trawler was probably sabotaged”", "the trawler was sabotaged", "hedge gone"),
        (
            "“We regret the closure of the harbour”",
            "they regret the “shameful” closure of the harbour",
            "quotation marks",
        ),
    ],
)
def test_what_changes_the_sense_is_flagged(fuller: str, other: str, kind: str) -> None:
    assert kind in kinds(fuller, other)


@pytest.mark.parametrize(
    ("fuller", "other"),
    [
        ("“We will not open the harbour to frigates”", "they refuse to open the harbour to frigates"),
        ("“We will not open the harbour, and the talks go on in Brin”", "“the talks go on in Brin”"),
        ("“There is no doubt the trawler was sabotaged”", "the trawler was sabotaged"),
        ("“If the talks fail, we will close the harbour”", "the harbour would close in case of failed talks"),
        ("“Nine trawlers sank off the mole”", "9 trawlers sank off the mole"),
        ("“We lost 3,480,000 tonnes of grain”", "they lost about 3.5 million tonnes of grain"),
        ("“Sabotage may have sunk the trawler”", "sabotage could have sunk the trawler"),
        ("“The trawler was probably sabotaged”", "the trawler was likely sabotaged"),
        ("“We deeply regret the closure of the harbour”", "they “regret the closure” of the harbour"),
        ("“We favour the neighbour's programme”", "they favor the neighbor's programme"),
    ],
)
def test_harmless_rewordings_are_not(fuller: str, other: str) -> None:
    assert kinds(fuller, other) == []


def test_the_words_concerned_are_given() -> None:
    (change,) = changes(saying("twelve trawlers sank"), [saying("“Nine trawlers sank off the mole”")])
    assert (change.was, change.now) == ("Nine trawlers", "twelve trawlers")


def test_the_fullest_wording_has_no_changes() -> None:
    assert changes(saying("“We will not”"), []) == ()


def test_differences_are_word_by_word() -> None:
    fuller, other = saying("“We close the old harbour tonight”"), saying("“We closed the harbour”")
    found = [
        ([w.form for w in fuller.words[slice(*d.was)]], [w.form for w in other.words[slice(*d.now)]])
        for d in differences(fuller, other)
    ]
    assert found == [(["old"], []), (["tonight"], [])]


def test_of_two_hundred_harmless_rewordings_few_are_flagged() -> None:
    lines = Path(__file__).with_name("rewordings.txt").read_text("utf-8").splitlines()
    pairs = [line.split(" | ") for line in lines]
    assert len(pairs) == 200
    alarms = [(fuller, other) for fuller, other in pairs if kinds(fuller, other)]
    assert len(alarms) <= 10, alarms
