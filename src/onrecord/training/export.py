"""Trained network to the files that are shipped: int8 ONNX, and the part head's arrays."""

import math
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.annotate.decode import Floats
from onrecord.annotate.session import HEAD, NETWORK
from onrecord.annotate.windows import PIECES
from onrecord.training.event_network import EventNetwork, PairOutputs
from onrecord.training.event_network import Outputs as EventOutputs
from onrecord.training.network import ATTENTION_HEADS, REACH, Network, Outputs

KEPT = (
    *(f"/heads/{name}/" for name in ("roles", "edges", "word", "cue", "key", "query")),
    *(f"/heads/{name}/{part}/" for name in ("ask", "answer", "none") for part in ("plain", "out")),
)
"""Layers left in float: they are small, and rounding them costs accuracy."""
KEPT_OF_EVENTS = ("/heads/event/", "/heads/types/", "/heads/status/", "/heads/attitude/")
"""The same; those before them are not small."""
OUTPUTS = ("roles", "edges", "pairs", "links")


class Exported(nn.Module):
    """One window, no padding, no mask: pieces (1, l), features (1, l), first (n,) to roles (n, 7), edges (n, 4), pairs
    (n, k) and links (n, m).
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, features: Tensor, first: Tensor) -> Outputs:
        words = encoded(self.network.encoder, pieces, features)[0].index_select(0, first)
        outputs: Outputs = self.network.heads(words)
        return outputs


class ExportedEvents(nn.Module):
    """One scene: pieces, features and marks (1, l), first (n,), pool (k, n), and p pairs' actors and recipients (p,) to
    log-odds of an event (p,), types (p, 17), statuses (p, 5) and the trigger's words (p, n); and t targets (t,),
    indexes of participants, to attitudes (t, 3).
    """

    def __init__(self, network: EventNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, *given: Tensor) -> EventOutputs:
        pieces, features, marks, first, pool, actor, recipient, target = given
        heads = self.network.heads
        x = encoded(self.network.encoder, pieces, features, heads.marks(marks))
        words, whole = x[0].index_select(0, first), x.mean(1)
        parts = pool @ words
        pairs = (parts.index_select(0, actor), parts.index_select(0, recipient))
        told: PairOutputs = heads(words[None], whole.expand(pairs[0].shape[0], -1), pairs)
        targets = parts.index_select(0, target)
        return *told, heads.attitudes(words[None], whole.expand(targets.shape[0], -1), targets)


def encoded(encoder: nn.Module, pieces: Tensor, features: Tensor, marks: Tensor | None = None) -> Tensor:
    """The encoder on one unpadded window, attention spelled out: onnxruntime's int8 kernels fuse it better so."""
    x = encoder.pieces(pieces) + encoder.positions(torch.arange(pieces.shape[1])) + encoder.features(features)
    x = encoder.norm(x if marks is None else x + marks)
    for layer in encoder.layers:
        b, n, width = x.shape
        size = width // ATTENTION_HEADS
        q, k, v = (t.view(b, n, ATTENTION_HEADS, size).transpose(1, 2) for t in layer.qkv(x).split(width, -1))
        weights = torch.softmax((q / math.sqrt(size)) @ k.transpose(2, 3), -1)
        x = layer.norm_attention(x + layer.out((weights @ v).transpose(1, 2).reshape(b, n, width)))
        x = layer.norm_output(x + layer.down(F.gelu(layer.up(x))))
    return x


def export(network: Network, folder: Path, quantize: bool = True) -> None:
    """Write the network and its part head into `folder`; encoder weights as int8 with `quantize`, else float32."""
    pieces = torch.randint(1000, 2000, (1, 40))
    example = {"pieces": pieces, "features": torch.zeros_like(pieces), "first": torch.arange(1, 31)}
    axes = {"pieces": {1: "l"}, "features": {1: "l"}, "first": {0: "n"}} | {name: {0: "n"} for name in OUTPUTS}
    write_onnx(Exported(network), example, axes, folder / NETWORK, quantize)
    np.savez(folder / HEAD, allow_pickle=False, **part_head(network))


def export_events(network: EventNetwork, path: Path, quantize: bool = True) -> None:
    """Write one event network."""
    pieces = torch.randint(1000, 2000, (1, 40))
    example = {
        "pieces": pieces, "features": torch.zeros_like(pieces), "marks": torch.ones_like(pieces),
        "first": torch.arange(1, 31), "pool": torch.rand(3, 30), "actor": torch.tensor([0, 1]),
        "recipient": torch.tensor([1, 2]), "target": torch.tensor([0, 2]),
    }  # fmt: skip
    axes = {"pieces": {1: "l"}, "features": {1: "l"}, "marks": {1: "l"}, "first": {0: "n"}, "pool": {0: "k", 1: "n"}}
    axes |= {"actor": {0: "p"}, "recipient": {0: "p"}, "event": {0: "p"}, "types": {0: "p"}, "status": {0: "p"}}
    axes |= {"trigger": {0: "p", 1: "n"}, "target": {0: "t"}, "attitude": {0: "t"}}
    write_onnx(ExportedEvents(network), example, axes, path, quantize, KEPT_OF_EVENTS)


def write_onnx(
    module: nn.Module,
    example: dict[str, Tensor],
    axes: dict[str, dict[int, str]],
    path: Path,
    quantize: bool,
    kept: Sequence[str] = KEPT,
) -> None:
    """Trace a module on an example into an ONNX file; with `quantize` its weights are int8, but for layers `kept`."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    module.eval()
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        plain = Path(temporary) / "plain.onnx"
        torch.onnx.export(
            module, tuple(example.values()), str(plain), input_names=list(example),
            output_names=[name for name in axes if name not in example], dynamic_axes=axes, opset_version=17,
            dynamo=False,
        )  # fmt: skip
        if quantize:
            quantize_dynamic(
                plain, path, weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=_head_nodes(plain, kept),
                extra_options={"MatMulConstBOnly": True},
            )  # fmt: skip
        else:
            path.write_bytes(plain.read_bytes())


def part_head(network: Network) -> dict[str, Floats]:
    """The arrays of `onrecord.annotate.session.Model`'s heads; distances beyond REACH repeat the furthest."""
    heads = network.heads
    arrays = {
        "distance": heads.distance,
        "weight": heads.parts.weight.T,
        "bias": heads.parts.bias,
        "behind": heads.behind,
    }
    out = {k: np.ascontiguousarray(v.detach().numpy(), np.float32) for k, v in arrays.items()}
    further = PIECES - REACH
    out["distance"] = np.pad(out["distance"], ((further, further), (0, 0)), mode="edge")
    out["behind"] = np.pad(out["behind"], further, mode="edge")
    return out


def _head_nodes(path: Path, kept: Sequence[str]) -> list[str]:
    import onnx

    graph = onnx.load(str(path)).graph
    return [
        n.name + suffix
        for n in graph.node
        if n.op_type in ("MatMul", "Gemm") and any(name in n.name for name in kept)
        for suffix in ("", "_MatMul")  # what the quantizer calls a Gemm once it has taken its bias off
    ]
