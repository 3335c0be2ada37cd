"""What is said when object storage cannot be had: one line that says what to do."""

import subprocess
import sys
import time

import pytest

from onrecord.errors import OnrecordError, StorageError
from onrecord.store import bucket
from onrecord.store.archive import Archive
from onrecord.store.place import Address
from web_server import Reply, Server

REFUSED = "<?xml version='1.0'?><Error><Code>{}</Code><Message>no</Message></Error>"


def said(address: Address) -> str:
    began = time.monotonic()
    with pytest.raises(StorageError) as caught:
        Archive.open(address)
    assert time.monotonic() - began < 60
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(f"{address}: ")
    return str(caught.value)


def test_a_bucket_that_is_not_there(news: Address) -> None:
    assert "there is no bucket nowhere-at-all; make it" in said(Address("s3://nowhere-at-all/x"))
    with pytest.raises(StorageError, match="there is no bucket"):
        Archive.open_or_make(Address("s3://nowhere-at-all/x"))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("InvalidAccessKeyId", "does not know these credentials; check AWS_ACCESS_KEY_ID"),
        ("SignatureDoesNotMatch", "does not know these credentials"),
        ("AccessDenied", "may not do that there"),
    ],
)
def test_credentials_that_are_refused(
    news: Address, server: Server, code: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", server.url)
    path = f"/{news.url.removeprefix('s3://')}/archive.json"
    server.pages[path] = Reply(REFUSED.format(code).encode(), status=403)
    assert words in said(news)


def test_no_network(news: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    assert "the store cannot be reached; check the network and AWS_ENDPOINT_URL" in said(news)


def test_a_store_that_goes_away_amid_a_search(news: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive.make(news)
    head = archive.snapshot
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(StorageError, match="cannot be reached") as caught:
        head.afar.rows("articles")
    assert "\n" not in str(caught.value)


def test_what_to_install_is_said(news: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket, "find_spec", lambda name: None)
    with pytest.raises(OnrecordError, match=r"pip install 'onrecord\[cloud\]'"):
        Archive.open(news)


def test_the_command_line_takes_an_address_and_says_one_line(news: Address) -> None:
    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "onrecord.cli", *arguments, "--archive", news.url]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    Archive.make(news)
    done = run("info")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{news.url}: ")
    assert run("verify").stdout == "whole\n"
    command = [sys.executable, "-m", "onrecord.cli", "info", "--archive", "s3://nowhere-at-all/x"]
    failed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert failed.returncode == 1
    assert failed.stderr.count("\n") == 1
    assert failed.stderr.startswith("error: s3://nowhere-at-all/x: there is no bucket")
