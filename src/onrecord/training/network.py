"""The network that is trained: an encoder, and heads for roles, cues and what belongs to each cue."""

import math
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.annotate.words import FEATURES

ROLE_TAGS = 7
"""O, B- and I- of source, cue, content."""
PART_TAGS = 5
"""Given a cue: O, B- and I- of its source, B- and I- of its content."""
REACH = 64
"""Distances between a word and a cue beyond this many words are not told apart."""


@dataclass(frozen=True)
class Shape:
    """Sizes of an encoder, and where its weights' names differ."""

    kind: str
    width: int
    layers: int
    heads: int = 12
    inner: int = 4
    vocabulary: int = 30522
    positions: int = 512
    epsilon: float = 1e-12
    pair: int = 160


STUDENT = Shape("bert", 384, 6, pair=128)
TEACHER = Shape("mpnet", 768, 12, vocabulary=30527, positions=514, epsilon=1e-5, pair=256)


class Layer(nn.Module):
    """One transformer layer with the norm after each sublayer, as BERT and MPNet have it."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width, inner = shape.width, shape.inner * shape.width
        self.heads = shape.heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm_attention = nn.LayerNorm(width, eps=shape.epsilon)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm_output = nn.LayerNorm(width, eps=shape.epsilon)

    def forward(self, x: Tensor, bias: Tensor, dropout: float) -> Tensor:
        b, n, width = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias).transpose(1, 2).reshape(b, n, width)
        x = self.norm_attention(x + drop(self.out(mixed), dropout))
        return self.norm_output(x + drop(self.down(F.gelu(self.up(x))), dropout))


_MASKS: dict[float, Tensor] = {}


def drop(x: Tensor, rate: float) -> Tensor:
    """Dropout that cuts its mask from a pool of ready ones at a random place: the CPU's generator is the slow part."""
    if rate <= 0:
        return x
    if rate not in _MASKS:
        _MASKS[rate] = (torch.rand(1 << 24) > rate).to(torch.bfloat16) / (1 - rate)
    pool, size = _MASKS[rate], x.numel()
    if size >= len(pool):
        return F.dropout(x, rate)
    at = int(torch.randint(0, len(pool) - size, ()))
    return x * pool[at : at + size].view(x.shape).to(x.dtype)


