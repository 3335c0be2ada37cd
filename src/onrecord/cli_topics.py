"""The commands on topics: `eval topics`, and the file of own topics that others take. Thin, as in `cli.py`."""

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli_next import few, say_next
from onrecord.errors import InputError

Topics = Annotated[
    Path | None, typer.Option("--topics", help="Your own topics, a TOML file (docs/topics.md); else ONRECORD_TOPICS.")
]


def own_topics(given: Path | None) -> Path | None:
    """The file of own topics that is meant, None for none. Raises InputError when it cannot be taken."""
    from onrecord.topics.scheme import ENVIRONMENT, load

    named = os.environ.get(ENVIRONMENT)
    path = given or (Path(named) if named else None)
    load(path)
    return path


def register(evaluate: typer.Typer) -> None:
    """Add the command to the command line."""
    evaluate.command("topics")(evaluate_topics)


def evaluate_topics(
    gold: Annotated[Path, typer.Argument(help="Judged statements, one JSON object each.", exists=True, dir_okay=False)],
    news: Annotated[list[str], typer.Argument(help="Files with the articles that they are from.")],
    *,
    part: Annotated[str, typer.Option(help="Which of them: those of this `part`, or all.")] = "all",
    topics: Topics = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of lines.")] = False,
) -> None:
    """Topics against statements that were judged by reading."""
    from onrecord.evaluate import topics as scorer
    from onrecord.read.articles import read_articles
    from onrecord.topics.scheme import load

    judged = [one for one in scorer.load_gold(gold) if part in ("all", one.part)]
    articles = (a for a in read_articles(news) if not isinstance(a, InputError))
    score = scorer.score(judged, articles, load(own_topics(topics)))
    typer.echo(json.dumps(score.to_dict(), indent=1) if as_json else scorer.format_score(score))
    if not as_json:
        say_next("read", *few(news))
