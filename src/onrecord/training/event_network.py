"""The network that is trained for events: an encoder over a sentence with marked actors, and heads over their pairs.

One pass serves all pairs of a sentence. Each pair looks for the words that tell what one does to the other (its
trigger); from these, the two actors and the sentence follow whether there is an event, which, and in what status.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from onrecord.annotate.events import STATUSES, TYPES
from onrecord.training.event_corpus import PairBatch
from onrecord.training.network import WIDTH, Encoder, drop

KEY = 128
MARKS = 2
ATTITUDES = 3
"""Against, neither, for."""
NARROW = 128
"""Width of the layer from which an attitude follows."""

Pair = tuple[Tensor, Tensor]
PairOutputs = tuple[Tensor, Tensor, Tensor, Tensor]
"""Of q pairs: log-odds of an event (q,), types (q, 17), statuses (q, 5), and the trigger's words (q, n) logits."""
Outputs = tuple[Tensor, Tensor, Tensor, Tensor, Tensor]
"""The same, and of t targets the attitudes (t, 3) logits."""


class PairHeads(nn.Module):
    """Word vectors to what is said of pairs."""

    def __init__(self) -> None:
        super().__init__()
        self.marks = nn.Embedding(MARKS, WIDTH)
        nn.init.normal_(self.marks.weight, std=0.02)
        nn.init.zeros_(self.marks.weight[0])
        self.query = nn.Linear(2 * WIDTH, KEY)
        self.key = nn.Linear(WIDTH, KEY)
        self.mix = nn.Linear(4 * WIDTH, WIDTH)
        self.event = nn.Linear(WIDTH, 1)
        self.types = nn.Linear(WIDTH, len(TYPES))
        self.status = nn.Linear(WIDTH, len(STATUSES))
        self.target_query = nn.Linear(WIDTH, NARROW)
        self.target_key = nn.Linear(WIDTH, NARROW)
        self.target_mix = nn.Linear(3 * WIDTH, NARROW)
        self.attitude = nn.Linear(NARROW, ATTITUDES)

    def attitudes(
        self, words: Tensor, whole: Tensor, target: Tensor, open_: Tensor | None = None, dropout: float = 0.0
    ) -> Tensor:
        """Logits (t, 3) of the attitude that a sentence shows to each of t targets (t, w); the rest as in `forward`."""
        match = (self.target_key(words) @ self.target_query(target)[:, :, None])[..., 0] / NARROW**0.5
        if open_ is not None:
            match = match.masked_fill(~open_, -1e4)
        told = (match.softmax(-1)[:, None] @ words)[:, 0]
        mixed = drop(F.gelu(self.target_mix(torch.cat([target, told, whole], -1))), dropout)
        logits: Tensor = self.attitude(mixed)
        return logits

    def forward(
        self,
        words: Tensor,
        whole: Tensor,
        pair: tuple[Tensor, Tensor],
        open_: Tensor | None = None,
        dropout: float = 0.0,
    ) -> PairOutputs:
        """`words` (q, n, w) of each pair's sentence, or (1, n, w) when all have the same; `whole` (q, w) its mean;
        actors and recipients (q, w); `open_` (q, n) bool says where words are, when some sentences are padded.
        """
        actor, recipient = pair
        query = self.query(torch.cat([actor, recipient], -1))
        match = (self.key(words) @ query[:, :, None])[..., 0] / KEY**0.5
        if open_ is not None:
            match = match.masked_fill(~open_, -1e4)
        told = (match.softmax(-1)[:, None] @ words)[:, 0]
        mixed = F.gelu(self.mix(torch.cat([actor, recipient, told, whole], -1)))
        mixed = drop(mixed, dropout)
        return self.event(mixed)[:, 0], self.types(mixed), self.status(mixed), match


class EventNetwork(nn.Module):
    """Encoder, marks and heads."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.heads = PairHeads()

    def forward(self, batch: PairBatch, dropout: float = 0.0) -> Outputs:
        """What the heads say of every pair and every target of the batch."""
        x = self.encoder(batch.pieces, batch.features, batch.mask, dropout, self.heads.marks(batch.marks))
        words = x.gather(1, batch.first[:, :, None].expand(-1, -1, x.shape[2]))
        parts = batch.pool.to(words.dtype) @ words
        size = batch.mask.sum(1, keepdim=True).to(x.dtype)
        whole = (x * batch.mask[:, :, None]).sum(1) / size
        at, on = batch.at, batch.felt_at
        pair = (parts[at, batch.actor], parts[at, batch.recipient])
        told: PairOutputs = self.heads(words[at], whole[at], pair, batch.words[at], dropout)
        felt = self.heads.attitudes(words[on], whole[on], parts[on, batch.target], batch.words[on], dropout)
        return *told, felt
