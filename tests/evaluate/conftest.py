"""The scoring scripts and gold files that lie beside the repository, when they do: ours are held equal to them."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.fixture(scope="session")
def load_script() -> Callable[[str], ModuleType]:
    """Loads ../shared/score/<name>.py as a module; the test is skipped where it is absent."""

    def load(name: str) -> ModuleType:
        path = SHARED / "score" / f"{name}.py"
        if not path.exists():
            pytest.skip(f"no {path.name} in ../shared/score: nothing to hold ours equal to")
        spec = importlib.util.spec_from_file_location(f"shared_{name}", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        before = sys.dont_write_bytecode, sys.path[:]
        sys.dont_write_bytecode = True
        try:
            spec.loader.exec_module(module)
        finally:
            sys.dont_write_bytecode, sys.path[:] = before
        return module

    return load


@pytest.fixture(scope="session")
def shared_data() -> Callable[..., Path]:
    """The path of ../shared/data/<parts>; the test is skipped where it is absent."""

    def find(*parts: str) -> Path:
        path = SHARED.joinpath("data", *parts)
        if not path.exists():
            pytest.skip(f"no {'/'.join(parts)} in ../shared/data")
        return path

    return find
