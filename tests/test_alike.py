"""More like this, by a statement's key or a text."""

from pathlib import Path

import pytest

from onrecord.alike import like, telling
from onrecord.annotate import meaning
from onrecord.annotate.meaning import with_meanings
from onrecord.errors import BadQuery
from onrecord.records import Article, Record, Statement
from onrecord.store.archive import Archive
from onrecord.store.filters import Filters

SAID = {
    "tass": "There will be no talks with Brussels under the pressure of sanctions",
    "rtr": "Moscow rejects negotiating with Brussels under sanctions pressure",
    "wheat": "Wheat exports from the port doubled in October",
    "cup": "The team played a brilliant second half",
}
MODEL = Path(meaning.__file__).with_name("model")
pytestmark = pytest.mark.skipif(not (MODEL / meaning.TABLE).exists(), reason="the model's files are not here")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = Archive.make(tmp_path_factory.mktemp("alike") / "archive")
    archive.add([with_meanings(record(name, text)) for name, text in SAID.items()])
    return archive


def record(name: str, text: str) -> Record:
    statement = Statement("s1", (), (), ((0, len(text)),), "indirect", None, None, 0.9)
    return Record(Article(name, text, outlet=name.upper()), (), (statement,))


def test_like_a_statement_without_itself(filled: Archive) -> None:
    hits = like(filled, "tass@1#s1")
    assert hits[0].article == "rtr"
    assert {hit.article for hit in hits} == {"rtr", "wheat", "cup"}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len(like(filled, "tass@1#s1", limit=1)) == 1


def test_like_a_text_among_those_that_answer(filled: Archive) -> None:
    assert like(filled, "grain shipments rose in autumn")[0].article == "wheat"
    assert like(filled, SAID["cup"])[0].score == pytest.approx(1)
    assert [hit.article for hit in like(filled, SAID["tass"], words="wheat OR team")] != []
    assert {hit.article for hit in like(filled, SAID["tass"], Filters(outlet="CUP"))} == {"cup"}


@pytest.mark.parametrize("key", ["nowhere@1#s1", "tass@1#s9", "tass@7#s1"])
def test_a_statement_that_is_not_there(filled: Archive, key: str) -> None:
    with pytest.raises(BadQuery, match="no such statement"):
        like(filled, key)


def test_a_text_without_words(filled: Archive) -> None:
    with pytest.raises(BadQuery, match="no word"):
        like(filled, "  ")


def test_the_words_that_tell_most_are_the_rare_ones() -> None:
    assert set(telling("the talks of the Ruritanian envoy and the Ruritanians")) >= {"ruritanians", "envoy"}
    assert "the" not in telling("the talks")
