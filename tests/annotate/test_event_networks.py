"""Two event networks as one: which scenes the second is asked about, and what comes of the two together."""

from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import pytest

from onrecord.annotate.event_words import Asked, asked
from onrecord.annotate.events import CHANCE, STATUSES, TYPES, EventModel, PairScores, read_scenes
from onrecord.records import Scene

TEXT = "Marenia shelled Lerne."
SCENE = Scene((0, len(TEXT)), None, (("Marenia", ((0, 7),)), ("Lerne", ((16, 21),))), ((0, 1),))
WORDS = 4


@dataclass
class Network:
    """Answers with the same scores whatever it is asked, and counts how often."""

    event: float
    type_: str
    share: float = 0.9
    times: int = field(default=0)

    def run(self, _: None, inputs: dict[str, Any]) -> list[np.ndarray]:
        self.times += 1
        pairs, targets = len(inputs["actor"]), len(inputs["target"])
        types = np.full((pairs, len(TYPES)), np.log((1 - self.share) / (len(TYPES) - 1)), np.float32)
        types[:, TYPES.index(self.type_)] = np.log(self.share)
        trigger = np.zeros((pairs, WORDS), np.float32)
        trigger[:, 1] = 5
        event = np.full(pairs, self.event, np.float32)
        status = np.zeros((pairs, len(STATUSES)), np.float32)
        return [event, types, status, trigger, np.zeros((targets, 3), np.float32)]


def model(first: Network, second: Network) -> EventModel:
    return EventModel(cast(Any, first), cast(Any, second), 1, 1.0, 1.0, 0.0, 0.3, 0.6, 1.0, "hand-built")


def scene() -> Asked:
    given = asked(TEXT, SCENE)
    assert given is not None
    return given


def test_the_second_is_asked_only_where_the_first_sees_a_chance() -> None:
    first, second = Network(CHANCE - 1, "ASSAULT"), Network(5.0, "ASSAULT")
    assert model(first, second).run(scene()).event.tolist() == [CHANCE - 1]
    assert (first.times, second.times) == (1, 0)
    model(Network(CHANCE, "ASSAULT"), second).run(scene())
    assert second.times == 1


def test_who_asks_for_both_gets_both() -> None:
    scores = model(Network(-9.0, "ASSAULT"), Network(-5.0, "ASSAULT")).run(scene(), least=-np.inf)
    assert scores.event.tolist() == [-7.0]


def test_the_surer_of_two_types_is_said() -> None:
    told, _ = read_scenes(TEXT, [SCENE], model(Network(3.0, "COERCE", 0.5), Network(3.0, "ASSAULT", 0.8)))
    (deed,) = told
    assert (deed.type, TEXT[slice(*deed.trigger)]) == ("ASSAULT", "shelled")


def test_two_that_agree_are_surer_than_two_that_do_not() -> None:
    agreed, other = (
        model(Network(3.0, "ASSAULT"), Network(3.0, type_)).run(scene()) for type_ in ("ASSAULT", "ACCUSE")
    )
    sure = model(Network(0, "ASSAULT"), Network(0, "ASSAULT")).sure
    assert sure(agreed)[0] > sure(other)[0]


def test_together_they_give_probabilities_geometric_mean() -> None:
    rng = np.random.default_rng(4)
    one, other = (
        PairScores(*(rng.normal(size=shape).astype(np.float32) for shape in ((2,), (2, 17), (2, 5), (2, 9), (1, 3))))
        for _ in range(2)
    )

    def shares(logits: np.ndarray) -> np.ndarray:
        whole = np.exp(logits)
        return cast(np.ndarray, whole / whole.sum(-1, keepdims=True))

    both = one.averaged_with(other)
    for name in ("types", "status", "trigger"):
        mean = np.sqrt(shares(getattr(one, name)) * shares(getattr(other, name)))
        assert np.exp(getattr(both, name)) == pytest.approx(mean, rel=1e-4)
    assert (both.attitude == one.attitude).all()
