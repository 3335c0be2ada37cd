"""Go on from weights that were shipped in int8: their float values, as near as rounding left them."""

import re
from pathlib import Path

import numpy as np
import torch

from onrecord.annotate.session import HEAD, NETWORK
from onrecord.annotate.words import INSIDE
from onrecord.training.network import Network

_LAYER = re.compile(r"/(qkv|out|up|down)(?:_(\d))?/MatMul")
_HEAD = re.compile(r"/heads/(\w+)(?:/plain)?/Gemm")  # of deeper pointers the plain part: the rest is trained anew


def load_shipped(network: Network, folder: Path) -> None:
    """Fill the network from a folder that `export` wrote; what the folder does not hold stays as it is.

    Raises KeyError when the folder holds another network.
    """
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(folder / NETWORK)).graph
    stored = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    state = {
        k.removeprefix("network.").replace(".plain.", "."): v for k, v in stored.items() if k.startswith("network.")
    }
    for name in ("pieces", "positions", "features"):
        state[f"encoder.{name}.weight"] = _float(stored, f"network.encoder.{name}.weight")
    if len(state["encoder.features.weight"]) == INSIDE:  # from before contents had values of their own
        known = state["encoder.features.weight"]
        state["encoder.features.weight"] = np.concatenate([known, known[:-1]])
    for node in graph.node:
        layer, head = _LAYER.match(node.name), _HEAD.match(node.name)
        matrix = next((i for i in node.input if i in stored and stored[i].ndim == 2), None)
        if matrix is None or not (layer or head):
            continue
        where = f"layers.{layer[2] or 0}.{layer[1]}" if layer else f"heads.{head[1]}" if head else ""
        weight = _float(stored, matrix.removesuffix("_quantized"))
        state[f"encoder.{where}.weight" if layer else f"{where}.weight"] = weight.T
    with np.load(folder / HEAD) as arrays:
        reach = (len(arrays["distance"]) - len(network.heads.distance)) // 2
        state["heads.distance"] = arrays["distance"][reach : len(arrays["distance"]) - reach]
        state["heads.parts.weight"], state["heads.parts.bias"] = arrays["weight"].T, arrays["bias"]
    own = network.state_dict()
    for name, value in state.items():
        if name in own:
            own[name][: len(value)] = torch.tensor(value, dtype=torch.float32)
    network.load_state_dict(own)


def _float(stored: dict[str, np.ndarray], name: str) -> np.ndarray:
    if name in stored:
        return stored[name]
    quantized, zero = stored[f"{name}_quantized"].astype(np.float32), stored[f"{name}_zero_point"].astype(np.float32)
    return (quantized - zero) * stored[f"{name}_scale"]
