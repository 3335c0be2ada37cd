"""pylance beside lancedb on the same 100,000 rows: the figures of docs/decisions/0004.

    python evals/beside_lancedb.py pylance    # in an environment that has pylance and duckdb
    python evals/beside_lancedb.py lancedb    # in one that has lancedb

Prints installed megabytes, the time to import, to build the index, and medians of searches, first page of 20.
"""

import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

ROWS, ROUNDS = 100_000, 30
FILTER = "outlet = 'Outlet 3'"


def rows() -> pa.Table:
    """Contents of 12 to 35 words, frequent and rare ones as language has them, "sanctions" and "regime" frequent."""
    draw = np.random.default_rng(1)
    words = np.array(
        [
            "sanctions",
            "regime",
            *(
                f"{a}{b}{c}"
                for a in "bdfgklmnprstvz"
                for b in "aeiou"
                for c in ("l", "n", "r", "s", "t", "m", "nda", "ster", "ming", "tion", "lers", "ved", "ro", "ka")
            ),
        ]
    )
    chances = 1 / np.arange(10, len(words) + 10)
    lengths = draw.integers(12, 36, ROWS)
    flat = words[draw.choice(len(words), lengths.sum(), p=chances / chances.sum())]
    ends = lengths.cumsum()
    contents = [" ".join(flat[end - n : end]) for end, n in zip(ends, lengths, strict=True)]
    outlets = [f"Outlet {n}" for n in draw.integers(0, 200, ROWS)]
    return pa.table({"id": [f"s{n}" for n in range(ROWS)], "content": contents, "outlet": outlets})


def with_pylance(folder: str, table: pa.Table) -> Callable[..., Any]:
    import lance
    from lance.query import MatchQuery, PhraseQuery

    made = lance.write_dataset(table, f"{folder}/t.lance")
    made.create_scalar_index("content", "INVERTED", with_position=True, remove_stop_words=False)
    made.create_scalar_index("outlet", "BITMAP")

    def search(text: str, phrase: bool = False, where: str | None = None) -> Any:
        query = (PhraseQuery if phrase else MatchQuery)(text, "content")
        return made.scanner(
            columns=["id", "content", "_score"],
            full_text_query=query,
            filter=where,
            prefilter=True,
            limit=20,
            disable_scoring_autoprojection=True,
        ).to_table()

    return search


def with_lancedb(folder: str, table: pa.Table) -> Callable[..., Any]:
    import lancedb
    from lancedb.query import MatchQuery, PhraseQuery

    made = lancedb.connect(folder).create_table("t", table)
    made.create_fts_index("content", with_position=True, remove_stop_words=False)
    made.create_scalar_index("outlet", index_type="BITMAP")

    def search(text: str, phrase: bool = False, where: str | None = None) -> Any:
        asked = made.search((PhraseQuery if phrase else MatchQuery)(text, "content"), query_type="fts")
        asked = asked.select(["id", "content", "_score"]).limit(20)
        return (asked.where(where, prefilter=True) if where else asked).to_arrow()

    return search


def median(what: Callable[[], Any]) -> float:
    what()
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        what()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def main() -> None:
    name = sys.argv[1]
    module = {"pylance": "lance", "lancedb": "lancedb"}[name]
    installed = Path(sysconfig.get_paths()["platlib"]) / module
    size = sum(p.stat().st_size for p in installed.rglob("*") if p.is_file()) >> 20
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True)
    print(f"{name}: {size} MB installed, a process that imports it {time.perf_counter() - began:.2f} s")
    table = rows()
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        search = (with_pylance if name == "pylance" else with_lancedb)(folder, table)
        print(f"written and indexed in {time.perf_counter() - began:.1f} s")
        print(f"word {median(lambda: search('sanctions')):.1f} ms")
        print(f"phrase {median(lambda: search('sanctions regime', phrase=True)):.1f} ms")
        print(f"word and a filter {median(lambda: search('sanctions', where=FILTER)):.1f} ms")


if __name__ == "__main__":
    main()
