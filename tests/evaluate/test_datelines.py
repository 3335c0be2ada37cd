import pytest

from onrecord.evaluate.datelines import Disagreement, expected_place, format_datelines, score_datelines

ROWS: list[dict[str, object]] = [
    {"id": "a", "dateline": "BASLE, March 3 -", "text": "BASLE, March 3 - The firm said."},
    {"id": "b", "dateline": "GRADINGS -", "text": "GRADINGS - None posted."},
    {"id": "c", "dateline": None, "text": "The firm said."},
    {"id": "d", "text": "OSLO (AP) — Norway said."},
    {"id": "e", "dateline": {"place": "OSLO", "agency": "AP"}, "text": "OSLO (AP) — Norway said."},
]


@pytest.mark.parametrize(
    ("tag", "place"),
    [
        ("BASLE, March 3 -", "BASLE"),
        ("TULSA, Okla. March 11 -", "TULSA, Okla"),
        ("CHEVY CHASE, Md., - March 4 -", "CHEVY CHASE, Md"),
        ("HAMBURG, March 4 - Vereins-", "HAMBURG"),
        ("OSLO, March 12, Reuter -", "OSLO"),
        ("By Jane Doe, Reuters OSLO, March 12 -", "OSLO"),
        ("****SOFIA, March 5 -", "SOFIA"),
        ("c    SOFIA, March 5 -", "SOFIA"),
        ("WINSTON-SALEM, N.C. -", "WINSTON-SALEM, N.C"),
        ("SYDNEY, April -", "SYDNEY"),
        ("Geneva, 3 November -", "Geneva"),
        ("APRIL 7 -", None),
        ("us        7.8015 -", None),
        ("--", None),
        ("", None),
        (None, None),
        ({"place": "OSLO", "date": None}, "OSLO"),
        ({"place": None}, None),
    ],
)
def test_expected_place(tag: object, place: str | None) -> None:
    assert expected_place(tag) == place


def test_score_datelines() -> None:
    score = score_datelines(ROWS)

    assert (score.stories, score.tagged, score.right, score.invented) == (5, 3, 2, 1)
    assert score.place_right == pytest.approx(2 / 3)
    assert score.disagreements == (
        Disagreement("b", "GRADINGS -", "GRADINGS", None),
        Disagreement("d", "None", None, "OSLO"),
    )


def test_score_datelines_without_rows() -> None:
    assert score_datelines([]).place_right is None


def test_format_datelines() -> None:
    lines = format_datelines(score_datelines(ROWS), examples=1).splitlines()

    assert "66.67% (2)" in lines[2]
    assert lines[-1] == "  b: 'GRADINGS -': expected 'GRADINGS', found None"


def test_format_datelines_without_rows() -> None:
    assert "—" in format_datelines(score_datelines([]))
