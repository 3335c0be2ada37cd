"""The outlets a text names, by the words for what they are and by the names one knows."""

import pytest

from onrecord.resolve.outlets import outlets_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He told CNN and the Kommersant daily.", ["CNN", "Kommersant"]),
        ("state news agency IRNA reported", ["IRNA"]),
        ("IRNA, the state news agency, reported", ["IRNA"]),
        ("its official news agency, KCNA, reported", ["KCNA"]),
        ("Orland's state-owned Corvo news agency reported", ["Corvo"]),
        ("South Orland’s Tarn Ilbo newspaper", ["Tarn Ilbo"]),
        ("the German newspaper Bild am Sonntag", ["Bild am Sonntag"]),
        ("the Israeli TV channel Kan", ["Kan"]),
        ("a story by the website Gossip", ["Gossip"]),
        ("the Harbour Post and the Tarn Herald", ["Harbour Post", "Tarn Herald"]),
        ("The Guardian and the Guardian newspaper", ["The Guardian", "Guardian"]),
        ("Iranian state television and local media", ["Iranian state television", "local media"]),
        ("on NBC's Meet the Press", ["NBC"]),
        ("Ada Brandt, a newspaper editor; the anchor for a Spanish-language channel", []),
        ("told CNN affiliate KTRN News", ["KTRN News"]),
        ("The New York Times reported it; the Times added", ["The New York Times", "The New York Times"]),
        ("the Iranian news agency said", []),
        ("He reads daily; the Tarn network; the White House website", []),
        ("Vice President Okoro met the local press corps", []),
        ("a state press conference", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert [outlet.name for outlet in outlets_in(text)] == names


def test_the_whole_holds_what_belongs_to_the_name() -> None:
    text = "He told the respected German newspaper Bild so."
    (outlet,) = outlets_in(text)
    assert text[slice(*outlet.span)] == "Bild"
    assert text[slice(*outlet.whole)].endswith("German newspaper Bild")
