"""Fetching with manners, from real servers on this machine; only the waiting is played."""

import gzip
import socket
import time
from typing import Any

import pytest

from onrecord.errors import InputError, NotFetched
from onrecord.read.articles import read_articles
from onrecord.read.fetch import Fetched, Fetcher, Manners
from onrecord.records import Article
from web_server import Reply, Server

STORY = "Dock workers voted on Monday to extend their strike for another week, after the talks broke down."
MONDAY = "Mon, 17 May 2021 06:45:00 GMT"
PAGE = Reply(
    f"<html lang='en'><body><article><p>{STORY}</p></article></body></html>".encode(),
    headers={
        "Content-Type": "text/html; charset=utf-8",
        "ETag": '"1"',
        "Last-Modified": "Mon, 17 May 2021 06:45:00 GMT",
    },
)


class Clock:
    """Time that passes only by waiting; `waits` are the waits."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def fetcher(clock: Clock, **manners: Any) -> Fetcher:
    return Fetcher(Manners(**{"pace": 0.0, **manners}), sleep=clock.sleep, clock=clock)


def the_error(clock: Clock, url: str, **manners: Any) -> NotFetched:
    with pytest.raises(NotFetched) as caught:
        fetcher(clock, **manners).fetch(url)
    assert caught.value.where == url
    assert "\n" not in str(caught.value)
    return caught.value


def test_page_with_what_its_server_says_of_it(server: Server, clock: Clock) -> None:
    server.pages = {"/a": PAGE}
    found = fetcher(clock).fetch(f"{server.url}/a#part")
    assert found == Fetched(f"{server.url}/a", PAGE.body, "text/html", "utf-8", '"1"', MONDAY)
    assert server.asked[-1][1]["User-Agent"].startswith("onrecord/")


def test_page_becomes_an_article(server: Server, clock: Clock) -> None:
    server.pages = {"/a": PAGE}
    (article,) = read_articles([f"{server.url}/a"], fetcher=fetcher(clock))
    assert isinstance(article, Article)
    assert (article.text, article.url, article.language) == (STORY, f"{server.url}/a", "en")


def test_addresses_and_files_mix_and_an_error_costs_no_other(server: Server, clock: Clock, tmp_path: Any) -> None:
    server.pages = {"/a.txt": Reply(b"He left.", headers={"Content-Type": "text/plain"})}
    (tmp_path / "b.txt").write_text("She stayed.")
    found = list(read_articles([f"{server.url}/gone", f"{server.url}/a.txt", tmp_path], fetcher=fetcher(clock)))
    assert isinstance(found[0], InputError)
    assert [one.text for one in found[1:] if isinstance(one, Article)] == ["He left.", "She stayed."]


def test_encoding_that_the_server_declares(server: Server, clock: Clock) -> None:
    body = PAGE.body.replace(STORY.encode(), ("Кризис продолжается, сообщил министр. " * 3).encode("cp1251"))
    server.pages = {"/a": Reply(body, headers={"Content-Type": "text/html; charset=windows-1251"})}
    (article,) = read_articles([f"{server.url}/a"], fetcher=fetcher(clock))
    assert isinstance(article, Article)
    assert article.text.startswith("Кризис продолжается")


def test_packed_file_is_unpacked(server: Server, clock: Clock) -> None:
    server.pages = {"/wires.jsonl.gz": Reply(gzip.compress(b'{"text": "a"}\n{"text": "b"}\n'))}
    found = read_articles([f"{server.url}/wires.jsonl.gz"], fetcher=fetcher(clock))
    assert [one.text for one in found if isinstance(one, Article)] == ["a", "b"]


def test_robots_txt_is_kept_to_and_asked_once(server: Server, clock: Clock) -> None:
    rules = b"User-agent: *\nDisallow: /\n\nUser-agent: onrecord\nDisallow: /private/\nDisallow: /*?print\n"
    server.pages = {"/robots.txt": Reply(rules), "/a": PAGE, "/private/a": PAGE, "/a?print": PAGE}
    web = fetcher(clock)
    assert web.fetch(f"{server.url}/a").body == PAGE.body
    for path in ("/private/a", "/a?print"):
        with pytest.raises(NotFetched, match=r"robots\.txt asks not to fetch it") as caught:
            web.fetch(server.url + path)
        assert not caught.value.temporary
    assert [path for path, _ in server.asked] == ["/robots.txt", "/a"]


def test_robots_txt_is_asked_again_after_a_day(server: Server, clock: Clock) -> None:
    server.pages = {"/robots.txt": [Reply(b""), Reply(b"User-agent: *\nDisallow: /\n")], "/a": PAGE}
    web = fetcher(clock)
    web.fetch(f"{server.url}/a")
    clock.now += 90_000
    with pytest.raises(NotFetched, match=r"robots\.txt"):
        web.fetch(f"{server.url}/a")


def test_site_whose_robots_txt_cannot_be_had_is_left_alone_for_a_while(server: Server, clock: Clock) -> None:
    server.pages = {"/robots.txt": Reply(status=503), "/a": PAGE}
    web = fetcher(clock)
    for _ in range(2):
        with pytest.raises(NotFetched) as caught:
            web.fetch(f"{server.url}/a")
        assert caught.value.temporary
        assert "asked for" in str(caught.value)
    assert len(server.asked) == 4  # the tries of the first time
    server.pages["/robots.txt"] = Reply(b"")
    clock.now += 400
    assert web.fetch(f"{server.url}/a").body == PAGE.body


def test_host_is_asked_at_its_pace(server: Server, clock: Clock) -> None:
    server.pages = {"/a": PAGE, "/robots.txt": Reply(b"User-agent: *\nCrawl-delay: 7\n")}
    web = fetcher(clock, pace=2.0)
    for _ in range(3):
        web.fetch(f"{server.url}/a")
    assert clock.waits == [2.0, 7.0, 7.0]


def test_unchanged_page_has_no_body(server: Server, clock: Clock) -> None:
    def unchanged(handler: Any) -> None:
        same = handler.headers["If-None-Match"] == '"1"' and handler.headers["If-Modified-Since"] == "then"
        handler.send_response(304 if same else 500)
        handler.end_headers()

    server.pages = {"/a": Reply(act=unchanged)}
    assert fetcher(clock).fetch(f"{server.url}/a", '"1"', "then").body is None


def test_busy_server_is_asked_again_when_it_says(server: Server, clock: Clock) -> None:
    server.pages = {"/a": [Reply(status=429, headers={"Retry-After": "17"}), Reply(status=503), PAGE]}
    assert fetcher(clock).fetch(f"{server.url}/a").body == PAGE.body
    assert clock.waits[0] == 17.0
    assert 1.0 <= clock.waits[1] <= 4.0
    assert server.paths() == ["/a"] * 3


def test_server_that_asks_for_a_long_wait_is_left_alone(server: Server, clock: Clock) -> None:
    server.pages = {"/a": Reply(status=429, headers={"Retry-After": "3600"})}
    error = the_error(clock, f"{server.url}/a")
    assert (error.temporary, error.retry_after) == (True, 3600.0)
    assert error.why == "the server answers 429 (Too Many Requests) and asks to wait 3,600 seconds: try again then"
    assert server.paths() == ["/a"]


def test_retry_after_may_be_a_date_or_nonsense(server: Server, clock: Clock) -> None:
    day = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 30))
    server.pages = {"/a": [Reply(status=503, headers={"Retry-After": v}) for v in (day, "soon")] + [PAGE]}
    fetcher(clock).fetch(f"{server.url}/a")
    assert 25 < clock.waits[0] <= 30
    assert 0 < clock.waits[1] <= 4


def test_failing_server_is_given_up_after_some_tries(server: Server, clock: Clock) -> None:
    server.pages = {"/a": Reply(status=500)}
    error = the_error(clock, f"{server.url}/a")
    assert error.why == "the server answers 500 (Internal Server Error): try again later"
    assert error.temporary
    assert len(server.paths()) == 4


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451])
def test_refusal_is_final(server: Server, clock: Clock, status: int) -> None:
    server.pages = {"/a": Reply(status=status)}
    assert not the_error(clock, f"{server.url}/a").temporary
    assert len(server.paths()) == 1


def test_redirects_are_followed_and_each_address_asked_of_robots(server: Server, clock: Clock) -> None:
    to = lambda where: Reply(status=301, headers={"Location": where})  # noqa: E731
    server.pages = {"/a": to("/b"), "/b": to("/c"), "/c": PAGE, "/d": to("/no/a"), "/e": to("/e"), "/f": to("ftp://x/")}
    server.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /no/\n")
    assert fetcher(clock).fetch(f"{server.url}/a").url == f"{server.url}/c"
    assert "robots.txt" in the_error(clock, f"{server.url}/d").why
    assert the_error(clock, f"{server.url}/e").why == "redirects more than 5 times"
    assert the_error(clock, f"{server.url}/f").why.startswith("leads to 'ftp://x/', which is no web address")


def test_server_that_hangs(server: Server, clock: Clock) -> None:
    server.pages = {"/robots.txt": Reply(b""), "/a": Reply(act=lambda handler: time.sleep(1.5))}
    error = the_error(clock, f"{server.url}/a", timeout=0.1, tries=2)
    assert (error.why, error.temporary) == ("does not answer in time", True)


def test_server_that_drips(server: Server) -> None:
    def drip(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.02)

    server.pages = {"/a": Reply(act=drip)}
    with pytest.raises(NotFetched, match=r"is not sent within 0\.2 seconds"):
        Fetcher(Manners(pace=0, deadline=0.2)).fetch(f"{server.url}/a")


def test_answer_that_breaks_off_is_asked_for_again(server: Server, clock: Clock) -> None:
    cut = Reply(PAGE.body[:50], headers={"Content-Length": str(len(PAGE.body))})
    server.pages = {"/a": [cut, PAGE]}
    assert fetcher(clock).fetch(f"{server.url}/a").body == PAGE.body


def test_page_that_is_too_big(server: Server, clock: Clock) -> None:
    server.pages = {"/a": Reply(b"x" * 300_000)}
    assert (
        the_error(clock, f"{server.url}/a", largest=200_000).why == "is larger than the 200,000 bytes that are fetched"
    )


def test_page_that_unpacks_to_too_much(server: Server, clock: Clock) -> None:
    server.pages = {"/a": Reply(gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"})}
    assert the_error(clock, f"{server.url}/a", largest=1 << 20).why == "is larger than the 1 MB that are fetched"


def test_server_that_is_not_there(clock: Clock) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    error = the_error(clock, f"http://127.0.0.1:{port}/a", tries=2)
    assert error.temporary
    assert error.why.startswith("cannot be reached: ")


@pytest.mark.parametrize("url", ["http://", "http://[half", "http://h:99999/", "http:///path"])
def test_address_that_is_none(clock: Clock, url: str) -> None:
    assert the_error(clock, url).why == "is no web address that can be fetched"


def test_feed_on_the_public_web_leads_to_no_private_network(server: Server, clock: Clock) -> None:
    server.pages = {"/a": PAGE}
    web, public = fetcher(clock), "http://198.41.0.4/feed"
    with pytest.raises(NotFetched, match="lies in a private network") as caught:
        web.fetch(f"{server.url}/a", linked_by=public)
    assert not caught.value.temporary
    assert server.asked == []
    assert web.fetch(f"{server.url}/a", linked_by=f"{server.url}/feed").body == PAGE.body


def test_transport_can_be_replaced(clock: Clock) -> None:
    from contextlib import contextmanager

    class Answer:
        status = 200
        headers = {"Content-Type": "text/plain"}  # noqa: RUF012

        def __init__(self, body: bytes) -> None:
            self.body = body

        def read(self, size: int) -> bytes:
            data, self.body = self.body[:size], self.body[size:]
            return data

    @contextmanager
    def transport(url: str, headers: dict[str, str], timeout: float) -> Any:
        yield Answer(url.encode())

    web = Fetcher(Manners(pace=0), transport, clock.sleep, clock)
    assert web.fetch("https://c.example/a").body == b"https://c.example/a"
