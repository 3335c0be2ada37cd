"""Texts to pronouns with known antecedents."""

import random
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training needs the extra `train`")

from onrecord.training import anaphora, gum

STORY = (
    "Ada Brandt arrived in Port Avel on Monday. Ministers had waited for Ada Brandt since noon, and Brandt’s plane was "
    "late. Brandt said little."
)


def test_later_mentions_by_name_become_pronouns_that_mean_the_first() -> None:
    text, clues = anaphora.with_pronouns(STORY, random.Random(1), share=1.0)
    assert text == (
        "Ada Brandt arrived in Port Avel on Monday. Ministers had waited for her since noon, and her plane was "
        "late. She said little."
    )
    assert [text[slice(*clue.at)] for clue in clues] == ["her", "her", "She"]
    assert {text[slice(*span)] for clue in clues for span in clue.right} == {"Ada Brandt"}


def test_nothing_is_replaced_without_a_share() -> None:
    assert anaphora.with_pronouns(STORY, random.Random(1), share=0.0) == (STORY, [])


def test_gap_rows_know_what_is_right_and_what_only_is_wrong(tmp_path: Path) -> None:
    columns = ["ID", "Text", "Pronoun", "Pronoun-offset", "A", "A-offset", "A-coref", "B", "B-offset", "B-coref", "URL"]
    text = "Ada Brandt wrote to Ivo Okoro. She had met him."
    rows = [
        ["1", text, "She", "31", "Ada Brandt", "0", "TRUE", "Ivo Okoro", "20", "FALSE", "u"],
        ["2", text, "him", "43", "Ada Brandt", "0", "FALSE", "Port Avel", "0", "FALSE", "u"],
        [
            "3",
            "Mia Holm and Ida Falk spoke. She left.",
            "She",
            "29",
            "Mia Holm",
            "0",
            "TRUE",
            "Ida Falk",
            "13",
            "FALSE",
            "",
        ],
    ]
    path = tmp_path / "gap.tsv"
    path.write_text("\n".join("\t".join(r) for r in [columns, *rows]) + "\n", "utf-8")
    she, again, him, *_ = (found.pointers[0] for found in anaphora.from_gap(path, renamed=1))
    assert she.right == again.right == {0, 1}
    assert not she.wrong
    assert not him.right
    assert him.wrong == {0, 1}
    assert [len(list(anaphora.from_gap(path, left_out=(k, 2)))) for k in range(2)] == [1, 2]


def test_gum_chains_lead_from_pronouns_to_heads(tmp_path: Path) -> None:
    def token(number: int, form: str, tag: str, entity: str = "", glued: bool = False) -> str:
        misc = "|".join(filter(None, [f"Entity={entity}" if entity else "", "SpaceAfter=No" if glued else ""])) or "_"
        return "\t".join([str(number), form, form, tag, "_", "_", "0", "_", "_", misc])

    lines = [
        "# newdoc id = made",
        token(1, "The", "DET", "(1-person-new-nnnnn-cf1-2-coref"),
        token(2, "envoy", "NOUN", "1)"),
        token(3, "left", "VERB"),
        token(4, ".", "PUNCT"),
        "",
        token(1, "He", "PRON", "(1-person-giv-nnnnn-cf1-1-ana)"),
        token(2, "said", "VERB"),
        token(3, "it", "PRON"),
        token(4, "rained", "VERB", glued=True),
        token(5, ".", "PUNCT"),
    ]
    path = tmp_path / "made.conllu"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    (document,) = gum.from_gum(path)
    he, it = document.pointers
    assert (he.at, he.right) == (4, {1})
    assert not it.right
