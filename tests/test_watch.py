"""Feeds polled from a server on this machine: what is new is handed on once, whatever happens in between."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import InputError
from onrecord.read.fetch import Fetcher, Manners
from onrecord.records import Article
from onrecord.watch import Feed, Poll, State, Time, read_feed_list, watch
from web_server import Reply, Server

STORY = "Dock workers voted on Monday to extend their strike for another week, after the talks broke down."


def item(name: str, text: str | None = None, link: str = "") -> str:
    whole = f"<content:encoded>{text}</content:encoded>" if text else ""
    return f"<item><title>{name}</title><link>{link or f'https://c.example/{name}'}</link><guid>{name}</guid>{whole}</item>"


def rss(*items: str) -> bytes:
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="2.0" {space}><channel><title>C</title>{"".join(items)}</channel></rss>'.encode()


def page(text: str = STORY) -> Reply:
    html = f"<html lang='en'><body><article><p>{text}</p></article></body></html>"
    return Reply(html.encode(), headers={"Content-Type": "text/html"})


class Run:
    """One watcher: its clock, what was handed on, and the folder of its state."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = 1_000_000.0
        self.handed: list[Article] = []

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def once(self, *feeds: Feed, handle: Callable[[Article], None] | None = None) -> list[Poll]:
        return list(self.polls(*feeds, handle=handle, once=True))

    def polls(self, *feeds: Feed, handle: Callable[[Article], None] | None = None, once: bool = False) -> Any:
        web = Fetcher(Manners(pace=0, timeout=2), sleep=self.sleep, clock=lambda: self.now)
        state = State(self.folder / "feeds.state.json")
        time_ = Time(lambda: self.now, self.sleep)
        return watch(feeds, state, handle or self.handed.append, web, once=once, time_=time_)

    @property
    def texts(self) -> list[str]:
        return [article.text for article in self.handed]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path)


def test_new_entries_are_handed_on_once_oldest_first(server: Server, run: Run) -> None:
    feed = Feed(f"{server.url}/feed", outlet="Courier", language="en")
    server.pages["/feed"] = Reply(rss(item("b", "Two."), item("a", "One.")))
    (first,) = run.once(feed)
    assert str(first) == f"{server.url}/feed: 2 entries, 2 new, 2 read"
    assert run.texts == ["One.", "Two."]
    assert {(article.outlet, article.language) for article in run.handed} == {("Courier", "en")}
    server.pages["/feed"] = Reply(rss(item("c", "Three."), item("b", "Two."), item("a", "One.")))
    (second,) = run.once(feed)
    assert (second.new, second.read) == (1, 1)
    assert run.texts == ["One.", "Two.", "Three."]


def test_entry_that_changes_is_handed_on_again(server: Server, run: Run) -> None:
    feed = Feed(f"{server.url}/feed")
    for text in ("One.", "One.", "One, corrected."):
        server.pages["/feed"] = Reply(rss(item("a", text)))
        run.once(feed)
    assert run.texts == ["One.", "One, corrected."]
    assert len({article.id for article in run.handed}) == 1


def test_unchanged_feed_is_not_sent_again(server: Server, run: Run) -> None:
    def reply(handler: Any) -> None:
        same = handler.headers["If-None-Match"] == '"1"' and handler.headers["If-Modified-Since"] == "then"
        handler.send_response(304 if same else 200)
        handler.send_header("ETag", '"1"')
        handler.send_header("Last-Modified", "then")
        handler.end_headers()
        handler.wfile.write(b"" if same else rss(item("a", "One.")))

    server.pages["/feed"] = Reply(act=reply)
    feed = Feed(f"{server.url}/feed")
    polls = [*run.once(feed), *run.once(feed)]
    assert [poll.unchanged for poll in polls] == [False, True]
    assert str(polls[1]) == f"{server.url}/feed: unchanged"
    assert run.texts == ["One."]


def test_pages_of_summaries_are_fetched_unless_told_otherwise(server: Server, run: Run) -> None:
    server.pages = {"/feed": Reply(rss(item("a", link=f"{server.url}/a"))), "/a": page()}
    (poll,) = run.once(Feed(f"{server.url}/feed", fetch=False))
    assert (poll.read, len(poll.errors), run.texts) == (0, 1, [])
    (poll,) = Run(run.folder / "other").once(Feed(f"{server.url}/feed"))
    assert (poll.read, poll.errors) == (1, ())


