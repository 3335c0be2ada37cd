"""Who may ask, and what is refused: Host, token, origin."""

import socket
from pathlib import Path

import pytest
from explorer_client import TOKEN, serving
from starlette.testclient import TestClient

from onrecord.errors import OnrecordError
from onrecord.explore.settings import Settings, checked, is_loopback
from onrecord.store.archive import Archive

HERE = "http://127.0.0.1:8765"
JOIN = {"left": "Oren Madakh", "right": "Orren Madack"}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "evil.example:8765", "[::1", "\xff"])
def test_a_host_that_is_not_ours_is_refused(reader: TestClient, host: str) -> None:
    answer = reader.get("/api/v1/info", headers={"host": host.encode("latin-1")})  # type: ignore[dict-item]
    assert (answer.status_code, answer.json()["error"]["kind"]) == (421, "wrong_host")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8765", "LOCALHOST", "[::1]:8765"])
def test_names_of_this_machine_are_ours(reader: TestClient, host: str) -> None:
    assert reader.get("/api/v1/info", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"authorization": "Bearer wrong"}, 401),
        ({"authorization": f"Basic {TOKEN}"}, 401),
        ({"cookie": f"onrecord-token={TOKEN}"}, 403),  # a browser would say where it comes from
        ({"cookie": f"onrecord-token={TOKEN}", "origin": "https://evil.example"}, 403),
        ({"cookie": f"onrecord-token={TOKEN}", "origin": "null"}, 403),
        ({"cookie": f"onrecord-token={TOKEN}", "origin": "https://127.0.0.1:8765"}, 403),
        ({"cookie": f"onrecord-token={TOKEN}", "sec-fetch-site": "cross-site"}, 403),
        ({"authorization": f"Bearer {TOKEN}", "origin": "https://evil.example"}, 403),
        ({"cookie": f"onrecord-token={TOKEN}", "origin": HERE}, 201),
        ({"authorization": f"Bearer {TOKEN}"}, 201),
    ],
)
def test_who_may_write(writer: TestClient, headers: dict[str, str], status: int) -> None:
    del writer.headers["authorization"]
    before = writer.get("/api/v1/decisions").json()["total"]
    assert writer.post("/api/v1/decisions", json=JOIN, headers=headers).status_code == status
    assert writer.get("/api/v1/decisions").json()["total"] == before + (status == 201)


def test_on_another_address_reading_needs_the_token_too(filled: Archive) -> None:
    with serving(filled, host="192.0.2.7", names=("news.example",)) as client:
        address = {"host": "news.example:8765"}
        assert client.get("/api/v1/info", headers=address).status_code == 401
        assert client.get("/api/v1/info", headers={**address, "authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert client.get("/api/v1/info", headers={**address, "cookie": f"onrecord-token={TOKEN}"}).status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/info", "/api/v1/nothing", "/nothing"])
def test_every_answer_forbids_scripts_of_others(reader: TestClient, path: str) -> None:
    policy = reader.get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_refusal_has_the_headers_too(reader: TestClient) -> None:
    assert "content-security-policy" in reader.get("/", headers={"host": "evil.example"}).headers


@pytest.mark.parametrize("token", ["short", "with blanks in the token", "ümlaut-in-a-long-token"])
def test_a_token_that_cannot_serve_is_refused(token: str) -> None:
    with pytest.raises(OnrecordError, match="--token"):
        checked(Settings(token))


@pytest.mark.parametrize(("host", "loopback"), [("127.0.0.1", True), ("::1", True), ("localhost", True),
                                                ("0.0.0.0", False), ("news.example", False)])  # fmt: skip
def test_what_is_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_another_address_without_a_token_is_refused_by_the_command(filled: Archive) -> None:
    from typer.testing import CliRunner

    from onrecord.cli import app

    done = CliRunner().invoke(app, ["serve", "--archive", str(filled.root), "--host", "0.0.0.0"])
    assert "give a --token" in str(done.exception)


def test_a_port_in_use_is_one_line(filled: Archive) -> None:
    from onrecord.cli_explore import serve

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OnrecordError, match="try another --port"):
            serve(Path(filled.root), port=taken.getsockname()[1])


def test_small_answers_are_sent_at_once() -> None:
    from onrecord.cli_explore import _listening

    with _listening("127.0.0.1", 0) as listener:
        # what asyncio looks at before it turns off waiting for more to send
        assert listener.proto == socket.IPPROTO_TCP
