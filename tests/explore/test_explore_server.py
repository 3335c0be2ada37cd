"""`onrecord serve` for a team, as a real process, asked over HTTP as a reverse proxy asks."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from onrecord.explore.users import Role, User, add_user
from onrecord.store.archive import Archive

FORWARDED = {"host": "news.example", "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9"}
JOIN = {"left": "Oren Madakh", "right": "Orren Madack"}


@dataclass
class Served:
    """A running server."""

    url: str
    process: "subprocess.Popen[str]"
    log: Path

    def lines(self) -> list[dict[str, object]]:
        """Ends it and returns what it wrote down."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]


@contextmanager
def server(archive: Archive, folder: Path, *more: str) -> Iterator[Served]:
    log = folder / "log"
    command = [sys.executable, "-m", "onrecord.cli", "serve", "--archive", str(archive.root), "--port", "0", *more]
    with log.open("w") as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
        )
        assert process.stdout is not None
        try:
            address = process.stdout.readline()
            assert address, log.read_text()
            found = re.match(r"http://[\d.]+:\d+", address)
            assert found
            client = httpx.Client(transport=httpx.HTTPTransport(retries=20))
            client.get(f"{found.group()}/health/live", timeout=30)
            yield Served(found.group(), process, log)
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture
def token(tmp_path: Path) -> str:
    return add_user(tmp_path / "users", User("carl", Role.correct))


@pytest.fixture
def team(filled: Archive, tmp_path: Path, token: str) -> Iterator[Served]:
    options = ("--users", str(tmp_path / "users"), "--name", "news.example", "--behind-proxy", "127.0.0.1")
    with server(filled, tmp_path, *options, "--root-path", "/onrecord", "--log", "json") as served:
        yield served


def test_a_team_behind_a_proxy(team: Served, token: str) -> None:
    with httpx.Client(base_url=team.url, headers=FORWARDED, timeout=60) as proxy:
        assert proxy.get("/onrecord/api/v1/info").status_code == 401
        form = {"data": {"token": token}, "headers": {"origin": "https://news.example"}}
        entered = proxy.post("/onrecord/enter", **form)  # type: ignore[arg-type]
        assert (entered.status_code, entered.headers["location"]) == (303, "/onrecord/")
        cookie = entered.headers["set-cookie"]
        assert {"Secure", "HttpOnly", "Path=/onrecord", "SameSite=strict"} <= set(cookie.split("; "))
        known = {"cookie": cookie.split(";")[0]}
        for page in ("/onrecord/", "/"):  # whether or not the proxy takes the prefix away
            shown = proxy.get(page, headers=known)
            assert shown.status_code == 200
            addresses = re.findall(r'\s(?:href|src|action|hx-get)="(/[^"]*)"', shown.text)
            assert len(addresses) > 10
            assert all(address.startswith("/onrecord/") for address in addresses)
            assert "onrecord-visit" in shown.headers["set-cookie"]
            assert "Path=/onrecord" in shown.headers["set-cookie"]
        style = next(address for address in addresses if ".css" in address)
        assert proxy.get(style).headers["content-type"].startswith("text/css")
        ours, others = ({**known, "origin": f"https://{name}"} for name in ("news.example", "evil.example"))
        assert proxy.post("/onrecord/api/v1/decisions", json=JOIN, headers=others).status_code == 403
        assert proxy.post("/onrecord/api/v1/decisions", json=JOIN, headers=ours).status_code in {201, 503}
        missing = proxy.get("/onrecord/nothing", headers=known)
        assert missing.status_code == 404
        assert 'href="/onrecord/record"' in missing.text
        given = proxy.get("/onrecord/health", headers={"x-request-id": "from-the-proxy"})
        assert given.headers["x-request-id"] == "from-the-proxy"
        leading = proxy.get("/onrecord/actor/Oren%20Madakh", headers=known)
        assert leading.status_code in {302, 503}
        proxy.get(f"/onrecord/enter?token={token}")
    told = [line for line in team.lines() if line["logger"] == "onrecord.requests"]
    first, entered_line, shown_line = told[1], told[2], told[3]
    assert (first["path"], first["status"], first["user"], first["client"]) == (
        "/api/v1/info", 401, None, "203.0.113.9",
    )  # fmt: skip
    assert (entered_line["method"], entered_line["path"], entered_line["status"]) == ("POST", "/enter", 303)
    assert (shown_line["user"], shown_line["status"]) == ("carl", 200)
    assert all(isinstance(line["ms"], float) and line["request"] for line in told)
    assert "from-the-proxy" in {line["request"] for line in told}
    assert token not in team.log.read_text()


def test_headers_of_whoever_is_no_proxy_of_ours_are_not_believed(filled: Archive, tmp_path: Path, token: str) -> None:
    options = ("--users", str(tmp_path / "users"), "--name", "news.example", "--behind-proxy", "192.0.2.1")
    with server(filled, tmp_path, *options, "--log", "json") as served:
        with httpx.Client(base_url=served.url, headers=FORWARDED, timeout=60) as stranger:
            form = {"data": {"token": token}, "headers": {"origin": "https://news.example"}}
            entered = stranger.post("/enter", **form)  # type: ignore[arg-type]
            assert entered.status_code == 403  # to itself it is http://news.example
        assert {line["client"] for line in served.lines() if "client" in line} == {"127.0.0.1"}


def test_what_cannot_go_together_is_one_line(filled: Archive, tmp_path: Path, token: str) -> None:
    def refused(*more: str) -> str:
        command = [sys.executable, "-m", "onrecord.cli", "serve", "--archive", str(filled.root), "--port", "0", *more]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        return done.stderr

    file = str(tmp_path / "users")
    assert "one or the other" in refused("--users", file, "--token", "a-token-for-the-tests")
    assert "no such file of users" in refused("--users", f"{file}-of-nobody")
    assert "is no path such as /onrecord" in refused("--root-path", "onrecord")
