"""An S3 server on this machine, and a bucket of its own for every test."""

import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import boto3
import pytest

from onrecord.store.place import Address


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """Its address. In a process of its own, so that tests who kill or stop others do not stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urlopen(f"{url}/moto-api/", timeout=5).close()
            break
        except (URLError, OSError):
            time.sleep(0.1)
    yield url
    server.terminate()
    server.wait()


@pytest.fixture
def news(s3: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Address:
    """An address in a new bucket, and what reaches it in the environment; copies go to a folder of the test's."""
    for name, value in {
        "AWS_ENDPOINT_URL": s3,
        "AWS_ACCESS_KEY_ID": "reporter",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
        "ONRECORD_CACHE": str(tmp_path / "cache"),
    }.items():
        monkeypatch.setenv(name, value)
    bucket = f"news-{uuid.uuid4().hex}"
    boto3.client("s3", endpoint_url=s3).create_bucket(Bucket=bucket)
    return Address(f"s3://{bucket}/wires/2020")
