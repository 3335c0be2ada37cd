"""How much news packs, and what each format costs to read: articles a second and the peak of memory.

    python evals/reading.py NEWS.jsonl [copies]

Writes the articles of NEWS (objects with text), each `copies` times over, as each format into a temporary folder, and
reads every file in a process of its own. On Linux.
"""

import bz2
import csv
import gzip
import html
import io
import json
import lzma
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

Texts = list[str]
READ = """
import re, sys, time
from onrecord.read.articles import read_articles
start = time.perf_counter()
count = sum(1 for _ in read_articles([sys.argv[1]]))
took = time.perf_counter() - start
status = open("/proc/self/status").read()  # getrusage's peak counts that of the process before it
peak = int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) / 1024
print(f"{count:8,} articles {count / took:9,.0f} a second {peak:6,.0f} MB at most")
"""


def page(text: str) -> str:
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
    return f"<!DOCTYPE html><html><head><title>News</title></head><body><article>{paragraphs}</article></body></html>"


def as_lines(texts: Texts) -> bytes:
    return "".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts)).encode()


def as_csv(texts: Texts) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target).writerows([("id", "text"), *enumerate(texts)])
    return target.getvalue().encode()


def as_parquet(texts: Texts) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    target = io.BytesIO()
    pq.write_table(pa.table({"id": range(len(texts)), "text": texts}), target)
    return target.getvalue()


def as_warc(texts: Texts) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    target = io.BytesIO()
    writer = WARCWriter(target, gzip=True)
    for n, text in enumerate(texts):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        body = io.BytesIO(page(text).encode())
        record = writer.create_warc_record(f"https://c.example/{n}", "response", payload=body, http_headers=headers)
        writer.write_record(record)
    return target.getvalue()


def ratios(texts: Texts) -> None:
    """How many times news packs, one article and many."""
    kinds = {"one text": texts[len(texts) // 2].encode(), "all lines": as_lines(texts[:5000])}
    kinds["all pages"] = "".join(map(page, texts[:5000])).encode()
    packings: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
    for name, data in kinds.items():
        print(f"{name:10}", *(f"{suffix} {len(data) / len(pack(data)):5.1f}" for suffix, pack in packings.items()))


def main(news: Path, copies: int) -> None:
    with news.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    ratios(texts)
    lengths = sorted(map(len, texts))
    print("characters of an article, tenths:", *lengths[:: max(1, len(lengths) // 10)])
    many = [f"{text}\n{n}" for n in range(copies) for text in texts]
    makers = {
        "news.jsonl.gz": lambda: gzip.compress(as_lines(many), 3),
        "news.csv": lambda: as_csv(many),
        "news.parquet": lambda: as_parquet(many),
        "news.warc.gz": lambda: as_warc(texts[:500]),
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, make in makers.items():
            path = Path(folder) / name
            path.write_bytes(make())
            print(f"{name:14}", end="", flush=True)
            subprocess.run([sys.executable, "-c", READ, str(path)], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10)
