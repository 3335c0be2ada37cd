import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evaluate.calibration import brier_score, expected_calibration_error, format_reliability, reliability

CONFIDENCES = [0.95, 0.95, 0.95, 0.95, 0.25, 0.25]
RIGHT = [True, True, True, False, False, True]


def test_expected_calibration_error_weighs_bins_by_count():
    assert expected_calibration_error(CONFIDENCES, RIGHT) == pytest.approx(4 / 6 * 0.2 + 2 / 6 * 0.25)


def test_reliability_rows():
    table = reliability(CONFIDENCES, RIGHT)
    assert [(row.low, row.high, row.count) for row in table if row.count] == [(0.2, 0.3, 2), (0.9, 1.0, 4)]
    assert (table[9].confidence, table[9].right) == (pytest.approx(0.95), 0.75)


def test_edges_belong_to_the_upper_bin_and_one_to_the_last():
    table = reliability([0.0, 0.3, 0.7, 1.0], [True] * 4)
    assert [index for index, row in enumerate(table) if row.count] == [0, 3, 7, 9]


def test_brier_score():
    assert brier_score([1.0, 0.5], [True, False]) == pytest.approx(0.125)


def test_nothing_to_judge_is_zero():
    assert expected_calibration_error([], []) == brier_score([], []) == 0


@pytest.mark.parametrize(("confidences", "right"), [([0.5], []), ([1.2], [True]), ([float("nan")], [True])])
def test_nonsense_is_refused(confidences, right):
    with pytest.raises(ValueError, match="confidence"):
        expected_calibration_error(confidences, right)


def test_bins_below_one_are_refused():
    with pytest.raises(ValueError, match="bins"):
        reliability([0.5], [True], bins=0)


def test_format_leaves_empty_bins_out():
    assert len(format_reliability(reliability(CONFIDENCES, RIGHT)).splitlines()) == 3


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())), st.integers(1, 30))
def test_bounds_and_counts(pairs, bins):
    confidences, right = [c for c, _ in pairs], [r for _, r in pairs]
    assert 0 <= expected_calibration_error(confidences, right, bins) <= 1
    assert sum(row.count for row in reliability(confidences, right, bins)) == len(pairs)
    assert all(r.low - 1e-9 <= r.confidence <= r.high + 1e-9 for r in reliability(confidences, right, bins) if r.count)
