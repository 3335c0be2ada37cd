"""The pages without a browser: what they say, and what they do with what is not there or not honest."""

from pathlib import Path

import pytest
from explorer_client import TOKEN, serving
from starlette.testclient import TestClient

from onrecord.records import Article, Record
from onrecord.store.archive import Archive


@pytest.fixture
def empty(tmp_path: Path) -> TestClient:
    return serving(Archive.make(tmp_path / "empty.archive"))


@pytest.mark.parametrize("path", ["/", "/record", "/actors", "/pairs", "/run"])
def test_an_empty_archive_teaches(empty: TestClient, path: str) -> None:
    with empty:
        answer = empty.get(path)
    assert answer.status_code == 200
    assert "onrecord add news/" in answer.text


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nothing", 404, "there is nothing at this address"),
        ("/read/none", 404, "article &#39;none&#39;: there is none"),
        ("/actor/Nobody", 404, "nobody of this id or name"),
        ("/record?q=(", 400, "bracket"),
        ("/record?min_confidence=much", 400, "is no number"),
        ("/record?cursor=zzz", 400, "cursor"),
        ("/static/../../app.py", 404, ""),
        ("/static/app.py", 404, "no such file"),
        ("/compare?a=sort%3Dloud", 400, "is none of"),
    ],
)
def test_what_is_wrong_is_told_in_a_page(reader: TestClient, path: str, status: int, words: str) -> None:
    answer = reader.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert words in answer.text


def test_whom_articles_only_describe_leads_to_what_they_say(reader: TestClient) -> None:
    answer = reader.get("/actor/The%20envoys", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, "/record?speaker=The+envoys")
    assert "1</strong> statement" in reader.get(answer.headers["location"]).text
    assert reader.get("/pair/The%20envoys/Tovia").status_code == 404


def test_only_who_is_named_makes_a_pair(reader: TestClient) -> None:
    assert "The envoys" not in reader.get("/pairs").text
    assert "Tovia" in reader.get("/pairs").text


def test_a_line_of_a_megabyte_and_odd_characters_are_shown(tmp_path: Path) -> None:
    archive = Archive.make(tmp_path / "odd.archive")
    odd = "\ud800\x00\ufffe\u202e<p>" + "x" * 1_000_000
    archive.add([Record(Article("odd/../id?#%", odd, title=odd[:40]), (), ())])
    with serving(archive) as client:
        answer = client.get("/read/odd%2F..%2Fid%3F%23%25")
        assert answer.status_code == 200
        assert "x" * 1_000_000 in answer.text
        assert "<p>xxx" not in answer.text
        assert client.get("/").status_code == 200


def test_an_older_version_says_so(tmp_path: Path) -> None:
    archive = Archive.make(tmp_path / "versions.archive")
    for text in ("First words.", "Corrected words."):
        archive.add([Record(Article("a", text), (), ())])
    with serving(archive) as client:
        assert "First words." in client.get("/read/a?version=1").text
        assert "an older one" in client.get("/read/a?version=1").text
        assert "Corrected 1 time" in client.get("/read/a").text


def test_what_is_new_counts_from_the_last_visit(writer: TestClient) -> None:
    assert "Added last" in writer.get("/").text
    writer.cookies.clear()
    writer.cookies.set("onrecord-visit", "~2020-01-01T00:00:00+00:00")
    assert "<strong>9 new articles</strong> since your last visit" in writer.get("/").text
    writer.cookies.clear()
    writer.cookies.set("onrecord-visit", "nonsense~~")
    assert writer.get("/").status_code == 200
    assert "no new articles</strong> since Jan 1, 2999" in writer.get("/?since=2999-01-01").text


def test_the_token_moves_from_the_address_into_a_cookie(reader: TestClient) -> None:
    answer = reader.get(f"/enter?token={TOKEN}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=strict" in answer.headers["set-cookie"]
    wrong = reader.get("/enter?token=wrong", follow_redirects=False)
    assert wrong.status_code == 403
    assert "set-cookie" not in wrong.headers
    reader.cookies.clear()


def test_a_name_leads_to_the_lasting_address(reader: TestClient) -> None:
    answer = reader.get("/actor/Varen", follow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/actor/ilse-varen.")


def test_files_of_the_pages_are_kept_for_good_by_their_version(reader: TestClient) -> None:
    style = next(part for part in reader.get("/").text.split('"') if part.startswith("/static/explore.css?v="))
    assert "immutable" in reader.get(style).headers["cache-control"]
    assert reader.get("/static/explore.css").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/", "/record", "/read/strait", "/actor/Varen", "/pair/Tovia/Marenia"])
def test_no_page_has_a_script_or_style_of_its_own(reader: TestClient, path: str) -> None:
    text = reader.get(path).text
    assert "<script>" not in text
    assert "<style" not in text
    assert " style=" not in text
    assert " onclick=" not in text
