"""Logistic regressions over a few features of pairs that were judged by reading."""

import random

import numpy as np
import numpy.typing as npt

PENALTY = 0.3
"""On the squares of the weights, features brought to one scale."""
STEPS = 20_000
FOLDS = 8
Floats = npt.NDArray[np.float64]


def fit(x: Floats, y: Floats, signs: Floats) -> Floats:
    """The weights (FEATURES,) for features (pairs, FEATURES), the first of them the bias, and 0.0 or 1.0 a pair.

    Each is of the sign that `signs` gives it (1, -1; 0 for either) or 0: with few pairs some would come out against
    all sense, by chance.
    """
    scale = np.maximum(x.std(0), 1e-3)
    scale[0] = 1.0
    scaled = x / scale
    penalty = np.array([0.0, *[PENALTY] * (x.shape[1] - 1)])
    step = 4 / (np.linalg.norm(scaled, 2) ** 2 + 4 * PENALTY)
    w = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-scaled @ w))
        w = w - step * (scaled.T @ (p - y) + penalty * w)
        w = np.where(signs * w < 0, 0.0, w)
    out: Floats = w / scale
    return out


def cross_validated(x: Floats, y: Floats, groups: list[str], signs: Floats) -> Floats:
    """The probability of each pair by weights learned without those of its group."""
    names = sorted(set(groups))
    random.Random(3).shuffle(names)
    fold = {name: n % FOLDS for n, name in enumerate(names)}
    folds = np.array([fold[group] for group in groups])
    probability = np.zeros(len(y))
    for n in range(FOLDS):
        w = fit(x[folds != n], y[folds != n], signs)
        probability[folds == n] = 1 / (1 + np.exp(-x[folds == n] @ w))
    return probability


def show(probability: Floats, y: Floats) -> None:
    """Print precision and recall at some thresholds."""
    for threshold in (0.3, 0.4, 0.5, 0.55, 0.6, 0.7, 0.8):
        given, right = probability >= threshold, y > 0
        print(f"{threshold:.2f}  precision {right[given].mean():.3f}  recall {given[right].mean():.3f}")
