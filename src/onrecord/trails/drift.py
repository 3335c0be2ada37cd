"""What became of an utterance's words from one report to another, and which differences may change its sense.

`differences` are word by word. `changes` holds a member of a trail to the fullest wording, sentence by sentence: of the
sentences that it tells, was a negation, a condition or a hedge left out, another number put in, or a negation? And to
all fuller wordings: do quotation marks stand around words that none of them has? Changes are shown, never judged: a
paraphrase may be right, and the fuller wording wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rapidfuzz.distance import Levenshtein

from onrecord.trails.sayings import Saying
from onrecord.trails.words import Word, is_number, stem_of

Kind = Literal["negation gone", "negation added", "condition gone", "number changed", "hedge gone", "quotation marks"]


def _stems(line: str) -> frozenset[str]:
    return frozenset(stem_of(word) for word in line.split())


NEGATIONS = _stems("not no never nor none neither cannot nobody nothing nowhere")
_DENIALS = NEGATIONS | _stems(
    "without refuse refused refusal reject rejection deny denied denial rule ruled out fail failed failure lack unable "
    "against stop stopped oppose opposed opposition avoid prevent impossible unlikely unwilling unacceptable exclude "
    "excluded decline declined dismiss dismissed barely hardly ban banned bar barred halt end ended free absence short "
    "instead rather less few little yet exempt untrue false wrong nonsense groundless unfounded contrary innocent zero"
)
"""Words that say no in their own way: where one of these stands, a "not" that is missing is not missed."""
CONDITIONS = _stems("if unless provided providing")
_SUPPOSITIONS = CONDITIONS | _stems(
    "until condition conditions conditional case event when once should would were whether response any without "
    "depend depends depending subject assuming long only require requires after in-case"
)
HEDGES = _stems(
    "may might could perhaps possibly possible probably probable likely apparently appear appears appeared seem seems "
    "seemed reportedly allegedly alleged suspected potentially maybe suggests suggest suggested"
)
_DOUBTS = HEDGES | _stems(
    "think thinks thought believe believes believed expect expects expected fear fears feared can potential risk "
    "chance would should assume guess unclear whether suspicion supposed rumoured indicate "
    "indicates indicated warn warned"
)
_ROUGHLY = _stems("about around nearly almost some roughly approximately over least more than up close under")
_SCALES = {"hundr": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
TOLD = 0.4
"""Share of a sentence's weight that a member has, from which on it is taken to tell that sentence."""
SHORT = 6
"""Words of a quotation up to which marks are put around a word; longer ones are more text, not other text."""
_HARMLESS = _stems("choice doubt question only longer more just wonder matter less before but")
"""After a negation: "no doubt", "not only", "cannot but" turn nothing round."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference that may change the sense."""

    kind: Kind
    was: str
    """The words concerned in the fuller wording; "" when it has none."""
    now: str
    """Those in this one."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One run of words that differ: which of the fuller wording's, by which of the other's; either may be empty."""

    was: tuple[int, int]
    now: tuple[int, int]
    """[start, end) of the word numbers in `Saying.words`."""


def differences(fuller: Saying, other: Saying) -> list[Difference]:
    """Word by word, by the fewest words taken out, put in or replaced; case, endings and spelling do not count."""
    return word_differences(fuller.words, other.words)


def word_differences(fuller: Sequence[Word], other: Sequence[Word]) -> list[Difference]:
    """The same of words alone."""
    found = Levenshtein.opcodes([w.stem for w in fuller], [w.stem for w in other])
    return [Difference((o.src_start, o.src_end), (o.dest_start, o.dest_end)) for o in found if o.tag != "equal"]


def changes(member: Saying, fuller: Sequence[Saying]) -> tuple[Change, ...]:
    """What may change the sense of a member, beside those with fuller wordings (the fullest first)."""
    if not fuller:
        return ()
    sentences = list(_told(fuller[0], member, [w.opens for w in fuller[0].words]))
    parts = list(_told(fuller[0], member, [w.parts for w in fuller[0].words]))
    return (*_turned(fuller[0], sentences, parts, member), *_numbers(sentences, member), *_marks(member, fuller))


def _told(fullest: Saying, member: Saying, begins: Sequence[bool]) -> Iterator[list[Word]]:
    """The sentences (or other pieces, where they begin) of the fullest wording that a member tells."""
    starts = [n for n, begin in enumerate(begins) if begin]
    for start, end in pairwise([*starts, len(fullest.words)]):
        piece = list(fullest.words[start:end])
        weights = {w.stem: fullest.weights[w.stem] for w in piece if w.stem in fullest.weights}
        told = sum(weight for stem, weight in weights.items() if stem in member.weights)
        if weights and told >= TOLD * sum(weights.values()):
            yield piece


