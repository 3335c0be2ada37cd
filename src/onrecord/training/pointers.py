"""The last round of training: pronouns alone, by deeper pointers over an encoder that stays as it is."""

from collections.abc import Sequence
from pathlib import Path

import torch

from onrecord.training.anaphora import Anaphora
from onrecord.training.learning import pronoun_batches
from onrecord.training.loop import Plan, train
from onrecord.training.losses import pointer_loss
from onrecord.training.network import Network

RATE = 1e-3


def learn_pointers(network: Network, pronouns: Sequence[Anaphora], steps: int, checkpoint: Path) -> None:
    """Deepen the network's pointers and train nothing else, so that nothing else changes; the result is also written to
    `checkpoint`, and taken from there when it is already there.
    """
    pointers = list(network.heads.deepen_pointers())
    if checkpoint.exists():
        network.load_state_dict(torch.load(checkpoint))
        return
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    for parameter in pointers:
        parameter.requires_grad_(True)
    plan = Plan(steps, encoder_rate=RATE, head_rate=RATE, average_from=0.7)
    train(network, pronoun_batches(pronouns, 9), pointer_loss, plan, checkpoint)
