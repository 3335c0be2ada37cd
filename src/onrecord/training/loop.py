"""The optimisation loop, the same for both rounds: schedule, logging, checkpoints, resuming."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import TypeVar

import torch
from torch import Tensor, nn

from onrecord.training.network import Network, weights_of

B = TypeVar("B")
Loss = Callable[[Network, B], dict[str, Tensor]]
"""Named loss terms of a batch; their sum is minimised."""


@dataclass(frozen=True)
class Plan:
    """How long and how fast to train."""

    steps: int
    encoder_rate: float
    head_rate: float
    warmup: float = 0.06
    decay: float = 0.01
    average_from: float = 0.6
    """From this share of the steps on, weights are averaged (exponentially, over about a hundred steps)."""
    save_every: int = 100


def rate_at(progress: float, warmup: float) -> float:
    """Linear warm-up, then linear decay to 2%: factor on the peak rates at `progress` in 0..1."""
    if progress < warmup:
        return max(progress / warmup, 0.02)
    return max((1 - progress) / (1 - warmup), 0.02)


def train(network: Network, batches: Iterator[B], loss: Loss[B], plan: Plan, checkpoint: Path) -> None:
    """Train in place; the averaged weights end up in `network` and in `checkpoint`.

    An interrupted run goes on from `checkpoint`'s side file (`.part`) when started again.
    """
    network.encoder.pieces.weight.requires_grad_(False)
    optimizer = torch.optim.AdamW(_groups(network, plan), betas=(0.9, 0.98), fused=True)
    average = weights_of(network)
    part = checkpoint.with_suffix(".part")
    start = _resume(part, network, optimizer, average)
    seen: dict[str, list[float]] = {}
    began = time.monotonic()
    for step in range(start, plan.steps):
        factor = rate_at(step / plan.steps, plan.warmup)
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * factor
        terms = loss(network, next(batches))
        torch.stack(list(terms.values())).sum().backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if step >= plan.average_from * plan.steps:
            _average(average, network, keep=0.0 if step - 1 < plan.average_from * plan.steps else 0.99)
        for name, value in terms.items():
            seen.setdefault(name, []).append(value.item())
        if (step + 1) % 25 == 0:
            shown = "  ".join(f"{k} {fmean(v):.4f}" for k, v in seen.items())
            print(f"step {step + 1}/{plan.steps}  {time.monotonic() - began:.0f} s  {shown}", flush=True)
            seen.clear()
        if (step + 1) % plan.save_every == 0:
            state = {
                "step": step + 1,
                "network": network.state_dict(),
                "optimizer": optimizer.state_dict(),
                "average": average,
            }
            torch.save(state, part.with_suffix(".new"))
            part.with_suffix(".new").replace(part)
    network.load_state_dict(average)
    torch.save(average, checkpoint)
    part.unlink(missing_ok=True)


def _groups(network: Network, plan: Plan) -> list[dict[str, object]]:
    heads = [*network.heads.parameters(), network.encoder.features.weight]
    known = {id(p) for p in heads}
    rest = [p for p in network.parameters() if id(p) not in known and p.requires_grad]
    matrices, vectors = [p for p in rest if p.ndim > 1], [p for p in rest if p.ndim < 2]
    return [
        {"params": matrices, "peak": plan.encoder_rate, "lr": 0.0, "weight_decay": plan.decay},
        {"params": vectors, "peak": plan.encoder_rate, "lr": 0.0, "weight_decay": 0.0},
        {"params": heads, "peak": plan.head_rate, "lr": 0.0, "weight_decay": plan.decay},
    ]


@torch.no_grad()
def _average(average: dict[str, Tensor], network: Network, keep: float) -> None:
    for name, value in network.state_dict().items():
        average[name].lerp_(value, 1 - keep)


def _resume(part: Path, network: Network, optimizer: torch.optim.Optimizer, average: dict[str, Tensor]) -> int:
    if not part.exists():
        return 0
    state = torch.load(part)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    average.update(state["average"])
    print(f"going on from step {state['step']} of {part}", flush=True)
    return int(state["step"])
