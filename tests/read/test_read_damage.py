"""Whatever happens to a file, it costs one clear line: never an exception of a library, never another file."""

import bz2
import gzip
import io
import json
import lzma
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from onrecord.errors import InputError
from onrecord.read.articles import read_articles
from onrecord.read.fields import Options
from onrecord.read.formats import Format

STORY = "VESSA, May 17 (NPA) - Dock workers voted on Monday to extend their strike, a minister – Ada Brandt – said."
PAGE = f"<html lang='en'><head><title>Strike</title></head><body><article><p>{STORY}</p></article></body></html>"
NITF = f"<nitf><body><body.content><p>{STORY}</p></body.content></body></nitf>"
LINES = "".join(json.dumps({"id": str(n), "text": f"{STORY} {n}", "published": "2021-05-17"}) + "\n" for n in range(3))


def parquet() -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table({"text": [STORY] * 3, "id": [1, 2, 3]}), target)
    return target.getvalue()


def warc() -> bytes:
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=False)
    for _ in range(2):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        body = io.BytesIO(PAGE.encode())
        writer.write_record(writer.create_warc_record("http://c.example/", "response", body, http_headers=headers))
    return target.getvalue()


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", STORY)
        archive.writestr("b.jsonl.gz", gzip.compress(LINES.encode()))
    return target.getvalue()


ITEM = {"uri": "urn:x", "type": "text", "versioncreated": "2021-05-17", "bodies": [{"role": "main", "value": STORY}]}
FEED = f"""<rss version="2.0"><channel><title>C</title><item><title>t</title><link>https://c.example/a</link>
<pubDate>Mon, 17 May 2021 06:45:00 GMT</pubDate><description>{STORY * 10}</description></item></channel></rss>"""
NEWSML = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x"><itemMeta><firstCreated>2021-05-17
</firstCreated></itemMeta><contentSet><inlineXML>{NITF}</inlineXML></contentSet></newsItem>"""
MAIL = "From: C <a@c.example>\nSubject: =?utf-8?q?Gr=C3=A8ve?=\nDate: Mon, 17 May 2021 06:45:00 GMT\n" + (
    f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{PAGE}\n"
)
WHOLE: dict[str, tuple[Format | None, bytes]] = {
    "text": ("text", STORY.encode()),
    "html": ("html", PAGE.encode()),
    "jsonl": ("jsonl", LINES.encode()),
    "ninjs": ("json", json.dumps(ITEM).encode()),
    "feed": ("feed", FEED.encode()),
    "newsml": ("xml", NEWSML.encode()),
    "warc": ("warc", warc()),
    "csv": ("csv", f'id,text\n1,"{STORY}"\n2,"{STORY}\n"\n'.encode()),
    "csv in UTF-16": ("csv", f'id,text\n1,"{STORY}"\n2,"{STORY}\n"\n'.encode("utf-16")),
    "parquet": ("parquet", parquet()),
    "eml": ("eml", MAIL.encode()),
    "mbox": ("mbox", f"From a@c.example Mon May 17 06:45:00 2021\n{MAIL}\n".encode() * 2),
    "gz": ("jsonl", gzip.compress(LINES.encode())),
    "bz2": ("jsonl", bz2.compress(LINES.encode())),
    "xz": ("jsonl", lzma.compress(LINES.encode())),
    "zip": (None, zipped()),
}


def read(kind: Format | None, data: bytes) -> list[object]:
    return list(read_articles(["-"], stdin=io.BytesIO(data), options=Options(format=kind, fetch=False)))


@pytest.mark.parametrize("name", WHOLE)
def test_whole_file_is_read_without_an_error(name: str) -> None:
    found = read(*WHOLE[name])
    assert found
    assert not [one for one in found if isinstance(one, InputError)]


# Parquet's own bytes are pyarrow's business, which is not made to be fed with any; its cuts are in test_read_tables
@pytest.mark.parametrize("name", [name for name in WHOLE if name != "parquet"])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_damaged_file_costs_no_more_than_errors(name: str, data: st.DataObject) -> None:
    kind, whole = WHOLE[name]
    places = st.integers(0, len(whole) - 1)
    damaged = bytearray(whole)
    for place, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=4)):
        damaged[place] = byte
    cut = data.draw(st.none() | places)
    for one in read(kind, bytes(damaged[:cut])):
        assert "\n" not in str(one) or not isinstance(one, InputError)
