"""Trained network to the files that are shipped: int8 ONNX, and the part head's arrays."""

import math
import tempfile
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.annotate.decode import Floats
from onrecord.annotate.session import HEAD, NETWORK
from onrecord.annotate.windows import PIECES
from onrecord.training.network import ATTENTION_HEADS, REACH, Network, Outputs

HEADS = ("roles", "edges", "word", "cue", "key", "query", "ask", "answer", "none")
"""Linear layers left in float: they are small, and rounding them costs accuracy."""
OUTPUTS = ("roles", "edges", "pairs", "links")


class Exported(nn.Module):
    """One window, no padding, no mask: pieces (1, l), features (1, l), first (n,) to roles (n, 7), edges (n, 4), pairs
    (n, k) and links (n, m).
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, features: Tensor, first: Tensor) -> Outputs:
        encoder = self.network.encoder
        length = pieces.shape[1]
        x = encoder.pieces(pieces) + encoder.positions(torch.arange(length)) + encoder.features(features)
        x = encoder.norm(x)
        for layer in encoder.layers:
            x = self._layer(layer, x)
        words = x[0].index_select(0, first)
        outputs: Outputs = self.network.heads(words)
        return outputs

    @staticmethod
    def _layer(layer: nn.Module, x: Tensor) -> Tensor:
        """Attention spelled out, which onnxruntime's int8 kernels fuse better than the fused operator."""
        b, n, width = x.shape
        size = width // ATTENTION_HEADS
        q, k, v = (t.view(b, n, ATTENTION_HEADS, size).transpose(1, 2) for t in layer.qkv(x).split(width, -1))
        weights = torch.softmax((q / math.sqrt(size)) @ k.transpose(2, 3), -1)
        x = layer.norm_attention(x + layer.out((weights @ v).transpose(1, 2).reshape(b, n, width)))
        return layer.norm_output(x + layer.down(F.gelu(layer.up(x))))


def export(network: Network, folder: Path, quantize: bool = True) -> None:
    """Write the network and its part head into `folder`; encoder weights as int8 with `quantize`, else float32."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        plain = Path(temporary) / "plain.onnx"
        _to_onnx(network, plain)
        if quantize:
            quantize_dynamic(
                plain, folder / NETWORK, weight_type=QuantType.QInt8, per_channel=True,
                nodes_to_exclude=_head_nodes(plain), extra_options={"MatMulConstBOnly": True},
            )  # fmt: skip
        else:
            (folder / NETWORK).write_bytes(plain.read_bytes())
    np.savez(folder / HEAD, allow_pickle=False, **part_head(network))


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


def _to_onnx(network: Network, path: Path) -> None:
    pieces = torch.randint(1000, 2000, (1, 40))
    example = (pieces, torch.zeros_like(pieces), torch.arange(1, 31))
    axes = {"pieces": {1: "l"}, "features": {1: "l"}, "first": {0: "n"}}
    axes |= {name: {0: "n"} for name in OUTPUTS}
    torch.onnx.export(
        Exported(network), example, str(path), input_names=["pieces", "features", "first"],
        output_names=list(OUTPUTS), dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip


def _head_nodes(path: Path) -> list[str]:
    import onnx

    graph = onnx.load(str(path)).graph
    return [
        n.name + suffix
        for n in graph.node
        if n.op_type in ("MatMul", "Gemm") and any(n.name.startswith(f"/heads/{h}/") for h in HEADS)
        for suffix in ("", "_MatMul")  # what the quantizer calls a Gemm once it has taken its bias off
    ]
