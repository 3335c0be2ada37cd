"""The network that is trained: an encoder, and heads for roles, what belongs to each cue, and antecedents."""

from collections.abc import Iterator
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.annotate.antecedents import POINTER
from onrecord.annotate.decode import KEY
from onrecord.annotate.words import FEATURES

ROLE_TAGS = 7
"""O, B- and I- of source, cue, content."""
PART_TAGS = 5
"""Given a cue: O, B- and I- of its source, B- and I- of its content."""
EDGES = 4
"""Source begins, source ends, content begins, content ends: before each word, whatever the cue."""
REACH = 64
"""Distances between a word and a cue beyond this many words are not told apart."""


WIDTH, LAYERS, ATTENTION_HEADS, INNER = 384, 6, 12, 1536
"""MiniLM-L6-H384's sizes; weights of that shape can be loaded."""
VOCABULARY, POSITIONS, EPSILON = 30522, 512, 1e-12
HIDDEN = 128
"""Width of the part head's layer."""


class Layer(nn.Module):
    """One transformer layer with the norm after each sublayer, as BERT has it."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm_attention = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm_output = nn.LayerNorm(WIDTH, eps=EPSILON)

    def forward(self, x: Tensor, bias: Tensor, dropout: float) -> Tensor:
        b, n, width = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, ATTENTION_HEADS, width // ATTENTION_HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        # torch's fused attention takes three to five times as long backwards on a CPU, for sequences this short
        weights = (q @ k.transpose(2, 3) / (width // ATTENTION_HEADS) ** 0.5 + bias).softmax(-1).to(v.dtype)
        mixed = (weights @ v).transpose(1, 2).reshape(b, n, width)
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

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.features = nn.Embedding(FEATURES, WIDTH)
        nn.init.zeros_(self.features.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(
        self, pieces: Tensor, features: Tensor, mask: Tensor, dropout: float = 0.0, marks: Tensor | None = None
    ) -> Tensor:
        length = pieces.shape[1]
        x = self.pieces(pieces) + self.positions.weight[:length] + self.features(features)
        if marks is not None:
            x = x + marks
        x = drop(self.norm(x), dropout)
        bias = torch.zeros(mask.shape[0], 1, 1, length, dtype=x.dtype).masked_fill(~mask[:, None, None, :], -1e4)
        bias = bias.expand(-1, 1, length, -1)
        if torch.is_autocast_enabled("cpu"):
            bias = bias.to(torch.bfloat16)
        for layer in self.layers:
            x = layer(x, bias, dropout)
        return x


Outputs = tuple[Tensor, Tensor, Tensor, Tensor]
"""Roles, edges, pairs, links: of every word, whatever it will be asked about."""


class Deeper(nn.Module):
    """A linear map with a layer beside it that at first adds nothing."""

    def __init__(self, plain: nn.Linear) -> None:
        super().__init__()
        self.plain = plain
        self.bend = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, plain.out_features)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, x: Tensor) -> Tensor:
        mapped: Tensor = self.plain(x) + self.out(F.gelu(self.bend(x)))
        return mapped


class Heads(nn.Module):
    """Word vectors to role logits, to edge scores, to the halves from which any cue's parts are scored, and to those
    from which any pronoun's antecedent is.
    """

    def __init__(self) -> None:
        super().__init__()
        self.roles = nn.Linear(WIDTH, ROLE_TAGS)
        self.edges = nn.Linear(WIDTH, EDGES)
        self.word = nn.Linear(WIDTH, HIDDEN)
        self.cue = nn.Linear(WIDTH, HIDDEN)
        self.key = nn.Linear(WIDTH, 2 * KEY)
        self.query = nn.Linear(WIDTH, 2 * KEY)
        self.distance = nn.Parameter(torch.zeros(2 * REACH + 1, HIDDEN))
        self.parts = nn.Linear(HIDDEN, PART_TAGS)
        self.ask: nn.Module = nn.Linear(WIDTH, POINTER)
        self.answer: nn.Module = nn.Linear(WIDTH, POINTER)
        self.none: nn.Module = nn.Linear(WIDTH, 1)
        self.behind = nn.Parameter(torch.zeros(2 * REACH + 1))

    def forward(self, x: Tensor) -> Outputs:
        """(b, n, width) to roles (b, n, 7), edges (b, n, 4), pairs (b, n, 512): word, cue, key, query, and links
        (b, n, 193): what a pronoun asks for, what a word answers to, whether it asks for nothing in view.
        """
        pairs = torch.cat([self.word(x), self.cue(x), self.key(x), self.query(x)], -1)
        links = torch.cat([self.ask(x), self.answer(x), self.none(x)], -1)
        return self.roles(x), self.edges(x), pairs, links

    def deepen_pointers(self) -> Iterator[nn.Parameter]:
        """Give the pointers a layer more, and their parameters, with nothing changed in what they say so far."""
        self.ask, self.answer, self.none = (Deeper(plain) for plain in (self.ask, self.answer, self.none))
        for part in (self.ask, self.answer, self.none):
            yield from part.parameters()
        yield self.behind

    def score_links(self, links: Tensor, batch: Tensor, at: Tensor, barred: Tensor) -> Tensor:
        """Logits (a, n + 1) of what each of a pronouns means: every word, and last none of them.

        `batch` (a,) and `at` (a,) say in which window and at which word each stands; `barred` (b, n) bool are words
        that nobody can mean.
        """
        n = links.shape[1]
        asked = links[batch, at]
        match = (asked[:, None, :POINTER] * links[batch, :, POINTER : 2 * POINTER]).sum(-1) / 8
        distance = (at[:, None] - torch.arange(n)[None, :]).clamp(-REACH, REACH) + REACH
        match = (match + self.behind[distance]).masked_fill(barred[batch], -30.0)
        return torch.cat([match, asked[:, -1:]], -1)

    def score_parts(self, pairs: Tensor, batch: Tensor, cue: Tensor) -> Tensor:
        """Logits (c, n, 5) of every word's part in the attribution of each of c cues.

        `batch` (c,) and `cue` (c,) say in which window and at which word each cue begins.
        """
        word, head, key, query = pairs.split([HIDDEN, HIDDEN, 2 * KEY, 2 * KEY], -1)
        n = pairs.shape[1]
        distance = (torch.arange(n)[None, :] - cue[:, None]).clamp(-REACH, REACH) + REACH
        hidden = F.relu(word[batch] + head[batch, cue][:, None] + self.distance[distance])
        match = (key[batch].unflatten(-1, (2, KEY)) * query[batch, cue].unflatten(-1, (2, KEY))[:, None]).sum(-1) / 8
        spread = torch.stack([torch.zeros_like(match[..., 0]), *[match[..., i // 2] for i in range(4)]], -1)
        return self.parts(hidden) + spread


class Network(nn.Module):
    """Encoder and heads together."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.heads = Heads()

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor, first: Tensor, dropout: float = 0.0) -> Outputs:
        """What the heads say of the words whose first pieces are at `first` (b, n)."""
        x = self.encoder(pieces, features, mask, dropout)
        words = x.gather(1, first[:, :, None].expand(-1, -1, x.shape[2]))
        outputs: Outputs = self.heads(drop(words, dropout))
        return outputs


