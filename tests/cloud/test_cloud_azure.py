"""An archive and its sources on Azure: on Azurite, Microsoft's own emulator of its store, where it is installed."""

import base64
import hashlib
import hmac
import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from local_store import free_port, running
from news_records import told

from onrecord.errors import StorageError
from onrecord.read.articles import read_articles
from onrecord.read.remote import open_place, shown
from onrecord.records import Article
from onrecord.store.adding import Added, add
from onrecord.store.archive import Archive
from onrecord.store.place import Address, read_head
from onrecord.store.vocabulary import Known
from onrecord.store.writing import Transaction

ACCOUNT, KEY = "newsroom", base64.b64encode(b"of nobody's but this test's store").decode()
INSTALLED = str(Path(__file__).parents[2] / "node_modules" / ".bin")


@pytest.fixture(scope="module")
def azurite() -> Iterator[str]:
    """Host and port of a store that keeps everything in memory."""
    program = shutil.which("azurite-blob", path=os.pathsep.join([INSTALLED, os.environ["PATH"]]))
    if program is None:
        pytest.skip("Azurite (190 MB) is not installed: make azurite")
    port = free_port()
    command = [program, "--blobPort", str(port), "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry"]
    with running(command, port, {**os.environ, "AZURITE_ACCOUNTS": f"{ACCOUNT}:{KEY}"}):
        yield f"127.0.0.1:{port}"


@pytest.fixture
def container(azurite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new container, and what reaches its archives in the environment."""
    for name, value in {
        "AZURE_STORAGE_ACCOUNT_NAME": ACCOUNT,
        "AZURE_STORAGE_ACCOUNT_KEY": KEY,
        "AZURE_STORAGE_USE_EMULATOR": "true",
        "AZURITE_BLOB_STORAGE_URL": f"http://{azurite}",
        "ONRECORD_CACHE": str(tmp_path / "cache"),
    }.items():
        monkeypatch.setenv(name, value)
    name = f"news-{uuid.uuid4().hex}"
    open_place(source(azurite, name)).files.create_dir(name)
    return name


def source(azurite: str, path: str) -> str:
    """The address of a source, with a signature that opens the account, as its owner would give it to a reader."""
    may = {
        "sp": "rwlac",
        "ss": "b",
        "srt": "sco",
        "se": "2099-01-01T00:00:00Z",
        "spr": "https,http",
        "sv": "2021-12-02",
    }
    signed = [ACCOUNT, may["sp"], may["ss"], may["srt"], "", may["se"], "", may["spr"], may["sv"], "", ""]
    mac = hmac.new(base64.b64decode(KEY), "\n".join(signed).encode(), hashlib.sha256)
    signature = base64.b64encode(mac.digest()).decode()
    return f"abfs://{ACCOUNT}@{azurite}/{path}?{urlencode({'enable_tls': 'false', **may, 'sig': signature})}"


def upload(address: str, data: bytes) -> None:
    place = open_place(address)
    with place.files.open_output_stream(place.path) as stream:
        stream.write(data)


def test_an_archive_does_there_what_it_does_in_a_folder(container: str, tmp_path: Path) -> None:
    archive = Archive.open_or_make(Address(f"az://{container}/wires"))
    assert archive.add([told("a1"), told("a2", "Rents will rise")]) == Added(added=2)
    assert archive.add([told("a1"), told("a2", "Rents may rise")]) == Added(unchanged=1, corrected=1)
    archive.tidy()
    again = Archive.open(Address(f"az://{container}/wires"))
    assert [hit.key for hit in again.search("rents rise").hits] == ["a2@2#s1"]
    assert list(again.records()) == [told("a1"), told("a2", "Rents may rise")]
    assert list(again.faults()) == []
    assert again.info().size > 10_000
    assert any((tmp_path / "cache").rglob("statements.lance")), "read from a copy"
    assert again.export(tmp_path / "out")["articles"] == 2


def test_a_writer_that_slept_while_another_committed_is_refused(container: str) -> None:
    archive = Archive.make(Address(f"az://{container}/wires"))
    asleep = Transaction(archive.root, read_head(archive.root), None)
    archive.add([told("a1")])
    with pytest.raises(StorageError, match="run it again"):
        add(asleep, [told("b1")], Known())
    assert [record.article.id for record in archive.records()] == ["a1"]
    assert list(archive.faults()) == []


def test_sources_by_prefix_and_pattern_with_a_signature(azurite: str, container: str) -> None:
    for name in ("2024/a.txt", "2024/b b%.txt", "2023/c.txt", "2024/photo.jpg"):
        upload(
            source(azurite, f"{container}/wires/{quote(name)}"), f"Taxes will fall, Ada Brandt said of {name}.".encode()
        )
    for path, expected in (("wires/2024/", ["2024/a", "2024/b"]), ("wires/*/[ac].txt", ["2023/c", "2024/a"])):
        address = source(azurite, f"{container}/{path}")
        found = [one for one in read_articles([address]) if isinstance(one, Article)]
        assert [one.text.rpartition(" of ")[2][:6] for one in found] == expected
        assert "sig=" not in shown(address)


@pytest.mark.model
def test_from_azure_into_azure_by_one_command(azurite: str, container: str) -> None:
    row = json.dumps({"id": "a1", "text": "Taxes will fall, Ada Brandt said."})
    upload(source(azurite, f"{container}/wires/a.jsonl"), row.encode())
    into = f"az://{container}/record"
    command = ["add", source(azurite, f"{container}/wires/"), "--archive", into, "--processes", "1"]
    done = subprocess.run([sys.executable, "-m", "onrecord.cli", *command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        0,
        "1 added, 0 unchanged, 0 new versions, 0 read again, 0 failed",
    )
    assert [hit.key for hit in Archive.open(Address(into)).search("taxes").hits] == ["a1@1#s1"]


def test_what_cannot_be_had_is_one_line(azurite: str, container: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StorageError, match="there is no bucket nowhere-at-all"):
        Archive.open(Address("az://nowhere-at-all/x"))
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", base64.b64encode(b"another").decode())
    with pytest.raises(StorageError, match=r"does not know these credentials; check .*AZURE_STORAGE_ACCOUNT_KEY"):
        Archive.open(Address(f"az://{container}/of-another-key"))
