"""The lists kept by hand beside this file, of public facts that no source here states in a form to be read."""

from collections.abc import Iterator
from pathlib import Path

_FOLDER = Path(__file__).parent / "lists"


def rows(name: str, columns: int) -> Iterator[list[str]]:
    """The lines of `lists/<name>.tsv` as `columns` cells; cells left out at the end are empty."""
    for line in (_FOLDER / f"{name}.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("//"):
            cells = line.split("\t")
            yield cells + [""] * (columns - len(cells))


def table_line(*cells: str) -> str:
    """id, code, kind, country, role, names, terms."""
    assert len(cells) == 7, cells
    return "\t".join(cells)
