"""The reporting words around a statement: its sentence with what was said blanked out, cut into zones.

    In an interview with the Herald, | Ada Brandt, | speaking on Monday, | said | in Port Avel | that …, Coral reported.
    opening                            source        between               cue    after               tail

What stands in a zone speaks of this statement; what stands elsewhere in the sentence may speak of anything.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from onrecord.records import Attribution, Span, Spans
from onrecord.resolve.wording import either

BLANK = "\ufffc"
"""Stands for each character of a content: no word, no space, no punctuation."""

_REACH = 700  # characters a sentence may run on either side, contents not counted: longer ones are page debris

_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Maj|Lt|Capt|Sgt|Adm|Cmdr|Sen|Rep|Gov|Rev|Hon|Amb|St|Jr|Sr|No|vs|Inc|Corp|Ltd|Co"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat|Sun|a\.m|p\.m|U\.S|U\.K|U\.N"
    r"|E\.U|D\.C)|(?<![^\W_])[A-Z])\Z"
)
_END = re.compile(
    r"[.!?…]+[”’\"')\]]*(?=\s+[^\s\W_a-z]|\s+[“‘\"'(\[" + BLANK + r"]|\s*\Z)|\n\s*\n|(?<=[.!?:”\"’)\]])\s*\n"
)

_BLANKS = re.compile(BLANK)
_RELATIVE = re.compile(r"\b(?:who(?! (?:spoke|talked) (?:to|with))|which|whose|whom|where)\b")
_SIDELINES = re.compile(r"\bwhen (?:he|she|they) (?:was|were) asked\b[^,.;]*")
_AIRED = r"(?:aired|airs|ran|was (?:aired|published|broadcast|posted))"
_SAME_OCCASION = r"(?:an? |the |his |her |their |its )?(?:\w+ing|talks|meetings?|summit|session)\b"
# What begins another clause, with verbs of its own; "after meeting him" and "that aired Monday" go on with this one.
_CLAUSE_WORDS = either(rf"""
    when, while, because, although, though, which, who, whose, whom, where, that(?! {_AIRED}), if, but, whereas, since
    until, amid, as, (?:after|before)(?! {_SAME_OCCASION}), about, regarding, concerning, referring, alluding, reacting
    following, ahead
""")
_BARRIER = re.compile(rf"[;:]|\b{_CLAUSE_WORDS}\b")
_STARTERS = either("""
    on, in, at, during, speaking, talking, asked, writing, appearing, addressing, responding, challenged, pressed
    questioned, reached, contacted, earlier, late, early, later, last, this, yesterday, today, tonight, according
    citing, via, through, from, quoting, quoted, interviewed, (?:mon|tues|wednes|thurs|fri|satur|sun)day
