"""The rooms of the house: what each part may import, lazy imports included."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "onrecord"
STAGES = {"records", "errors"}
MAY_IMPORT = {
    "records": {"export"},  # only _repr_html_, which notebooks look for on the record
    "errors": set(),
    "days": {"records"},
    "when": {"records", "days"},
    "names": set(),
    "paragraphs": {"records"},
    "roles": set(),
    "records_json": STAGES,
    "read": {*STAGES, "days"},
    "annotate": {*STAGES, "paragraphs"},
    "resolve": {*STAGES, "days", "names", "roles", "when"},
    "coding": {*STAGES, "names", "paragraphs", "when", "trails"},
    "across": {*STAGES, "names", "roles"},
    "topics": {*STAGES, "annotate", "trails"},
    "positions": {*STAGES, "names", "topics", "trails"},
    "trails": {*STAGES, "names", "across"},
    "store": STAGES,
    "export": STAGES,
    "workers": {*STAGES, "annotate", "pipeline"},
    "pipeline": {*STAGES, "read", "annotate", "resolve", "coding", "topics"},
    "watch": {*STAGES, "read", "pipeline"},
    "evaluate": {*STAGES, "read", "annotate", "resolve", "coding", "pipeline", "topics", "positions"},
    "training": {*STAGES, "read", "records_json", "annotate", "resolve", "coding", "evaluate", "trails", "topics"},
    "scale": {*STAGES, "annotate", "read", "pipeline", "workers", "store", "adding"},
    "adding": {*STAGES, "read", "pipeline", "workers", "store"},
    "events": {*STAGES, "coding", "store", "export"},  # the last only for what notebooks show
    "alike": {*STAGES, "annotate", "trails", "store"},
    "deciding": {*STAGES, "across", "store"},
    "explore": {*STAGES, "names", "store", "export", "across", "deciding", "trails", "alike", "positions", "topics"},
    "cli": {
        *STAGES, "read", "records_json", "pipeline", "watch", "adding", "scale", "across", "deciding", "trails",
        "store", "alike", "events", "export", "evaluate", "explore", "samples", "topics", "positions",
    },
    "__init__": {*STAGES, "pipeline"},
    "samples": set(),
}  # fmt: skip
ONLY_IN = {
    "onnxruntime": {"annotate", "training"},
    "torch": {"training"},
    "trafilatura": {"read"},
    "rapidfuzz": {"across", "trails"},
    "rensa": {"trails"},
    "Stemmer": {"coding", "trails"},
    "rich": {"cli", "export"},
    "urllib3": {"read"},
    "feedparser": {"read"},
    "warcio": {"read"},
    "lance": {"store"},
    "duckdb": {"store"},
    "obstore": {"store"},
    "pyarrow": {"store", "read", "cli", "export", "explore", "scale"},
    "ray": {"scale"},
    "matplotlib": {"export"},
    "fastapi": {"explore"},
    "starlette": {"explore"},
    "uvicorn": {"cli"},
    "mcp": {"explore"},
    "prometheus_client": {"explore"},
}
"""Outside packages that one room keeps to itself."""


def modules() -> list[Path]:
    return sorted(p for p in SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    return room_of(path.relative_to(SOURCE).parts[0].removesuffix(".py"))


def room_of(name: str) -> str:
    """The command line is one room, whatever the number of its files."""
    return "cli" if name.startswith("cli_") else name


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    here = room(path)
    ours = {room_of(name.split(".")[1]) for name in imports(path) if name.startswith("onrecord.")}
    assert ours - {here} <= MAY_IMPORT[here]


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_outside_packages_stay_in_their_room(path: Path) -> None:
    outside = {name.split(".")[0] for name in imports(path)}
    for package, rooms in ONLY_IN.items():
        if package in outside:
            assert room(path) in rooms, f"{package} belongs in {rooms}"


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("__init__.py")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_init_files_hold_no_logic(path: Path) -> None:
    for node in ast.parse(path.read_text("utf-8")).body:
        assert isinstance(node, ast.ImportFrom | ast.Assign | ast.Expr), f"{path}: line {node.lineno}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_files_stay_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400
