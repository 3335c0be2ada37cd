"""A cluster of two processes on this machine, and an S3 server with a bucket."""

from collections.abc import Callable, Iterator
from pathlib import Path

import boto3
import pytest
from cluster_runs import TWO
from moto.server import ThreadedMotoServer

from onrecord.read.remote import open_place
from onrecord.scale.cluster import joined


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    with joined(TWO):
        yield


@pytest.fixture
def bucket() -> Iterator[Callable[[str], str]]:
    """A bucket of an S3 server on this machine: paths in it to addresses that carry its keys and endpoint."""
    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    store = boto3.client(
        "s3", endpoint_url=f"http://{host}:{port}", aws_access_key_id="k", aws_secret_access_key="s",
        region_name="us-east-1",
    )  # fmt: skip
    store.create_bucket(Bucket="news")
    settings = f"region=us-east-1&scheme=http&endpoint_override=127.0.0.1%3A{port}"
    yield lambda path: f"s3://k:s@news/{path}?{settings}"
    server.stop()


@pytest.fixture
def upload() -> Callable[[str, Path], None]:
    def upload(address: str, path: Path) -> None:
        place = open_place(address)
        with place.files.open_output_stream(place.path) as stream:
            stream.write(path.read_bytes())

    return upload
