"""How like a statement each topic is, by the vectors that the encoder has for their wordpieces.

A topic's vector is that of its name, description, words and examples, less what all topics have in common; a
statement's is the sum of its content's and that of the beginning of its article, which tells what "they" will not
accept. The words need not be the same: doctors and patients are near hospitals.
"""

from collections.abc import Sequence

from onrecord.annotate.meaning import Floats, unit, vectors_in, vectors_of
from onrecord.annotate.parallel import OneBlasThread
from onrecord.records import Spans
from onrecord.topics.scheme import Scheme, Topic

BEGINNING = 1000
"""Code points of an article that say what it is about; more of them told topics no better."""


class Likeness:
    """The vectors of a scheme's topics; `number` is the place of each, by code.

    Raises ModelError when the model's files are missing.
    """

    def __init__(self, scheme: Scheme) -> None:
        vectors = vectors_of([_told(topic) for topic in scheme.topics.values()])
        self._vectors = unit(vectors - vectors.mean(0))
        self.number = {code: number for number, code in enumerate(scheme.topics)}

    def of(self, text: str, contents: Sequence[Spans]) -> Floats:
        """(contents, topics) how like each of some contents in an article's text each topic is, -1 to 1."""
        with OneBlasThread():
            about = vectors_in(text, [((0, BEGINNING),)])
            likeness: Floats = unit(vectors_in(text, contents) + about) @ self._vectors.T
        return likeness


def _told(topic: Topic) -> str:
    words = (term.removeprefix("=") for term in (*topic.terms, *topic.hints))
    return " ".join((topic.name, topic.about, *words, *topic.examples))
