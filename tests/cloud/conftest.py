"""An S3 server on this machine, and a bucket of its own for every test."""

import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from local_store import free_port, running

from onrecord.store.place import Address


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """Its address. In a process of its own, so that tests who kill or stop others do not stop it."""
    port = free_port()
    with running([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], port):
        yield f"http://127.0.0.1:{port}"


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
