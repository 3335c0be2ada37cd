"""Two rounds' weights averaged: what a network learned later, held to what it was good at before."""

import torch
from torch import Tensor

from onrecord.annotate.words import INSIDE
from onrecord.training.network import Network

LATER_ONLY = ("heads.ask.", "heads.answer.", "heads.none.", "heads.behind")
"""Heads that the first round does not train: of them there is nothing to average."""


@torch.no_grad()
def average(network: Network, earlier: dict[str, Tensor], share: float) -> None:
    """Move the network's weights towards earlier ones of its own, by `share` (0 to 1) of the way, in place.

    What only the later round learned stays: the pointers' heads, and the word features of contents that are read for
    statements inside them. The method is WiSE-FT's (Wortsman et al., CVPR 2022).
    """
    for name, value in network.state_dict().items():
        if name.startswith(LATER_ONLY):
            continue
        kept = value[INSIDE:].clone() if name == "encoder.features.weight" else None
        value.lerp_(earlier[name], share)
        if kept is not None:
            value[INSIDE:] = kept
