"""What the decision on reports of one event is learned from."""

import numpy as np

from onrecord.coding.likeness import FEATURES
from onrecord.coding.reports import reports_of
from onrecord.training.event_reports import SIGNS, examples
from onrecord.training.regression import fit
from told_events import bombardment, record, shelling


def test_judged_pairs_are_found_by_their_triggers() -> None:
    records = [record("a", shelling()), record("b", bombardment()), record("c", shelling(recipient="NOR"))]
    reports = [report for one in records for report in reports_of(one)]
    trigger = {r.article: [list(span) for span in r.event.trigger] for r in reports}
    judged = [
        {"same": True, "type": "ASSAULT", "pair": [["a", trigger["a"]], ["b", trigger["b"]]]},
        {"same": False, "type": "ASSAULT", "pair": [["a", trigger["a"]], ["c", trigger["c"]]]},
        {"same": False, "type": "ASSAULT", "pair": [["a", trigger["a"]], ["elsewhere", [[0, 5]]]]},
    ]
    x, y, groups = examples(reports, judged)
    assert x.shape == (1, len(FEATURES))  # other sides, and unread articles, are left out
    assert (y.tolist(), groups) == ([1.0], ["a"])


def test_no_weight_has_the_wrong_sign() -> None:
    rng = np.random.default_rng(1)
    x = np.column_stack([np.ones(200), rng.normal(size=(200, len(FEATURES) - 1))])
    near = list(FEATURES).index("near")
    y = (x[:, 1] - x[:, near] + rng.normal(size=200) > 0).astype(float)
    weights = fit(x, y, SIGNS)
    assert weights[1] > 0.5
    assert weights[near] == 0.0  # it speaks against, and may not


def test_pairs_that_lie_too_far_apart_are_no_lessons() -> None:
    records = [record("a", shelling()), record("b", bombardment(date="2021-03-09"))]
    reports = [report for one in records for report in reports_of(one)]
    pair = [[r.article, [list(span) for span in r.event.trigger]] for r in reports]
    assert len(examples(reports, [{"same": True, "type": "ASSAULT", "pair": pair}])[1]) == 0
