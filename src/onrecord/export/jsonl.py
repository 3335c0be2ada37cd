"""Records as JSON lines, one article a line: the contract with every other program."""

import json
from collections.abc import Iterable
from typing import TextIO

from onrecord.records import Record

_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def write_jsonl(records: Iterable[Record], stream: TextIO) -> int:
    """Write `record.to_dict()` as one line each and return how many were written.

    Text is written readable, not escaped, where the stream's encoding can take it. A record with characters it cannot
    take (lone surrogates in UTF-8, anything beyond ASCII in an ASCII stream) is written with escapes instead, so that
    it still reads back equal. Records are taken one at a time: a generator is never held in memory.
    """
    encoding = getattr(stream, "encoding", None) or "utf-8"
    count = 0
    for record in records:
        stream.write(json_line(record, encoding) + "\n")
        count += 1
    return count


def write_json(records: Iterable[Record], stream: TextIO) -> int:
    """Write all records as one indented JSON list, escaped where not ASCII, and return how many were written."""
    rows = [record.to_dict() for record in records]
    json.dump(rows, stream, indent=1)
    stream.write("\n")
    return len(rows)


def json_line(record: Record, encoding: str = "utf-8") -> str:
    """A record as one line of JSON without its newline, fit for a stream of `encoding`."""
    fields = record.to_dict()
    line = json.dumps(fields, ensure_ascii=False).translate(_LINE_ENDS)
    try:
        line.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(fields)
    return line
