"""Packed files: what lies in them, one level deeper once, and none that grows without measure."""

import bz2
import gzip
import io
import json
import lzma
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import Damaged, InputError, MissingInput, NotText, TooBig
from onrecord.read import unpack as packing
from onrecord.read.articles import read_articles
from onrecord.read.unpack import Part, unpack
from onrecord.records import Article

zstd = packing._zstd()
PACKED = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstd.compress}
LINES = b"".join(json.dumps({"text": f"Story {n}."}).encode() + b"\n" for n in range(1000))


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def read(path: Path) -> list[str | type]:
    return [one.text if isinstance(one, Article) else type(one) for one in read_articles([path])]


def the_error(path: Path) -> InputError:
    (error,) = [one for one in read_articles([path]) if isinstance(one, InputError)]
    assert "\n" not in str(error)
    return error


@pytest.mark.parametrize("suffix", PACKED)
def test_packed_lines_are_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"wires.jsonl{suffix}"
    path.write_bytes(PACKED[suffix](LINES))
    assert read(path) == [f"Story {n}." for n in range(1000)]


@pytest.mark.parametrize("suffix", PACKED)
@given(data=st.binary())
def test_packed_bytes_come_back_exactly(suffix: str, data: bytes) -> None:
    # only what is not packed itself; no random bytes of so few are, but the empty file is not either
    (part,) = unpack(Part("a", None, io.BytesIO(PACKED[suffix](b"news " + data))))
    assert isinstance(part, Part)
    assert part.stream.read() == b"news " + data


def test_name_of_the_packing_may_be_missing_or_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(gzip.compress(b"He left."))
    (tmp_path / "b.txt.gz").write_bytes(b"He left.")
    assert read(tmp_path) == ["He left.", "He left."]


def test_standard_input_may_be_packed() -> None:
    found = read_articles(["-"], stdin=io.BytesIO(zstd.compress(b'{"text": "a"}\n{"text": "b"}\n')))
    assert [one.text for one in found if isinstance(one, Article)] == ["a", "b"]


def test_several_members_of_one_gzip_are_one_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"He ") + gzip.compress(b"left."))
    assert read(path) == ["He left."]


def test_zip_is_read_member_by_member_as_a_folder_is(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    members = {"b/one.txt": b"One.", "two.jsonl": b'{"text": "Two."}\n', "photo.jpg": b"x", ".hidden.txt": b"x"}
    path.write_bytes(zipped({**members, "__MACOSX/one.txt": b"x", "a/empty.txt": b"", "three.txt": b"Three."}))
    assert read(path) == ["One.", "Two.", NotText, "Three."]
    assert the_error(path).where == f"{path}/a/empty.txt"


def test_packed_in_packed_once(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    inner = zipped({"two.txt": b"Two.", "too/deep.txt.gz": gzip.compress(b"x")})
    path.write_bytes(zipped({"one.txt.gz": gzip.compress(b"One."), "inner.zip": inner}))
    assert read(path) == ["One.", "Two.", InputError]
    assert (
        str(the_error(path)) == f"{path}/inner.zip/too/deep.txt.gz: is packed more than 2 times over: unpack it first"
    )


def test_zip_without_anything_to_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"photo.jpg": b"x"}))
    assert read(tmp_path / "a.zip") == [MissingInput]


def test_office_document_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(zipped({"[Content_Types].xml": b"x", "word/document.xml": b"x"}))
    assert "looks like an Office document" in str(the_error(tmp_path / "a.docx"))


def test_encrypted_member_costs_no_other(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"One.", "b.txt": b"Two."}))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + flags] |= 1  # the bit that says so, in the member's header and in the directory
    (tmp_path / "a.zip").write_bytes(data)
    assert read(tmp_path / "a.zip") == [InputError, "Two."]
    assert str(the_error(tmp_path / "a.zip")).endswith(
        "a.zip/a.txt: is encrypted: unpack the archive with its password first"
    )


def test_broken_member_costs_no_other(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"One. " * 100, "b.txt": b"Two."}))
    data[data.index(b"a.txt") + 8] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(data)
    assert read(tmp_path / "a.zip") == [Damaged, "Two."]


def test_zip_that_breaks_off(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": b"One." * 50})[:-30])
    assert "is a zip archive, but broken or cut off" in str(the_error(tmp_path / "a.zip"))


@pytest.mark.parametrize("suffix", PACKED)
def test_packed_file_that_breaks_off_keeps_what_stood_before(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"wires.jsonl{suffix}"
    texts = [
        json.dumps({"text": f"{n} " + bytes((n * 7919 + i * i) % 251 for i in range(999)).hex()}) for n in range(400)
    ]
    whole = PACKED[suffix]("\n".join(texts).encode())
    path.write_bytes(whole[: len(whole) * 3 // 4])
    *stories, error = read_articles([path])
    assert all(isinstance(story, Article) for story in stories)
    assert isinstance(error, Damaged)
    assert str(error).startswith(f"{path}: breaks off or is broken after ")
    assert stories or suffix == ".bz2"  # its blocks hold 900 KB, of which a part is nothing


def test_broken_gzip(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(LINES))
    data[len(data) // 2] ^= 0xFF
    (tmp_path / "a.jsonl.gz").write_bytes(data)
    found = list(read_articles([tmp_path / "a.jsonl.gz"]))
    assert isinstance(found[-1], Damaged)
    assert "breaks off or is broken after" in str(found[-1])


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits of a size that a test can reach."""
    monkeypatch.setattr(packing, "FREE", 100_000)
    monkeypatch.setattr(packing._Budget.__init__, "__defaults__", (1_000_000_000, 100_000))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("suffix", PACKED)
def test_bomb_is_stopped(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"bomb.txt{suffix}"
    path.write_bytes(PACKED[suffix](bytes(50_000_000)))
    error = the_error(path)
    assert isinstance(error, TooBig)
    assert error.why.startswith("unpacks to more than 200 times its size, as bombs do: not read further")


@pytest.mark.usefixtures("small")
def test_bombs_in_a_zip_share_what_is_free_and_cost_no_honest_file(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    story = ("He left. " * 9).encode()
    path.write_bytes(zipped({"a.txt": bytes(9_000_000), "b.txt": story, "c.zip": zipped({"d.txt": bytes(9_000_000)})}))
    assert read(path) == [TooBig, story.decode(), TooBig]


def test_all_that_lies_in_one_file_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing._Budget.__init__, "__defaults__", (5_000, 100_000))
    (tmp_path / "a.zip").write_bytes(zipped({f"{n}.txt": bytes(range(40, 90)) * 30 for n in range(4)}))
    assert [one for one in read(tmp_path / "a.zip") if not isinstance(one, str)] == [TooBig]


def test_small_file_may_pack_as_well_as_it_likes(tmp_path: Path) -> None:
    (tmp_path / "a.txt.xz").write_bytes(lzma.compress(b"He left. " * 100_000))
    assert read(tmp_path / "a.txt.xz") == ["He left. " * 100_000]
