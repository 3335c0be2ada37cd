"""Finding: words, phrases, prefixes, tokens, filters, pages, facets, as a person asks for them."""

from collections.abc import Callable

import pytest

from onrecord.errors import BadQuery
from onrecord.records import Record
from onrecord.store.archive import Archive
from onrecord.store.filters import Filters, predicate
from onrecord.store.upkeep import Patience, keep_up
from onrecord.store.writing import writing

Build = Callable[..., Record]


def found(archive: Archive, query: str | None, **filters: object) -> set[str]:
    return {hit.article for hit in archive.search(query, Filters(**filters)).hits}  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=["unindexed", "indexed", "half"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, build: Build) -> Archive:
    """Six articles; searches must find the same whether indexes hold them all, none or some."""
    archive = Archive.make(tmp_path_factory.mktemp("filled") / "archive")
    records = [
        build("regime", "The sanctions regime is dead", "Sergey Lavrov", outlet="The Meridian", published="2020-11-03"),
        build("regimes", "No regime was sanctioned", "Maria Lavrova", outlet="TASS", published="2020-10-01T10:00:00Z"),
        build("missile", "We will buy S-400 and F-16s", "Omar Diaz", published="2019-05-05", e_code="TUR"),
        build("tanks", "Russia's 400 tanks and s 400 more", "Li Na", published="2021", e_country="CHN"),
        build("accent", "Le café reste fermé à São Tomé", "Zoë Müller", s_quote="indirect", s_confidence=0.29),
        build("via", "It’s well-known that U.S. troops stay", "Eva Roth", s_through=("Kommersant",), s_about=("EU",)),
    ]
    archive.add(records[:3])
    if request.param == "half":
        archive.tidy()
    archive.add(records[3:])
    if request.param == "indexed":
        archive.tidy()
        assert not archive.snapshot.head.unindexed.get("statements")
    return archive


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ("sanctions regime", {"regime", "regimes"}),
        ("SANCTIONING", {"regime", "regimes"}),
        ('"sanctions regime"', {"regime"}),
        ('"regime sanctions"', set()),
        ("sanct*", {"regime", "regimes"}),
        ('"sanctions reg*"', {"regime"}),
        ("zzz*", set()),
        ("S-400", {"missile"}),
        ("s‑400", {"missile"}),
        ("F-16", {"missile"}),
        ("F-16s", {"missile"}),
        ("400", {"missile", "tanks"}),
        ('"buy S-400"', {"missile"}),
        ("regime -dead", {"regimes"}),
        ("regime NOT (dead OR alive)", {"regimes"}),
        ("dead OR tanks", {"regime", "tanks"}),
        ("(dead OR tanks) AND russia", {"tanks"}),
        ("cafe ferme", {"accent"}),
        ("São", {"accent"}),
        ('"cafe reste ferme"', {"accent"}),
        ("fermé", {"accent"}),
        ("ferm*", {"accent"}),
        ("U.S.", {"via"}),
        ("well-known", {"via"}),
        ("it's", {"via"}),
        ("the", {"regime"}),
        ("nothing such", set()),
    ],
)
def test_queries(filled: Archive, query: str, articles: set[str]) -> None:
    assert found(filled, query) == articles


@pytest.mark.parametrize(
    ("filters", "articles"),
    [
        ({"speaker": "Lavrov"}, {"regime"}),
        ({"speaker": "LAVROV sergey"}, {"regime"}),
        ({"speaker": "zoe muller"}, {"accent"}),
        ({"speaker": "tur"}, {"missile"}),
        ({"country": "chn"}, {"tanks"}),
        ({"outlet": "meridian"}, {"regime"}),
        ({"about": "EU"}, {"via"}),
        ({"via": "kommersant"}, {"via"}),
        ({"via": "nobody"}, set()),
        ({"since": "2020-10", "until": "2020-10"}, {"regimes"}),
        ({"since": "2020-10-02"}, {"regime"}),
        ({"until": "2019-05-05"}, {"missile"}),
        ({"until": "2019-05-04"}, set()),
        ({"since": "2020", "until": "2020"}, {"regime", "regimes"}),
        ({"quote": "indirect"}, {"accent"}),
        ({"min_confidence": 0.3}, {"regime", "regimes", "missile", "tanks", "via"}),
        ({"min_confidence": 0.29, "quote": "indirect"}, {"accent"}),
        ({"min_confidence": 0.2901, "quote": "indirect"}, set()),
        ({"speaker": "o'; DROP"}, set()),
    ],
)
def test_filters(filled: Archive, filters: dict[str, object], articles: set[str]) -> None:
    assert found(filled, None, **filters) == articles


def test_words_and_filters_together(filled: Archive) -> None:
    assert found(filled, "regime", speaker="lavrov", since="2020-10", quote="direct", outlet="meridian") == {"regime"}
    assert found(filled, "regime", speaker="diaz") == set()


