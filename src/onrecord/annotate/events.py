"""What the event network says of pairs of actors."""

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "EMBARGO", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
"""PLOVER's sixteen, and economic sanctions apart: PLOVER's table of 2021 has them under COERCE."""
STATUSES = ("asserted", "negated", "conditional", "future", "demanded")
