"""RSS and Atom: entries that carry their article, entries that point to it, and what is no feed."""

import pytest
from reading import Read

from onrecord.errors import Damaged, InputError, NoArticle
from onrecord.read.articles import read_articles
from onrecord.read.feeds import read_feed
from onrecord.read.fetch import Fetcher, Manners
from onrecord.read.fields import Draft, Link, Options
from onrecord.records import Article
from web_server import Reply, Server

STORY = "Dock workers voted on Monday to extend their strike for another week, after the talks broke down."
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Courier</title><language>en-GB</language>{items}</channel></rss>"""
WHOLE = f"""<item><title>Strike &amp;amp; talks</title><link>https://c.example/strike</link><guid>g1</guid>
<dc:creator>Jane Doe and John Roe</dc:creator><pubDate>Mon, 17 May 2021 06:45:00 +0200</pubDate>
<description>Short.</description>
<content:encoded><![CDATA[<p>{STORY}</p><script>x()</script><p>“No,” he said.</p>]]></content:encoded></item>"""
SUMMARY = """<item><title>Vote</title><link>{link}</link><description>The vote was close.</description></item>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Le Courrier</title>
<entry><id>tag:c.example,2021:1</id><title>Grève</title><link href="/greve"/><updated>2021-05-17T06:45:00Z</updated>
<author><name>Jeanne Dupont</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{STORY}</p></div></content></entry></feed>"""


def rss(*items: str) -> bytes:
    return RSS.format(items="".join(items)).encode()


def page(text: str) -> Reply:
    html = f"<html lang='en'><body><article><p>{text}</p></article></body></html>"
    return Reply(html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


@pytest.mark.parametrize("name", ["a.rss", "a.xml", None])
def test_entry_with_its_whole_text(read: Read, name: str | None) -> None:
    (found,) = read(name, rss(WHOLE))
    assert isinstance(found, Article)
    assert found.text == f"{STORY}\n“No,” he said."
    assert (found.title, found.outlet, found.url) == ("Strike & talks", "The Courier", "https://c.example/strike")
    assert (found.byline, found.language) == (("Jane Doe", "John Roe"), "en")
    assert found.published == "2021-05-17T06:45:00+02:00"


def test_atom_with_a_relative_link() -> None:
    ((_, _, found),) = read_feed(ATOM.encode(), "a.atom", "https://c.example/feeds/news")
    assert isinstance(found, Draft)
    assert found.text == STORY
    assert found.fields == {
        "id": None,
        "url": "https://c.example/greve",
        "outlet": "Le Courrier",
        "title": "Grève",
        "byline": ("Jeanne Dupont",),
        "language": "fr",
        "published": "2021-05-17T06:45:00Z",
    }


def test_article_has_the_same_id_by_feed_and_by_page(read: Read) -> None:
    (by_feed,) = read("a.rss", rss(WHOLE))
    (by_line,) = read("a.jsonl", b'{"text": "as corrected", "url": "https://c.example/strike"}')
    assert isinstance(by_feed, Article)
    assert isinstance(by_line, Article)
    assert by_feed.id == by_line.id


def test_long_description_is_the_article() -> None:
    item = f"<item><title>t</title><link>https://c.example/a</link><description>{STORY * 12}</description></item>"
    ((_, _, found),) = read_feed(rss(item), "a.rss")
    assert isinstance(found, Draft)
    assert found.text == STORY * 12


def test_summary_is_a_link() -> None:
    ((_, _, found),) = read_feed(rss(SUMMARY.format(link="https://c.example/v")), "a.rss")
    assert isinstance(found, Link)
    assert (found.url, found.fields["title"]) == ("https://c.example/v", "Vote")


def test_file_of_summaries_says_how_to_have_the_pages(read: Read) -> None:
    story, error = read("a.rss", rss(WHOLE, SUMMARY.format(link="https://c.example/v")))
    assert isinstance(story, Article)
    assert isinstance(error, NoArticle)
    assert str(error).endswith("entry 2: gives only a summary of https://c.example/v: --fetch reads the page itself")


def test_keys_and_states_tell_entries_and_their_changes_apart() -> None:
    first, second = read_feed(rss(WHOLE, SUMMARY.format(link="https://c.example/v")), "a.rss")
    (again,) = read_feed(rss(WHOLE), "a.rss")
    (changed,) = read_feed(rss(WHOLE.replace("Monday", "Tuesday")), "a.rss")
    assert first.key != second.key
    assert (again.key, again.state) == (first.key, first.state)
    assert changed.key == first.key
    assert changed.state != first.state


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<!DOCTYPE html><html><body><p>Log in</p></body></html>", "is an HTML page, not a feed"),
        (b"<!-- x --><HTML><body>Not found</body></html>", "is an HTML page, not a feed"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "is an HTML page, not a feed"),
        (b'<?xml version="1.0"?><opml/>', "is not a feed (its root element is <opml>)"),
        (b"Not found", "is not a feed, nor any XML"),
        (b"", "is not a feed, nor any XML"),
    ],
)
def test_what_is_no_feed(read: Read, data: bytes, why: str) -> None:
    (error,) = read("a.rss", data)
    assert isinstance(error, NoArticle)
    assert error.why.startswith(why)


def test_feed_without_entries_is_no_error(read: Read) -> None:
    assert read("a.rss", rss()) == []


def test_entry_without_text_and_link(read: Read) -> None:
    (error,) = read("a.rss", rss("<item><title>t</title></item>"))
    assert isinstance(error, NoArticle)


def test_feed_that_breaks_off_keeps_its_whole_entries(read: Read) -> None:
    data = rss(WHOLE, WHOLE.replace("g1", "g2"))
    story, error = read("a.rss", data[: data.rindex(b"after the talks")])
    assert isinstance(story, Article)
    assert isinstance(error, Damaged)
    assert "breaks off after 1 whole entries" in str(error)


def test_malformed_feed_is_read_as_far_as_it_can_be(read: Read) -> None:
    (found,) = read("a.rss", rss(WHOLE.replace("Short.", "Q&A &nbsp; <br>")))
    assert isinstance(found, Article)
    assert found.text.startswith(STORY)


def test_no_entity_is_followed_out_of_a_feed(read: Read, tmp_path: object) -> None:
    secret = f"{tmp_path}/secret"
    with open(secret, "w", encoding="utf-8") as file:
        file.write("the secret")
    doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
    data = rss(WHOLE.replace("Strike &amp;amp; talks", "A &x; B")).replace(b"<rss", doctype.encode() + b"<rss", 1)
    for name in ("a.rss", "a.xml"):
        (found,) = read(name, data)
        assert isinstance(found, Article)
        assert "secret" not in repr(found)


def test_pages_of_a_fetched_feed_are_fetched(server: Server) -> None:
    feed = rss(WHOLE, SUMMARY.format(link=f"{server.url}/v"), SUMMARY.format(link=f"{server.url}/gone"))
    server.pages = {"/feed": Reply(feed, headers={"Content-Type": "text/html"}), "/v": page(STORY)}
    whole, fetched, error = read_articles([f"{server.url}/feed"], fetcher=Fetcher(Manners(pace=0)))
    assert isinstance(whole, Article)
    assert isinstance(fetched, Article)
    assert isinstance(error, InputError)
    assert (fetched.text, fetched.title, fetched.outlet) == (STORY, "Vote", "The Courier")
    assert str(error) == f"{server.url}/gone: the server answers 404 (Not Found)"
    assert server.paths() == ["/feed", "/v", "/gone"]


def test_pages_are_left_alone_when_that_is_asked(server: Server) -> None:
    server.pages = {"/feed": Reply(rss(SUMMARY.format(link=f"{server.url}/v"))), "/v": page(STORY)}
    found = read_articles([f"{server.url}/feed"], options=Options(fetch=False), fetcher=Fetcher(Manners(pace=0)))
    assert [type(one) for one in found] == [NoArticle]
    assert server.paths() == ["/feed"]


def test_address_of_a_feed_that_answers_with_a_page(server: Server) -> None:
    server.pages = {"/news.rss": page(STORY)}
    (error,) = read_articles([f"{server.url}/news.rss"], fetcher=Fetcher(Manners(pace=0)))
    assert isinstance(error, NoArticle)
    assert error.why.startswith("is an HTML page, not a feed")
