import io
import json
from dataclasses import replace

import pytest

from onrecord.export.jsonl import json_line, write_jsonl


def lines(*records, encoding="utf-8"):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    assert write_jsonl(records, stream) == len(records)
    stream.flush()
    return raw.getvalue().decode(encoding)


def plain(record):
    return json.loads(json.dumps(record.to_dict()))


def test_one_line_a_record_that_reads_back_equal(record):
    written = lines(record, record).splitlines()
    assert [json.loads(line) for line in written] == [plain(record)] * 2


def test_text_stays_readable(record):
    assert "Marenia’s minister" in lines(record)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
@pytest.mark.parametrize("text", ["lone \ud800 surrogate", "日本 é ’", "a\u2028b\x85c\u2029d\r\ne"])
def test_any_text_is_written_whatever_the_stream_takes(record, text, encoding):
    odd = replace(record, article=replace(record.article, text=text))
    written = lines(odd, encoding=encoding)
    assert len(written.splitlines()) == 1
    assert json.loads(written) == plain(odd)


def test_generators_are_taken_one_at_a_time(record):
    stream = io.StringIO()

    def one_by_one():
        for number in range(3):
            assert stream.getvalue().count("\n") == number
            yield record

    assert write_jsonl(one_by_one(), stream) == 3


def test_json_line_has_no_newline(record):
    assert "\n" not in json_line(record)