def load_pretrained(network: nn.Module, weights: Path) -> None:
    """Fill the encoder from the safetensors file of all-MiniLM-L6-v2. Raises KeyError when it holds something else."""
    from safetensors.torch import load_file

    state = {k.removeprefix("bert."): v for k, v in load_file(str(weights)).items()}
    encoder = network.encoder
    with torch.no_grad():
        encoder.pieces.weight.copy_(state["embeddings.word_embeddings.weight"])
        encoder.positions.weight.copy_(state["embeddings.position_embeddings.weight"])
        encoder.positions.weight.add_(state["embeddings.token_type_embeddings.weight"][0])
        _copy(encoder.norm, state, ["embeddings.LayerNorm"])
        for i, layer in enumerate(encoder.layers):
            at = f"encoder.layer.{i}."
            _copy(layer.qkv, state, [f"{at}attention.self.{x}" for x in ("query", "key", "value")])
            _copy(layer.out, state, [at + "attention.output.dense"])
            _copy(layer.norm_attention, state, [at + "attention.output.LayerNorm"])
            _copy(layer.up, state, [at + "intermediate.dense"])
            _copy(layer.down, state, [at + "output.dense"])
            _copy(layer.norm_output, state, [at + "output.LayerNorm"])


def weights_of(network: nn.Module) -> dict[str, Tensor]:
    """A copy of all its weights, by name, which learning on leaves as it is."""
    return {name: value.detach().clone() for name, value in network.state_dict().items()}


@torch.no_grad()
def average(network: nn.Module, other: dict[str, Tensor], share: float) -> None:
    """Move the weights in place towards others of the same network, which count `share` (0 to 1) in the average.

    WiSE-FT (Wortsman et al., CVPR 2022) for earlier ones, "model soups" (Wortsman et al., ICML 2022) for siblings.
    """
    for name, value in network.state_dict().items():
        value.lerp_(other[name], share)


def _copy(module: nn.Module, state: dict[str, Tensor], names: list[str]) -> None:
    for part in ("weight", "bias"):
        getattr(module, part).copy_(torch.cat([state[f"{name}.{part}"] for name in names]))