""")
_OPENS = re.compile(rf"\W*(?:(?:but|and|yet|also|later|then|however,|meanwhile,) )?{_STARTERS}\b", re.IGNORECASE)
_ANOTHER_CLAUSE = re.compile(r", (?:and|but|while|as|so)\b|\b(?:after|before|when|while|as|because) \S+ \w+ed\b")


@dataclass(frozen=True, slots=True)
class Frame:
    """Zones as spans of the article; `words` is the blanked sentence and `start` where it begins in the article."""

    words: str
    start: int
    source: Spans
    cue: Spans
    opening: Span | None
    between: Spans
    after: Span
    resumed: Spans
    """After pieces of the content that follow the cue: said …, on Twitter; warned against …, in an interview."""
    tail: Span

    @property
    def end(self) -> int:
        return self.start + len(self.words)

    @property
    def core(self) -> Span:
        """From the first word of source and cue to their last in this sentence."""
        spans = [*self.source, *self.cue] or [(self.after[0], self.after[0])]
        return min(a for a, _ in spans), max(b for _, b in spans)

    @property
    def zones(self) -> Spans:
        """The cue and where adjuncts belong to it, the nearest first."""
        opening = (self.opening,) if self.opening else ()
        return (*self.cue, self.after, *self.between, *self.source, *opening, *self.resumed)

    def text(self, span: Span) -> str:
        """The blanked words of a span that lies in this sentence."""
        return self.words[span[0] - self.start : span[1] - self.start]

    def in_zones(self, place: int) -> bool:
        return any(a <= place < b for a, b in self.zones)


def frame_of(text: str, attribution: Attribution, others: Iterable[Attribution] = (), within: Spans = ()) -> Frame:
    """The frame of one attribution.

    `others` are the article's other attributions: their contents are blanked too, unless this one stands in them.
    `within` is the content of the parent, whose edges a nested statement's words do not cross.
    """
    anchor = _anchor(attribution)
    low, high = _bounds(text, attribution, anchor, within)
    own = [*attribution.source, *attribution.cue]
    hidden = [*attribution.content]
    for other in others:
        hidden += [c for c in other.content if not any(c[0] < b and a < c[1] for a, b in own)]
    words = _blanked(text[low:high], low, hidden, own)
    start, end = (low + place for place in _sentence(words, anchor[0] - low, anchor[1] - low))
    words = words[start - low : end - low]
    source, cue = _inside(attribution.source, start, end), _inside(attribution.cue, start, end)
    core = (min(a for a, _ in source + cue), max(b for _, b in source + cue)) if source + cue else anchor
    opening = _opening(words[: core[0] - start])
    return Frame(
        words=words,
        start=start,
        source=source,
        cue=cue,
        opening=(start, start + opening) if opening else None,
        between=_between(words, start, sorted({*source, *cue})),
        after=_after(words, start, core[1]),
        resumed=_resumed(words, start, _inside(attribution.content, core[1], end)),
        tail=(core[1], end),
    )


def _anchor(attribution: Attribution) -> Span:
    spans = attribution.cue or attribution.source or attribution.content
    return spans[0] if spans else (0, 0)


def _bounds(text: str, attribution: Attribution, anchor: Span, within: Spans) -> Span:
    pieces = sorted([*attribution.content, anchor])
    around = [p for p in pieces if p[0] - _REACH <= anchor[1] and p[1] + _REACH >= anchor[0]]
    low = max(0, min(a for a, _ in around) - _REACH)
    high = min(len(text), max(b for _, b in around) + _REACH)
    for start, end in within:
        if start <= anchor[0] and anchor[1] <= end:
            return max(low, start), min(high, end)
    return low, high


def _blanked(words: str, start: int, hidden: Iterable[Span], own: Iterable[Span]) -> str:
    blanked = words
    for spans, letters in ((hidden, BLANK * len(words)), (own, words)):
        for a, b in spans:
            low, high = max(0, a - start), max(0, b - start)
            if low < high and low < len(words):
                blanked = blanked[:low] + letters[low:high] + blanked[high:]
    return blanked


def _sentence(words: str, first: int, last: int) -> Span:
    """The bounds of the sentence around words[first:last]."""
    start, end = 0, len(words)
    for match in _END.finditer(words):
        if match[0][0] == "." and _ABBREVIATED.search(words, max(0, match.start() - 6), match.start()):
            continue
        if match.end() <= first:
            start = match.end()
        elif match.start() >= last:
            end = match.end()
            break
    while start < first and words[start].isspace():
        start += 1
    return start, end


def _inside(spans: Spans, start: int, end: int) -> Spans:
    return tuple((max(a, start), min(b, end)) for a, b in spans if a < end and start < b)


def _opening(words: str) -> int:
    """The length of the adverbial a sentence opens with, 0 when it opens with anything else."""
    if not _OPENS.match(words) or _ANOTHER_CLAUSE.search(words):
        return 0
    last = words.rstrip(f" {BLANK}").rpartition(",")[2].split()
    bare = all(word[0].isupper() or word in ("the", "a", "an", "by", "in") for word in last)
    return len(words) if not last or bare or len(words.split()) <= 12 else 0


def _between(words: str, start: int, marks: list[Span]) -> Spans:
    """The words between the parts of source and cue, up to a relative clause."""
    found = []
    for (_, a), (b, _) in pairwise(marks):
        relative = _RELATIVE.search(words, a - start, b - start) if a < b else None
        end = start + relative.start() if relative else b
        if a < end:
            found.append((a, end))
    return tuple(found)


def _resumed(words: str, start: int, content: Spans) -> Spans:
    """The words behind each piece of the content, up to the next clause or the next piece."""
    found = []
    for _, end in content:
        place = end - start
        stops = [m.start() for m in (_BARRIER.search(words, place), _BLANKS.search(words, place)) if m]
        stop = min([len(words), *stops])
        if place < stop:
            found.append((end, start + stop))
    return tuple(found)


def _after(words: str, start: int, core: int) -> Span:
    """From the cue to what was said or to the next clause."""
    aside = _SIDELINES.search(words, core - start)
    skip = aside.end() if aside and not words[core - start : aside.start()].replace(BLANK, "").strip(" ,") else 0
    barrier = _BARRIER.search(words, max(core - start, skip))
    blank = words.find(BLANK, core - start)
    ends = [len(words), *([barrier.start()] if barrier else []), *([blank] if blank >= 0 and not skip else [])]
    return core, start + max(core - start, min(ends))
