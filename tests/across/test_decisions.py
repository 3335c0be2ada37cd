"""Decisions in their file: added to, read back, locked, and one clear error for a bad line."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.across.actors import Reference, member_id, reference
from onrecord.across.decisions import DecisionFile, decide, settle
from onrecord.errors import BadDecision, DecisionConflict

A, B, C = (Reference(article=n, entity="e1", name=f"Vars {n}") for n in "abc")


def test_what_is_stored_reads_back(tmp_path: Path) -> None:
    file = DecisionFile(tmp_path / "decisions.jsonl")
    assert file.load() == []
    first, second = decide(A, B, True, "Jo", "one\nline – still"), decide(B, C, False, "Ada")
    file.append(first)
    file.append(second)
    assert file.load() == [first, second]
    assert file.path.read_bytes().count(b"\n") == 2


def test_a_contradiction_is_not_stored(tmp_path: Path) -> None:
    file = DecisionFile(tmp_path / "decisions.jsonl")
    for decision in (decide(A, B, True, "Jo"), decide(B, C, True, "Jo")):
        file.append(decision)
    with pytest.raises(DecisionConflict):
        file.append(decide(A, C, False, "Ada"))
    assert len(file.load()) == 2
    file.append(decide(C, B, False, "Ada"))  # on the same pair as an earlier one: it takes its place
    file.append(decide(A, C, False, "Ada"))
    assert len(file.load()) == 4


def test_a_last_line_without_its_end_is_not_run_into(tmp_path: Path) -> None:
    file = DecisionFile(tmp_path / "decisions.jsonl")
    file.append(decide(A, B, True, "Jo"))
    file.path.write_bytes(file.path.read_bytes().rstrip(b"\n"))
    file.append(decide(B, C, True, "Jo"))
    assert len(file.load()) == 2


def test_several_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    program = (
        "import sys; from pathlib import Path; from onrecord.across.actors import Reference\n"
        "from onrecord.across.decisions import DecisionFile, decide\n"
        "for n in range(10):\n"
        "    sides = (Reference(article=f'{sys.argv[2]}-{n}', entity=e) for e in ('e1', 'e2'))\n"
        "    DecisionFile(Path(sys.argv[1])).append(decide(*sides, True, 'Jo'))\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", program, str(path), str(n)]) for n in range(3)]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert len({decision.id for decision in DecisionFile(path).load()}) == 30


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"when": "2026-03-01T09:00:00"}, "when is not a time with its zone"),
        ({"same": "yes"}, "same is neither true nor false"),
        ({"who": None}, "who is missing"),
        ({"left": {"article": "a"}}, "left needs an actor, or an article and an entity"),
        ({"right": "a:e1"}, "right is not an object"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, changes: dict[str, object], why: str) -> None:
    file = DecisionFile(tmp_path / "decisions.jsonl")
    file.append(decide(A, B, True, "Jo"))
    good = file.path.read_text("utf-8")
    file.path.write_text(good + json.dumps(json.loads(good) | changes) + "\n", "utf-8")
    with pytest.raises(BadDecision, match=r"decisions\.jsonl:2: ") as caught:
        file.load()
    assert why in str(caught.value)


def test_one_side_only_or_nobodys_decision_is_refused() -> None:
    with pytest.raises(BadDecision, match="is on both sides"):
        decide(A, Reference(actor=member_id(("a", "e1"), "Ada Vars")), True, "Jo")
    with pytest.raises(BadDecision, match="says not who"):
        decide(A, B, True, " ")


@given(st.text(min_size=1), st.from_regex(r"e\d+", fullmatch=True), st.text())
def test_references_as_people_write_them(article: str, entity: str, name: str) -> None:
    written = f"{article}:{entity}"
    assert reference(written) == Reference(article=article, entity=entity)
    id_ = member_id((article, entity), name)
    assert reference(id_) == Reference(actor=id_)
    assert Reference(actor=id_).token == Reference(article=article, entity=entity).token


def test_nothing_but_a_reference_is_one() -> None:
    assert [reference(text) for text in ("Ilse Varen", "e1", ":e1", "a:", "")] == [None] * 5


def test_what_is_one_is_known_by_its_least_token_and_is_apart_as_a_whole() -> None:
    apart = decide(B, C, False, "Jo")
    settled = settle([decide(A, B, True, "Jo"), apart])
    root = settled.root[A.token]
    assert settled.root[B.token] == root == min(A.token, B.token)
    assert settled.apart == {root: {C.token: apart}, C.token: {root: apart}}


def test_the_zone_counts_for_which_is_later() -> None:
    early = replace(decide(A, B, True, "Jo"), when="2026-03-01T09:00:00+01:00")
    late = replace(decide(A, B, False, "Jo"), when="2026-03-01T08:30:00+00:00")
    assert settle([late, early]).apart