class Encoder(nn.Module):
    """Wordpieces and word features to vectors, (b, l) to (b, l, width)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.pieces = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.features = nn.Embedding(FEATURES, shape.width)
        nn.init.zeros_(self.features.weight)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.relative = nn.Embedding(32, shape.heads).requires_grad_(False) if shape.kind == "mpnet" else None

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor, dropout: float = 0.0) -> Tensor:
        length = pieces.shape[1]
        offset = 2 if self.relative is not None else 0
        if self.relative is not None:
            # MPNet's vocabulary is BERT's moved by four; its CLS and SEP are 0 and 2
            pieces = torch.where(pieces == 101, 0, torch.where(pieces == 102, 2, pieces + 4))
        x = self.pieces(pieces) + self.positions.weight[offset : offset + length] + self.features(features)
        x = drop(self.norm(x), dropout)
        bias = torch.zeros(mask.shape[0], 1, 1, length, dtype=x.dtype).masked_fill(~mask[:, None, None, :], -1e4)
        if self.relative is not None:
            # kept as pretrained: a bias without gradient lets attention run fused, a fifth faster
            bias = bias + self.relative(_buckets(length)).permute(2, 0, 1)[None]
        else:
            bias = bias.expand(-1, 1, length, -1)
        if torch.is_autocast_enabled("cpu"):
            bias = bias.to(torch.bfloat16)
        for layer in self.layers:
            x = layer(x, bias, dropout)
        return x


def _buckets(length: int) -> Tensor:
    """(l, l) MPNet's relative position buckets (as T5's, bidirectional, 32 buckets, up to 128)."""
    position = torch.arange(length)
    n = -(position[None, :] - position[:, None])
    side = (n < 0).long() * 16
    n = n.abs()
    far = 8 + (torch.log(n.clamp(min=1).float() / 8) / math.log(128 / 8) * 8).long()
    return side + torch.where(n < 8, n, far.clamp(max=15))


class Heads(nn.Module):
    """Word vectors to role logits, and to the two halves from which any cue's parts are scored."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.pair = shape.pair
        self.roles = nn.Linear(shape.width, ROLE_TAGS)
        self.word = nn.Linear(shape.width, shape.pair)
        self.cue = nn.Linear(shape.width, shape.pair)
        self.key = nn.Linear(shape.width, 2 * 64)
        self.query = nn.Linear(shape.width, 2 * 64)
        self.distance = nn.Parameter(torch.zeros(2 * REACH + 1, shape.pair))
        self.parts = nn.Linear(shape.pair, PART_TAGS)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """(b, n, width) to roles (b, n, 7) and pairs (b, n, 2 * pair + 256): word, cue, key, query side by side."""
        return self.roles(x), torch.cat([self.word(x), self.cue(x), self.key(x), self.query(x)], -1)

    def score_parts(self, pairs: Tensor, batch: Tensor, cue: Tensor) -> Tensor:
        """Logits (c, n, 5) of every word's part in the attribution of each of c cues.

        `batch` (c,) and `cue` (c,) say in which window and at which word each cue begins.
        """
        word, head, key, query = pairs.split([self.pair, self.pair, 128, 128], -1)
        n = pairs.shape[1]
        distance = (torch.arange(n)[None, :] - cue[:, None]).clamp(-REACH, REACH) + REACH
        hidden = F.relu(word[batch] + head[batch, cue][:, None] + self.distance[distance])
        match = (key[batch].unflatten(-1, (2, 64)) * query[batch, cue].unflatten(-1, (2, 64))[:, None]).sum(-1) / 8
        spread = torch.stack([torch.zeros_like(match[..., 0]), *[match[..., i // 2] for i in range(4)]], -1)
        return self.parts(hidden) + spread


class Network(nn.Module):
    """Encoder and heads together."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.encoder = Encoder(shape)
        self.heads = Heads(shape)

    def forward(
        self, pieces: Tensor, features: Tensor, mask: Tensor, first: Tensor, dropout: float = 0.0
    ) -> tuple[Tensor, Tensor]:
        """Roles (b, n, 7) and pairs (b, n, k) of the words whose first pieces are at `first` (b, n)."""
        x = self.encoder(pieces, features, mask, dropout)
        words = x.gather(1, first[:, :, None].expand(-1, -1, x.shape[2]))
        roles, pairs = self.heads(drop(words, dropout))
        return roles, pairs


def load_pretrained(network: Network, weights: Path) -> None:
    """Fill the encoder from a safetensors file of all-MiniLM-L6-v2 or all-mpnet-base-v2.

    Raises KeyError when the file holds another architecture.
    """
    from safetensors.torch import load_file

    state = {k.removeprefix("bert."): v for k, v in load_file(str(weights)).items()}
    encoder = network.encoder
    with torch.no_grad():
        encoder.pieces.weight.copy_(state["embeddings.word_embeddings.weight"])
        encoder.positions.weight.copy_(state["embeddings.position_embeddings.weight"])
        if encoder.relative is None:
            encoder.positions.weight.add_(state["embeddings.token_type_embeddings.weight"][0])
        else:
            encoder.relative.weight.copy_(state["encoder.relative_attention_bias.weight"])
        _copy(encoder.norm, state, ["embeddings.LayerNorm"])
        for i, layer in enumerate(encoder.layers):
            at = f"encoder.layer.{i}."
            if encoder.relative is None:
                attention, out, norm = (
                    [f"attention.self.{x}" for x in ("query", "key", "value")],
                    "attention.output.dense",
                    "attention.output.LayerNorm",
                )
            else:
                attention, out, norm = [f"attention.attn.{x}" for x in "qkv"], "attention.attn.o", "attention.LayerNorm"
            _copy(layer.qkv, state, [at + x for x in attention])
            _copy(layer.out, state, [at + out])
            _copy(layer.norm_attention, state, [at + norm])
            _copy(layer.up, state, [at + "intermediate.dense"])
            _copy(layer.down, state, [at + "output.dense"])
            _copy(layer.norm_output, state, [at + "output.LayerNorm"])


def _copy(module: nn.Module, state: dict[str, Tensor], names: list[str]) -> None:
    for part in ("weight", "bias"):
        getattr(module, part).copy_(torch.cat([state[f"{name}.{part}"] for name in names]))
