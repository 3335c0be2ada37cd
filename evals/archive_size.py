"""What an archive takes on disk beside its text, without a model: records that were read before are added again.

    onrecord read wires.jsonl --format jsonl -o records.jsonl
    python evals/archive_size.py records.jsonl

Adds the records to a fresh archive in batches of 64 and prints its size by table before and
after the end of the run, and after `onrecord compact`.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

os.environ.setdefault("LANCE_LOG", "error")  # as the command line does; Lance looks once, when it is imported

from adding import show_size

from onrecord.adding import BATCH
from onrecord.records import Record
from onrecord.records_json import read_records
from onrecord.store.archive import Archive


def records_of(path: Path) -> Iterator[Record]:
    with path.open("rb") as lines:
        yield from (found for found in read_records(lines, str(path)) if isinstance(found, Record))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path, help="records, as `onrecord read --format jsonl` writes them")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive.make(Path(folder) / "archive")
        records = records_of(given.records)
        while batch := list(islice(records, BATCH)):
            archive.add(batch)
        show_size(archive, "before the end of the run")
        archive.settle()
        show_size(archive, "as the run leaves it")
        archive.tidy()
        show_size(archive, "after compact")


if __name__ == "__main__":
    main()
