"""Archives in a temporary folder, and records built by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.records import Article, Entity, Mention, Record, Statement
from onrecord.store.archive import Archive

Build = Callable[..., Record]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.make(tmp_path / "news.archive")


def said(id_: str = "a1", content: str = "Taxes will fall", speaker: str = "Ada Brandt", **fields: object) -> Record:
    """A record of one statement: CONTENT, SPEAKER said. `fields` go to the article, but for those of the statement,
    which begin with `s_`, and the speaker's, which begin with `e_`."""
    text = f"{content}, {speaker} said."
    start = len(content) + 2
    end = start + len(speaker)
    own = {name: value for name, value in fields.items() if not name.startswith(("s_", "e_"))}
    of_statement = {name[2:]: value for name, value in fields.items() if name.startswith("s_")}
    of_speaker = {name[2:]: value for name, value in fields.items() if name.startswith("e_")}
    about = tuple(
        Entity(f"e{n}", name, "organization", True, code=name)
        for n, name in enumerate(of_statement.pop("about", ()), 2)
    )  # type: ignore[arg-type, var-annotated]
    statement = {"quote": "direct", "speaker": "e1", "parent": None, "confidence": 0.9, **of_statement}
    return Record(
        Article(id_, text, **own),  # type: ignore[arg-type]
        (Entity("e1", speaker, "person", True, mentions=(Mention((start, end), "name"),), **of_speaker), *about),  # type: ignore[arg-type]
        (
            Statement(
                "s1",
                ((start, end),),
                ((end + 1, end + 5),),
                ((0, len(content)),),
                about=tuple(e.id for e in about),
                **statement,  # type: ignore[arg-type]
            ),
        ),
        model="m1",
    )


@pytest.fixture(scope="session")
def build() -> Build:
    return said