def test_page_that_is_gone_is_not_asked_for_again_but_one_that_may_come_is(server: Server, run: Run) -> None:
    items = [item(name, link=f"{server.url}/{name}") for name in ("gone", "down")]
    server.pages = {"/feed": Reply(rss(*items), headers={"ETag": '"1"'}), "/down": Reply(status=503)}
    feed = Feed(f"{server.url}/feed")
    (poll,) = run.once(feed)
    assert (poll.new, poll.read, len(poll.errors)) == (2, 0, 2)
    server.asked.clear()
    server.pages["/down"] = page()
    (poll,) = run.once(feed)
    assert (poll.new, poll.read, poll.errors) == (1, 1, ())
    assert server.paths() == ["/feed", "/down"]
    assert "If-None-Match" not in dict(server.asked)["/feed"]


def test_site_that_is_down_is_left_alone_after_some_pages(server: Server, run: Run) -> None:
    server.pages = {"/feed": Reply(rss(*(item(f"p{n}", link=f"{server.url}/p{n}") for n in range(9))))}
    server.pages |= {f"/p{n}": Reply(status=503) for n in range(9)}
    (poll,) = run.once(Feed(f"{server.url}/feed"))
    assert len(poll.errors) == 3


def test_one_bad_feed_costs_no_other(server: Server, run: Run) -> None:
    server.pages = {"/html": page(), "/feed": Reply(rss(item("a", "One.")))}
    feeds = [Feed(f"{server.url}/{name}") for name in ("gone", "html", "feed")]
    gone, html, good = run.once(*feeds)
    assert str(gone.errors[0]) == f"{server.url}/gone: the server answers 404 (Not Found)"
    assert "is an HTML page, not a feed" in str(html.errors[0])
    assert (good.read, run.texts) == (1, ["One."])


def test_feed_that_failed_is_left_alone_longer_and_longer(server: Server, run: Run) -> None:
    feed = Feed(f"{server.url}/gone", every=600)
    run.once(feed)
    (waiting,) = run.once(feed)
    assert "left alone for 20 more minutes" in str(waiting)
    run.now += 1201
    run.once(feed)
    (waiting,) = run.once(feed)
    assert "left alone for 40 more minutes" in str(waiting)


def test_server_that_asks_for_time_gets_it(server: Server, run: Run) -> None:
    server.pages["/feed"] = Reply(status=429, headers={"Retry-After": "7200"})
    feed = Feed(f"{server.url}/feed", every=60)
    run.once(feed)
    (waiting,) = run.once(feed)
    assert "left alone for 120 more minutes" in str(waiting)


def test_feeds_are_polled_as_they_fall_due(server: Server, run: Run) -> None:
    server.pages = {"/often": Reply(rss()), "/rarely": Reply(rss())}
    polls = run.polls(Feed(f"{server.url}/often", every=600), Feed(f"{server.url}/rarely", every=1500))
    times = [(next(polls).feed.url.rpartition("/")[2], run.now - 1_000_000) for _ in range(7)]
    assert times == [
        ("often", 0),
        ("rarely", 0),
        ("often", 600),
        ("often", 1200),
        ("rarely", 1500),
        ("often", 1800),
        ("often", 2400),
    ]


def test_break_in_the_middle_of_a_poll_loses_nothing_and_repeats_little(server: Server, run: Run) -> None:
    server.pages["/feed"] = Reply(rss(*(item(f"e{n}", f"Story {n}.") for n in range(4))), headers={"ETag": '"1"'})
    feed = Feed(f"{server.url}/feed")

    def handle(article: Article) -> None:
        if len(run.handed) == 2:
            raise KeyboardInterrupt
        run.handed.append(article)

    with pytest.raises(KeyboardInterrupt):
        run.once(feed, handle=handle)
    run.once(feed)
    assert run.texts == ["Story 3.", "Story 2.", "Story 1.", "Story 0."]


def test_entry_that_left_its_feed_is_forgotten_after_a_month(server: Server, run: Run) -> None:
    feed = Feed(f"{server.url}/feed")
    server.pages["/feed"] = Reply(rss(item("a", "One.")))
    run.once(feed)
    server.pages["/feed"] = Reply(rss(item("b", "Two.")))
    run.now += 31 * 86_400
    run.once(feed)
    state = json.loads((run.folder / "feeds.state.json").read_text())
    assert len(state["feeds"][feed.url]["seen"]) == 1


