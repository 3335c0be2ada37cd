"""The way from bytes to records, stage by stage. Open this file first."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from onrecord.errors import InputError
from onrecord.read.articles import article_from_text, read_articles
from onrecord.read.fields import Options
from onrecord.records import Annotation, Article, Record


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is done."""

    threads: int = 0
    """For the encoder; 0 means as many as there are cores."""
    nested: bool = True
    """Read contents once more for statements inside them."""
    events: bool = True
    """Code events and stances."""
    topics: Path | None = None
    """A file of the user's own topics, beside the shipped ones."""
    gpu: bool = False
    """Run the networks on a GPU, where onnxruntime-gpu is installed."""


# what a stage needs is imported with the first article: numpy and the tables of words would take most of the time of
# `import onrecord`


def record_of(article: Article, settings: Settings) -> Record:
    """One article through every stage after reading."""
    return records_at_once([article], settings)[0]


def records_at_once(articles: Sequence[Article], settings: Settings) -> list[Record]:
    """Some articles through every stage after reading, all of them through one before the next.

    On one thread faster by a tenth than one by one: a network, and the code of a stage, stay in the processor's caches.
    """
    from onrecord.annotate import session, stage

    model = session.load(settings.threads, settings.gpu)
    found = stage.annotate_all(articles, model, settings.nested)  # 2. find attributions
    return _told(list(zip(articles, found, strict=True)), settings)


def records_of(articles: Iterable[Article | InputError], settings: Settings) -> Iterator[Record | InputError]:
    """Many articles through every stage after reading, in order; what could not be read comes as it is.

    Faster than one by one: on several threads the encoder reads on while the rest is done for an article.
    """
    from onrecord.annotate import session, stage

    model = session.load(settings.threads, settings.gpu)
    for found in stage.annotate_each(articles, model, settings.nested):  # 2. find attributions
        if isinstance(found, InputError):
            yield found
        else:
            yield from _told([found], settings)


def _told(annotated: Sequence[tuple[Article, Annotation]], settings: Settings) -> list[Record]:
    from onrecord.annotate import meaning
    from onrecord.annotate.events import load_events, read_scenes
    from onrecord.coding.acts import with_criticism
    from onrecord.coding.implied import with_implied
    from onrecord.coding.readiness import with_readiness
    from onrecord.coding.scenes import scenes
    from onrecord.coding.stage import code
    from onrecord.coding.stances import with_stances
    from onrecord.resolve.actors.registry import Registry
    from onrecord.resolve.speakers import resolve
    from onrecord.topics.classify import with_topics
    from onrecord.topics.scheme import load

    actors, topics = Registry.load(), load(settings.topics)
    named = (meaning.with_meanings(resolve(article, found, actors)) for article, found in annotated)  # 3. name speakers
    records = [with_topics(record, topics) for record in named]  # 4. say what they speak about
    if not settings.events:
        return records
    asked = [scenes(record) for record in records]  # 5. see which actors meet in a sentence
    model = load_events(settings.threads, settings.gpu)
    # 6. read what one does to, or thinks of, another
    read = [read_scenes(one.article.text, seen, model) for one, seen in zip(records, asked, strict=True)]
    coded = (
        # 7. say what was done to whom, and on whose word; 8. say which speakers are for or against whom
        with_stances(code(record, *with_implied(record, seen, told)), seen, feelings)
        for record, seen, (deeds, feelings) in zip(records, asked, read, strict=True)
        for told in [with_criticism(record, seen, with_readiness(record, seen, deeds), feelings)]
    )
    return [
        replace(record, model="+".join((found.model, model.version, meaning.VERSION)))
        for record, (_, found) in zip(coded, annotated, strict=True)
    ]


def model_version() -> str:
    """The version of the models that `record_of` reads with."""
    from onrecord.annotate import events, meaning, session

    return "+".join((session.shipped_version(), events.shipped_version(), meaning.VERSION))


def read_all(
    paths: Sequence[str | Path], settings: Settings | None = None, options: Options | None = None
) -> Iterator[Record | InputError]:
    """Records of every article in files, folders, patterns, web addresses and "-", lazily and in order.

    What cannot be read comes as the error in its place; the rest goes on. `options` say how files are read where there
    is a choice.
    """
    yield from records_of(read_articles(paths, options=options), settings or Settings())  # 1. read


def read(text_or_path: str | Path, settings: Settings | None = None) -> Record:
    """The record of one article, given as its text, or as the path or web address of a file that holds it.

    A string is a path when a file of that name exists, an address when it is one and nothing else, else the text
    itself. Raises InputError when the file cannot be read or holds more than one article (`read_all` reads those).
    """
    settings = settings or Settings()
    if isinstance(text_or_path, str) and not _is_file(text_or_path) and not _is_address(text_or_path):
        return record_of(article_from_text(text_or_path), settings)
    found = list(read_articles([text_or_path]))
    errors = [f for f in found if isinstance(f, InputError)]
    if errors:
        raise errors[0]
    if len(found) != 1:
        raise InputError(str(text_or_path), f"holds {len(found)} articles; use onrecord.read_all for more than one")
    return record_of(next(f for f in found if not isinstance(f, InputError)), settings)


def _is_address(text: str) -> bool:
    return re.fullmatch(r"https?://\S+", text) is not None


def _is_file(text: str) -> bool:
    # a text is no path: paths have no line breaks, and the system's limit on a name is 255 bytes a part
    if "\n" in text or "\0" in text or len(text) > 4096:
        return False
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # too long for a name, or lone surrogates in it: not a path on this system
        return False