@pytest.mark.parametrize(
    ("query", "filters", "says"),
    [
        ("", {"quote": "loud"}, "quote: 'loud'"),
        ("x", {"since": "last week"}, "since: 'last week'"),
        ("x", {"min_confidence": 2}, "between 0 and 1"),
        ("?!", {}, "no word"),
        ("NOT x", {}, "NOT needs"),
        ("(x", {}, "not closed"),
        ("x)", {}, "not opened"),
        ("(" * 99 + "x" + ")" * 99, {}, "too deep"),
    ],
)
def test_what_cannot_be_asked_is_one_line(filled: Archive, query: str, filters: dict[str, object], says: str) -> None:
    with pytest.raises(BadQuery, match=says.replace("?", r"\?")):
        found(filled, query, **filters)


def test_hits_show_the_words_that_answered(filled: Archive) -> None:
    (hit,) = filled.search("sanctions dead").hits
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["sanctions", "dead"]
    (hit,) = filled.search("F-16").hits
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["F-16s"]
    (hit,) = filled.search('"cafe reste"').hits
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["café reste"]


def test_a_long_content_is_cut_around_the_words(archive: Archive, build: Build) -> None:
    archive.add([build(content="word " * 200 + "sanctions " + "word " * 200 + "end")])
    (hit,) = archive.search("sanctions").hits
    assert len(hit.snippet) < 260
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["sanctions"]
    assert hit.snippet.startswith("… word")
    assert hit.snippet.endswith("word …")


def test_better_answers_come_first(archive: Archive, build: Build) -> None:
    archive.add([build("long", "Taxes and very many other things of all kinds are spoken of here"), build("short")])
    assert [hit.article for hit in archive.search("taxes").hits] == ["short", "long"]


def test_without_words_the_newest_come_first(filled: Archive) -> None:
    assert [hit.article for hit in filled.search(None).hits][:4] == ["regime", "regimes", "missile", "tanks"]
    assert len(filled.search(None).hits) == 6


@pytest.mark.parametrize("query", ["taxes", None])
def test_pages_hold_every_hit_once(archive: Archive, build: Build, query: str | None) -> None:
    archive.add([build(f"a{n}", published=f"20{n % 20 + 10}-01-01") for n in range(45)])
    cursor, articles = None, []
    for size in (20, 20, 5):
        page = archive.search(query, limit=20, cursor=cursor)
        assert len(page.hits) == size
        articles += [hit.article for hit in page.hits]
        cursor = page.cursor
    assert cursor is None
    assert len(set(articles)) == 45


def test_a_cursor_of_another_query_is_refused(archive: Archive, build: Build) -> None:
    archive.add([build(f"a{n}") for n in range(3)])
    cursor = archive.search("taxes", limit=1).cursor
    for query, given in (("fall", cursor), ("taxes", "rubbish"), ("taxes", "é")):
        with pytest.raises(BadQuery, match="cursor"):
            archive.search(query, limit=1, cursor=given)


def test_facets_count_what_answers(archive: Archive, build: Build) -> None:
    archive.add(
        [
            build(f"a{n}", outlet="TASS", published=f"2020-{n % 2 + 1:02}-01", s_topics=("tax", "law")[: n % 3])
            for n in range(9)
        ]
    )
    archive.add([build("b", "Rents will rise", "Li Na", s_quote="mixed", outlet="TASS")])
    facets = archive.facets(None)
    assert facets.total == 10
    assert facets.speaker == (("Ada Brandt", 9), ("Li Na", 1))
    assert facets.outlet == (("TASS", 10),)
    assert facets.quote == (("direct", 9), ("mixed", 1))
    assert facets.topic == (("tax", 6), ("law", 3))
    assert facets.month == (("2020-01", 5), ("2020-02", 4))
    assert archive.facets("taxes", Filters(since="2020-02")).total == 4
    assert archive.facets("taxes", top=1).topic == (("tax", 6),)
    assert archive.facets("nowhere").total == 0


def test_upkeep_changes_nothing_that_is_found(archive: Archive, build: Build) -> None:
    for n in range(6):
        archive.add([build(f"a{n}")])
    with writing(archive.root) as transaction:
        assert keep_up(transaction, Patience(unindexed=3, small_files=4))
    with writing(archive.root) as transaction:
        assert not keep_up(transaction, Patience(unindexed=3, small_files=4))
    assert len(archive.snapshot["statements"].get_fragments()) == 1
    assert len(archive.search("taxes").hits) == 6
    assert list(archive.faults()) == []


@pytest.mark.parametrize(
    "filters", [Filters(speaker="Roth"), Filters(speaker="RUS"), Filters(about="EU"), Filters(via="Kommersant"),
                Filters(outlet="TASS"), Filters(country="CHN"), Filters(since="2020-10-02"), Filters(quote="direct"),
                Filters(min_confidence=0.5)],
)  # fmt: skip
def test_every_filter_is_answered_by_indexes_alone(archive: Archive, build: Build, filters: Filters) -> None:
    said = build("a1", s_about=("EU",), s_through=("Kommersant",), outlet="TASS", published="2021", speaker="Eva Roth")
    archive.add([said])
    archive.tidy()
    where = predicate(archive.snapshot, filters)
    plan = archive.snapshot["statements"].scanner(filter=where, prefilter=True).explain_plan()
    assert "ScalarIndexQuery" in plan
    assert "refine_filter=--" in plan, "rows are looked at one by one"