@pytest.mark.parametrize("text", ["{", "[]", '{"version": 1}', '{"version": 1, "feeds": {"u": {"x": 1}}}'])
def test_state_that_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "s.json").write_text(text)
    with pytest.raises(InputError, match="is not a state of watched feeds"):
        State(tmp_path / "s.json")


def test_state_of_a_newer_version(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text('{"version": 2, "feeds": {}}')
    with pytest.raises(InputError, match="is of version 2"):
        State(tmp_path / "s.json")


def test_list_of_feeds(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(
        'every = "2h"\n[[feeds]]\nurl = "https://a.example/feed"\noutlet = "A"\nlanguage = "en"\n'
        '[[feeds]]\nurl = "https://b.example/feed"\nevery = "15m"\nfetch = false\n'
    )
    assert read_feed_list(path) == [
        Feed("https://a.example/feed", "A", "en", 7200.0),
        Feed("https://b.example/feed", every=900.0, fetch=False),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "has no feeds: begin each with a line [[feeds]]"),
        ("feeds = 1", "has no feeds"),
        ("[[feeds]\n", "is not TOML: "),
        ("[[feeds]]\n", 'feed 1: needs url = "https://…"'),
        ('[[feeds]]\nurl = "a.example"\n', "feed 1: needs url"),
        ("[[feeds]]\nurl = 5\n", "feed 1: url cannot be 5"),
        ('[[feeds]]\nurl = "https://a.example"\nevrey = "1h"\n', "feed 1: evrey is not known here; url, outlet"),
        ('[[feeds]]\nurl = "https://a.example"\nevery = "1 week"\n', "feed 1: every cannot be '1 week': write"),
        ('[[feeds]]\nurl = "https://a.example"\nevery = "1s"\n', "feed 1: every cannot be '1s'"),
        ('[[feeds]]\nurl = "https://a.example"\nevery = true\n', "feed 1: every cannot be True"),
        ('pace = 1\n[[feeds]]\nurl = "https://a.example"\n', "pace is not known here"),
        (
            '[[feeds]]\nurl = "https://a.example"\n[[feeds]]\nurl = "https://a.example"\n',
            "feed 2: https://a.example",
        ),
    ],
)
def test_list_that_cannot_be_taken(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        read_feed_list(path)
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "onrecord.cli", "watch", *arguments]


@pytest.mark.model
def test_command_adds_records_to_its_file(server: Server, tmp_path: Path) -> None:
    feeds, output = tmp_path / "feeds.toml", tmp_path / "records.jsonl"
    feeds.write_text(f'[[feeds]]\nurl = "{server.url}/feed"\n[[feeds]]\nurl = "{server.url}/gone"\n')
    for n in range(2):
        texts = [f"Taxes will fall, Ada Brandt said {i}." for i in range(n + 1)]
        server.pages["/feed"] = Reply(rss(*(item(text[-2:], text) for text in texts)))
        arguments = command(str(feeds), "--once", "-o", str(output))
        done = subprocess.run(arguments, capture_output=True, text=True, check=False)
        assert done.returncode == (1 if n == 0 else 0)  # the second time, the feed that failed is left alone
    records = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert [record["text"][-2:] for record in records] == ["0.", "1."]
    assert all(record["statements"] for record in records)
    assert f"{server.url}/feed: 2 entries, 1 new, 1 read" in done.stdout
    assert (tmp_path / "feeds.state.json").exists()


@pytest.mark.model
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_command_ends_cleanly_when_stopped(server: Server, tmp_path: Path, stop: int) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(f'[[feeds]]\nurl = "{server.url}/feed"\n')
    server.pages["/feed"] = Reply(rss())
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command(str(feeds), "--state", str(tmp_path / "state"), "-o", str(tmp_path / "out.jsonl")),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout
    assert process.stdout.readline() == f"{server.url}/feed: 0 entries, 0 new, 0 read\n"
    time.sleep(0.2)
    process.send_signal(stop)
    assert process.wait(timeout=20) == 0
    assert process.stderr
    assert process.stderr.read() == "stopped\n"
    assert (tmp_path / "state" / "feeds.state.json").exists()
