"""Paths, folders, patterns and links to the files behind them."""

import io
from pathlib import Path

import pytest

from onrecord.errors import InputError, MissingInput
from onrecord.read.sources import Source, find_sources


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of news: two days, one page, one list of lines, and what does not belong."""
    for name in ("2020/b.txt", "2020/a.txt", "2021/c.TXT", "page.html", "wires.jsonl", "photo.jpg", ".hidden.txt"):
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("The minister spoke.")
    hidden = tmp_path / "news" / ".git"
    hidden.mkdir()
    (hidden / "log.txt").write_text("not news")
    return tmp_path / "news"


def names(found: list[Source | InputError], root: Path) -> list[str]:
    assert all(isinstance(source, Source) for source in found), found
    return [str(source.path.relative_to(root)) for source in found if isinstance(source, Source) and source.path]


def the_error(found: list[Source | InputError]) -> InputError:
    errors = [error for error in found if isinstance(error, InputError)]
    assert len(errors) == 1
    assert "\n" not in str(errors[0])
    return errors[0]


def test_folder_is_read_at_every_depth_sorted_without_hidden_and_unknown_files(news: Path) -> None:
    found = names(list(find_sources([news])), news)
    assert found == ["2020/a.txt", "2020/b.txt", "2021/c.TXT", "page.html", "wires.jsonl"]


def test_named_file_is_taken_whatever_its_suffix(news: Path) -> None:
    assert names(list(find_sources([news / "photo.jpg", str(news / ".hidden.txt")])), news) == [
        "photo.jpg",
        ".hidden.txt",
    ]


def test_single_path_need_not_be_in_a_list(news: Path) -> None:
    assert names(list(find_sources(str(news / "page.html"))), news) == ["page.html"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("2020/*.txt", ["2020/a.txt", "2020/b.txt"]),
        ("**/*.txt", ["2020/a.txt", "2020/b.txt"]),
        ("**/[ac].*", ["2020/a.txt", "2021/c.TXT"]),
        ("202?", ["2020/a.txt", "2020/b.txt", "2021/c.TXT"]),
        ("**", ["2020/a.txt", "2020/b.txt", "2021/c.TXT", "page.html", "wires.jsonl"]),
        ("*.*", ["page.html", "photo.jpg", "wires.jsonl"]),
        (".h*", [".hidden.txt"]),
    ],
)
def test_pattern_that_no_shell_has_expanded(news: Path, pattern: str, expected: list[str]) -> None:
    assert sorted(names(list(find_sources([f"{news}/{pattern}"])), news)) == expected


def test_relative_pattern(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(news)
    assert [found.name for found in find_sources(["2020/*"]) if isinstance(found, Source)] == [
        "2020/a.txt",
        "2020/b.txt",
    ]


def test_file_with_brackets_in_its_name_is_no_pattern(tmp_path: Path) -> None:
    path = tmp_path / "talks [final].txt"
    path.write_text("x")
    assert names(list(find_sources([path])), tmp_path) == ["talks [final].txt"]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("nothing.txt", "no such file or folder"),
        ("nul\0.txt", "no such file or folder"),
        ("n" * 300 + ".txt", "cannot be reached: File name too long"),
        ("*.doc", "nothing matches this pattern"),
        ("a**b/*.txt", "is not a pattern"),
    ],
)
def test_path_that_leads_nowhere(tmp_path: Path, path: str, why: str) -> None:
    error = the_error(list(find_sources([tmp_path / path])))
    assert isinstance(error, MissingInput)
    assert str(error).startswith(f"{tmp_path / path}: {why}")


def test_web_address_is_a_source_without_a_path() -> None:
    address = "https://courier.example/a"
    assert list(find_sources([address])) == [Source(address, url=address)]


def test_packed_files_of_a_known_format_are_taken_from_a_folder(tmp_path: Path) -> None:
    for name in ("a.jsonl.gz", "b.warc.zst", "c.zip", "d.gz", "e.tar.gz", "f.csv.bz2"):
        (tmp_path / name).write_bytes(b"")
    assert names(list(find_sources([tmp_path])), tmp_path) == ["a.jsonl.gz", "b.warc.zst", "c.zip", "f.csv.bz2"]


def test_folder_without_readable_files(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    assert "no file to read in this folder" in str(the_error(list(find_sources([tmp_path]))))


def test_folder_that_holds_itself_gives_one_error_and_the_rest(news: Path) -> None:
    (news / "2020" / "loop").symlink_to(news)
    found = list(find_sources([news]))
    error = the_error(found)
    assert (error.where, error.why) == (
        str(news / "2020" / "loop"),
        "is a link back to a folder it lies in: not followed",
    )
    assert len(found) == 6


def test_folder_linked_beside_itself_is_read_once(news: Path) -> None:
    (news / "2022").symlink_to(news / "2021")
    assert names(list(find_sources([news])), news) == [
        "2020/a.txt",
        "2020/b.txt",
        "2021/c.TXT",
        "page.html",
        "wires.jsonl",
    ]


def test_pattern_over_a_folder_that_holds_itself_ends(news: Path) -> None:
    (news / "2020" / "loop").symlink_to(news)
    files = [found for found in find_sources([f"{news}/**/*.txt"]) if isinstance(found, Source)]
    assert len(files) == 2


@pytest.mark.parametrize("target", ["gone.txt", "lost.txt"])
def test_link_that_leads_nowhere(tmp_path: Path, target: str) -> None:
    (tmp_path / "lost.txt").symlink_to(tmp_path / target)
    for given in (tmp_path, tmp_path / "lost.txt"):
        assert "is a link that leads nowhere" in str(the_error(list(find_sources([given]))))


def test_name_with_a_line_break_stays_on_one_line(tmp_path: Path) -> None:
    (tmp_path / "a\nb.txt").write_text("x")
    assert [found.name for found in find_sources([tmp_path]) if isinstance(found, Source)] == [f"{tmp_path}/a\\nb.txt"]


def test_standard_input_is_not_closed() -> None:
    stdin = io.BytesIO(b"news")
    (source,) = find_sources(["-"])
    assert isinstance(source, Source)
    with source.open(stdin) as stream:
        assert stream.read() == b"news"
    assert not stdin.closed