def _turned(
    fullest: Saying, sentences: Sequence[list[Word]], parts: Sequence[list[Word]], member: Saying
) -> Iterator[Change]:
    """Words that turn the sense, which the member has not, nor any that would do instead; and negations that it adds.

    A condition turns its whole sentence, a negation or a hedge the part between commas that it stands in.
    """
    whole = [word for sentence in sentences for word in sentence]
    near = [word for part in parts for word in part]
    now = {word.stem for word in member.words} | member.said_with
    kinds: tuple[tuple[Kind, list[Word], frozenset[str], frozenset[str]], ...] = (
        ("negation gone", near, NEGATIONS, _DENIALS),
        ("condition gone", whole, CONDITIONS, _SUPPOSITIONS),
        ("hedge gone", near, HEDGES, _DOUBTS),
    )
    for kind, was, turning, instead in kinds:
        lost = _turning(was, turning)
        if lost and not _having(now, instead):
            yield Change(kind, lost, "")
    added = _turning(member.words, NEGATIONS)
    if near and added and not _having({word.stem for word in fullest.words}, _DENIALS):
        yield Change("negation added", "", added)


def _turning(words: Sequence[Word], family: frozenset[str]) -> str:
    """The words of a family, in order; those that turn nothing round left out."""
    found = []
    for n, word in enumerate(words):
        harmless = _is_harmless(words, n) if family is NEGATIONS else family is HEDGES and _is_no_hedge(words, n)
        if _having({word.stem}, family) and not harmless:
            found.append(word.form)
    return " ".join(found)


def _is_harmless(words: Sequence[Word], n: int) -> bool:
    """Whether a negation turns nothing round, as in "no doubt", "why not"."""
    return any(w.stem in _HARMLESS for w in words[n + 1 : n + 2]) or any(
        w.stem == "whi" for w in words[max(0, n - 1) : n]
    )


def _is_no_hedge(words: Sequence[Word], n: int) -> bool:
    """Whether "May" is the month, or "may" what is allowed to nobody."""
    if words[n].stem != "may":
        return False
    return (words[n].form == "May" and not words[n].opens) or bool({w.stem for w in words[:n]} & NEGATIONS)


def _having(stems: set[str], family: frozenset[str]) -> set[str]:
    """Those of the family; of negations also the contracted ones, and words such as "unsafe" beside "not safe"."""
    found = stems & family
    if family >= NEGATIONS:
        found |= {stem for stem in stems if stem.endswith("n't")}
    if family is _DENIALS:
        found |= {stem for stem in stems if stem.startswith(("un", "non", "in", "im", "dis")) and len(stem) > 4}
    return found


def _numbers(told: Sequence[Sequence[Word]], member: Saying) -> Iterator[Change]:
    """Numbers of the member that the sentences it tells do not have, where these have another of the same thing."""
    was = [figure for sentence in told for figure in _figures(sentence)]
    now = list(_figures(member.words))
    for figure in now:
        if any(figure.agrees(other) for other in was):
            continue
        same = [o for o in was if o.of == figure.of and not any(o.agrees(n) for n in now)]
        if same:
            yield Change("number changed", same[0].text, figure.text)


@dataclass(frozen=True, slots=True)
class _Figure:
    value: float
    of: str
    """What is counted: the next word that is no number and no scale."""
    rough: bool
    text: str

    def agrees(self, other: "_Figure") -> bool:
        span = 0.15 if self.rough or other.rough else 0.005
        return abs(self.value - other.value) <= span * max(abs(self.value), abs(other.value))


def _figures(words: Sequence[Word]) -> Iterator[_Figure]:
    for n, word in enumerate(words):
        if not is_number(word.stem) or word.stem.count(".") > 1:
            continue
        value, after = float(word.stem), n + 1
        while after < len(words) and words[after].stem in _SCALES:
            value *= _SCALES[words[after].stem]
            after += 1
        rough = bool(_ROUGHLY & {w.stem for w in words[max(0, n - 3) : n]})
        of = words[after].stem if after < len(words) else ""
        yield _Figure(value, of, rough, " ".join(w.form for w in words[n : after + 1]))


def _marks(member: Saying, fuller: Sequence[Saying]) -> Iterator[Change]:
    """Runs of quoted words of which fuller wordings, quoted themselves, do not have even half."""
    if not fuller[0].quoted:
        return
    known = {word.stem for other in fuller for word in other.words}
    for run in member.quotations:
        weights = {w.stem: member.weights[w.stem] for w in run if w.stem in member.weights}
        lacking = sum(weight for stem, weight in weights.items() if stem not in known)
        if weights and len(run) <= SHORT and lacking > 0.5 * sum(weights.values()):
            yield Change("quotation marks", "", " ".join(w.form for w in run))
