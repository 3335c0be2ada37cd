"""One walk through an article: each pronoun and each source, in text order, to the entity it means."""

from onrecord.records import Annotation, Article, Attribution, EntityKind, Span, Spans
from onrecord.resolve import lexicon as lex
from onrecord.resolve.ahead import name_those_named_later
from onrecord.resolve.answers import Answer
from onrecord.resolve.authors import author_told, given_after_colon, interviewee, signed_below, speech_of, told_in_title
from onrecord.resolve.cast import Cast, Member
from onrecord.resolve.described import PAIRS, Described
from onrecord.resolve.expletive import stands_for_nothing
from onrecord.resolve.headlines import named_in_headline
from onrecord.resolve.names import find_names
from onrecord.resolve.phrases import Phrase, read_phrase
from onrecord.resolve.ranking import pointed, ranked
from onrecord.resolve.relatives import named_before, spoken_of
from onrecord.resolve.sides import other_side, side_of
from onrecord.resolve.together import all_of_whom, group_of, stand_together
from onrecord.resolve.words import Words, split_words

_KINDS: dict[str, EntityKind] = {"people": "group", "person": "person", "body": "organization"}
DOUBTFUL = 0.5
"""An "it" or "they" whose likeliest antecedent has less is no mention of it, unless it speaks."""
UNLIKELY = {"it": 0.11, "they": 0.2}
"""One whose likeliest antecedent has less speaks for nobody named."""
_PREPOSITIONS = lex.spelled("of in at on from by with for to about after before as like than")
OPENING = 3
"""Words from the beginning of what is said in which a pronoun opens it."""


class Resolver:
    """One walk through one article; holds who spoke last."""

    def __init__(self, article: Article, annotation: Annotation) -> None:
        self.article = article
        self.attributions = annotation.attributions
        self.words: Words = split_words(article.text)
        self.cast = Cast(self.words, find_names(self.words))
        self.cast.pointed = pointed(self.words, annotation.antecedents)
        stand_together(self.cast)
        self.described = Described(article, self.words, self.cast)
        self.answers: dict[int, Answer] = {}
        self.spoke_last: Member | None = None
        self.pronouns: dict[int, tuple[Member | None, float]] = {}

    def run(self) -> tuple[list[Answer], Cast]:
        """An answer for each attribution, and everyone on stage."""
        # whoever speaks around a statement is known before who speaks in it
        steps = [(self._at(i, a), 1 + self._depth(a), i) for i, a in enumerate(self.attributions)]
        steps += [
            (k, 0, k) for k, w in enumerate(self.words.lower) if w in lex.PRONOUN_GENDER or w in ("it", "its", "they")
        ]
        for _, what, index in sorted(steps):
            if what == 0:
                self.settle(index)
            else:
                self._answer(index)
        name_those_named_later(self.cast, self.attributions, self.answers)
        return [self.answers[i] for i in range(len(self.attributions))], self.cast

    def _at(self, index: int, attribution: Attribution) -> int:
        """The word where an attribution is looked at: its source, or without one its cue or content."""
        if attribution.parent is not None:  # after the words it stands in have a speaker
            outer = self._at(attribution.parent, self.attributions[attribution.parent])
        else:
            outer = 0
        spans = attribution.source or attribution.cue or attribution.content
        found = [k for s in spans[:1] for k in self.words.covering(s)]
        return max(found[0] if found else 0, outer)

    def _depth(self, attribution: Attribution) -> int:
        depth = 0
        while attribution.parent is not None:
            attribution, depth = self.attributions[attribution.parent], depth + 1
        return depth

    def _answer(self, index: int) -> None:
        attribution = self.attributions[index]
        phrase = read_phrase(self.words, self.cast, self._own_pieces(attribution))
        if phrase is None:
            answer = self._missing(index)
        elif phrase.kind == "names":
            answer = self._cut_short(phrase, attribution) or self._named(phrase, attribution)
        elif phrase.kind == "pronoun":
            answer = self._of_pronoun(index, phrase)
        else:
            answer = self._in_capitals(phrase, attribution) or self._described(phrase, attribution)
        self.answers[index] = answer
        if len(answer.speakers) == 1:
            self._open(attribution, answer.speakers[0][0])
        if answer.speakers and attribution.parent is None:
            people = [m for m, _ in answer.speakers]
            self.spoke_last = people[0] if len(people) == 1 else self._together(people, phrase)

    def _own_pieces(self, attribution: Attribution) -> Spans:
        """Of a source in pieces the one beside the cue, unless a preposition makes it part of another: the rest is of
        another clause. An article alone is no piece.
        """
        lower = self.words.lower
        pieces = [(span, self.words.covering(span)) for span in attribution.source]
        pieces = [(span, at) for span, at in pieces if any(lower[k] not in lex.DETERMINERS for k in at)] or pieces
        cue = self.words.covering(attribution.cue[0]) if attribution.cue else range(0)
        for span, at in pieces if cue and len(pieces) > 1 else ():
            beside = at.stop == cue.start or at.start == cue.stop
            if beside and lower[at.start - 1] not in _PREPOSITIONS:
                return (span,)
        return tuple(span for span, _ in pieces)

    def _open(self, attribution: Attribution, speaker: Member) -> None:
        """In "Smith said he …" a pronoun that opens what is said, outside quotation marks, is often the speaker."""
        for k in [k for span in attribution.content[:1] for k in self.words.covering(span)][:OPENING]:
            if not self.words.quoted[k]:
                self.cast.opened[k] = speaker

    def _together(self, people: list[Member], phrase: Phrase | None) -> Member:
        """Several speakers as one antecedent for "they"."""
        member = group_of(self.cast, people)
        if phrase:
            member.stands_at(phrase.head)
        return member

    def _cut_short(self, phrase: Phrase, attribution: Attribution) -> Answer | None:
        """The member whom a source names that ends inside what capitals make one name: "Ada Brandt Slams …"."""
        runs_on = phrase.names[-1][1].end > self.words.covering(attribution.source[-1]).stop
        return self._in_capitals(phrase, attribution) if runs_on else None

    def _named(self, phrase: Phrase, attribution: Attribution) -> Answer:
        for member, _ in phrase.names:
            if member.kind == "other" and " " in member.name:
                member.kind = "person"
        if len(phrase.names) == 1:
            return Answer(((phrase.names[0][0], attribution.source),), "name")
        starts, ends = self.words.starts, self.words.ends
        parts: dict[int, tuple[Member, Spans]] = {}
        for member, name in phrase.names:
            parts.setdefault(id(member), (member, ((starts[name.role_begin], ends[name.end - 1]),)))
        return Answer(tuple(parts.values()), "name")

    def settle(self, at: int) -> tuple[Member | None, float]:
        if at not in self.pronouns:
            likely = ranked(self.cast, self.words.lower[at], at, self.spoke_last)
            speaking = self._speaking(at) if len(likely) > 1 else None
            likely = [(member, share) for member, share in likely if member is not speaking]
            found, probability = max(likely, key=lambda f: f[1], default=(None, 0.0))
            if self.words.lower[at] == "it" and stands_for_nothing(self.words, at):
                found, probability = None, 0.0
            self.pronouns[at] = found, probability
            doubtful = self.words.lower[at] not in lex.PRONOUN_GENDER and probability < DOUBTFUL
            if found is not None and not doubtful:
                found.stands_at(at, self.words.lower[at] in ("his", "its"))
                if self.words.lower[at] in lex.PRONOUN_GENDER and probability > 0.6:
                    found.genders[lex.PRONOUN_GENDER[self.words.lower[at]]] += 1
                self._mention(found, at)
        return self.pronouns[at]

    def _speaking(self, at: int) -> Member | None:
        """Whose own words a pronoun stands in: inside quotation marks nobody calls themselves "he"."""
        if not self.words.quoted[at]:
            return None
        start = self.words.starts[at]
        for attribution in self.attributions:
            if attribution.quote == "direct" and any(a <= start < b for a, b in attribution.content):
                phrase = read_phrase(self.words, self.cast, attribution.source)
                if phrase and phrase.kind == "names" and len(phrase.names) == 1:
                    return phrase.names[0][0]
                if phrase and phrase.kind == "pronoun":
                    return self.pronouns.get(phrase.head, (None, 0.0))[0]
        return None

    def _mention(self, member: Member, at: int) -> None:
        span: Span = self.words.starts[at], self.words.ends[at]
        for one in member.members or (member,):
            one.mentions.setdefault(span, "pronoun")

    def _of_pronoun(self, index: int, phrase: Phrase) -> Answer:
        word, at, source = self.words.lower[phrase.head], phrase.head, self.attributions[index].source
        if word in lex.FIRST:
            return self._first_person(index, phrase)
        if word in lex.RELATIVE:
            return self._relative(phrase, source)
        if word in lex.PRONOUN_GENDER or word in lex.NEUTER or (word in lex.PLURAL and word not in ("these", "those")):
            found, probability = self.settle(at)
            if word in lex.PLURAL and self.attributions[index].parent is not None:
                other = self._other_side(index, at)
                if other is not None:
                    self._mention(other, at)
                    return Answer(((other, source),), "first person")
            if found is not None and self._may_speak(found, probability, word, at):
                self._mention(found, at)
                return Answer(tuple((m, source) for m in found.members or (found,)), "pronoun", probability)
        return self._unnamed(phrase, source, "pronoun")

    def _may_speak(self, found: Member, probability: float, word: str, at: int) -> bool:
        """Is what was found for a pronoun likely enough to be the speaker? "He" is somebody; "it" and "they" may well
        be a report, or people whom nobody names.
        """
        several = word in lex.PLURAL
        if several and self._nearer_people(found, at):
            return False
        if word in lex.PRONOUN_GENDER or not found.named or (several and found is self.spoke_last):
            return True
        return probability >= UNLIKELY["they" if several else "it"]

    def _other_side(self, index: int, at: int) -> Member | None:
        """Who "they" are in an official's "they tell us": the other side, unless the words before say plainly."""
        parent = self.attributions[index].parent
        speakers = self.answers[parent].speakers if parent is not None else ()
        if not speakers or max(self.cast.pointed.get(at, {}).values(), default=0.0) > 0.5:
            return None
        own = side_of(self.cast, speakers[0][0])
        told = [k for s in self.attributions[index].content[:1] for k in range(at, self.words.covering(s)[0])]
        if own is None or not any(self.words.lower[k] in lex.FIRST for k in told):
            return None
        return other_side(self.cast, own, at)

    def _nearer_people(self, found: Member, at: int) -> bool:
        """Do people whom nobody names ("voters") stand nearer to a "they" than the entity found for it?"""
        if found.members:
            return False
        last = max((p for p, _ in found.places if p < at), default=0)
        words = self.words
        for k in range(at - 1, last, -1):
            if words.sentence[at] - words.sentence[k] > 1:
                return False
            if words.lower[k] in lex.PLURAL_NOUNS or (
                words.lower[k].endswith(lex.PEOPLE_ENDS) and words.words[k][0].isalpha()
            ):
                return True
        return False

    def _first_person(self, index: int, phrase: Phrase) -> Answer:
        """I and we: the one whose words these are; outside quotations the writer."""
        attribution = self.attributions[index]
        outer = attribution.parent
        if outer is None and self.words.quoted[phrase.head]:
            outer = self._around(index)
        if outer is not None and outer in self.answers and self.answers[outer].speakers:
            speaker = self.answers[outer].speakers[0][0]
            self._mention(speaker, phrase.head)
            side = side_of(self.cast, speaker) if self.words.lower[phrase.head] in ("we", "us", "our") else None
            return Answer(((side or speaker, attribution.source),), "first person")
        told = not self.words.quoted[phrase.head] and phrase.text.casefold() in ("i", "me", "my", "myself")
        writer = self._writer(phrase.head) if told else None
        if writer is not None:
            self._mention(writer, phrase.head)
            return Answer(((writer, attribution.source),), "name")
        return self._unnamed(phrase, attribution.source, "pronoun")

    def _writer(self, at: int) -> Member | None:
        """Whose words given without quotation marks word `at` is in; else the one author, by the byline, or by title
        and note at the end where there is no byline.
        """
        giving = given_after_colon(self.cast, at) or interviewee(self.cast, at) or signed_below(self.cast, at)
        if giving or not self.article.byline:
            return giving or told_in_title(self.cast) or author_told(self.cast) or speech_of(self.cast, at)
        if len(self.article.byline) > 1:
            return None
        name = self.article.byline[0]
        writer = next((m for m in self.cast.members if m.name == name), None)
        if writer is None:
            writer = Member(name, "person")
            self.cast.members.append(writer)
        return writer

    def _around(self, index: int) -> int | None:
        """The other attribution in whose content this one's source stands."""
        at = self.attributions[index].source[0][0]
        for k, other in enumerate(self.attributions):
            if k != index and any(a <= at < b for a, b in other.content):
                return k
        return None

    def _relative(self, phrase: Phrase, source: Spans) -> Answer:
        """Who, which, that: the noun phrase right before, by name or described."""
        span = spoken_of(self.words, self.cast, phrase.head)
        inner = read_phrase(self.words, self.cast, (span,)) if span else None
        if inner is None or inner.kind in ("pronoun", "people", "thing"):
            return self._unnamed(phrase, source, "pronoun")
        if inner.kind == "names":
            member = inner.names[-1][0]
            self._mention(member, phrase.head)
            return Answer(((member, source),), "relative")
        found = self.described.link(inner, self.spoke_last)[0]
        if found is None:
            return self._unnamed(phrase, source, "pronoun")
        self._mention(found, phrase.head)
        return Answer(((found, source),), "relative")

    def _in_capitals(self, phrase: Phrase, attribution: Attribution) -> Answer | None:
        member = named_in_headline(self.cast, phrase)
        return Answer(((member, attribution.source),), "name") if member else None

    def _described(self, phrase: Phrase, attribution: Attribution) -> Answer:
        several: tuple[Member, ...] = ()
        if phrase.text.casefold() in ("all of whom", "both of whom", "each of whom"):
            several = all_of_whom(self.cast, self.words.covering(attribution.source[0])[0])
        elif phrase.definite and (phrase.kind == "people" or self.words.lower[phrase.head] in PAIRS):
            several = self.described.several(phrase)
        if several:
            return Answer(tuple((m, attribution.source) for m in several), "description")
        answering = interviewee(self.cast, phrase.head) if phrase.text == "A" else None
        if answering:
            return Answer(((answering, attribution.source),), "name")
        end = self.words.covering(attribution.source[0]).stop  # "in Lerne, a pilot said" begins a clause of its own
        beside = bool(attribution.cue) and self.words.covering(attribution.cue[0]).start == end
        opens_clause = beside and not lex.RELATIVE & set(self.words.lower[end : end + 1])
        apposed = None if opens_clause else named_before(self.words, self.cast, phrase.first)
        found, probability = (apposed[0], 0.85) if apposed else self.described.link(phrase, self.spoke_last)
        if found is None:
            return self._unnamed(phrase, attribution.source, "description")
        starts, ends = self.words.starts, self.words.ends
        found.mentions.setdefault((starts[phrase.first], ends[phrase.head]), "description")
        found.stands_at(phrase.head)
        return Answer(((found, attribution.source),), "description", probability)

    def _unnamed(self, phrase: Phrase, source: Spans, how: str) -> Answer:
        """An entity with the description as its name; the same words again are the same entity."""
        text = phrase.text
        bare = text.casefold().removeprefix("the ").removeprefix("a ").removeprefix("an ")
        for member in self.cast.members:
            same = member.name.casefold().removeprefix("the ").removeprefix("a ").removeprefix("an ") == bare
            if not member.named and same and how == "description" and not text.casefold().startswith(("a ", "another")):
                break
        else:
            document = phrase.kind == "thing" and self.words.lower[phrase.head] in lex.DOCUMENT_NOUNS
            kind = "document" if document else _KINDS.get(phrase.kind, "other")
            member = Member(text, kind, named=False)
            gender = lex.TITLE_GENDER.get(self.words.lower[phrase.head]) if kind == "person" else None
            member.genders.update([gender] if gender else [])
            self.cast.members.append(member)
        for span in source:
            member.mentions.setdefault(span, "pronoun" if how == "pronoun" else "description")
        member.stands_at(phrase.head)
        return Answer(((member, source),), "unnamed pronoun" if how == "pronoun" else "unnamed")

    def addressee(self, index: int, span: Span) -> Member | None:
        """Whom the words for an attribution's addressee mean, once everyone has spoken; None for "you"."""
        phrase = read_phrase(self.words, self.cast, (span,))
        if phrase is None or self.words.lower[phrase.head] in lex.SECOND:
            return None
        if phrase.kind == "names":
            return phrase.names[0][0]
        if phrase.kind == "pronoun":
            if self.words.lower[phrase.head] in lex.FIRST:
                speakers = self._first_person(index, phrase).speakers
                return speakers[0][0] if speakers and speakers[0][0].named else None
            return self.pronouns.get(phrase.head, (None, 0.0))[0]
        found, _ = self.described.link(phrase, self.spoke_last)
        return found or self._unnamed(phrase, (span,), "description").speakers[0][0]

    def _missing(self, index: int) -> Answer:
        """No source beside the cue: one who spoke just before goes on; otherwise the text names nobody."""
        attribution = self.attributions[index]
        outer = [k for k in self.answers if self.attributions[k].parent == attribution.parent]
        if not outer or not self.answers[outer[-1]].speakers:
            return Answer((), "nobody")
        before = self.attributions[outer[-1]]
        where = (attribution.cue or attribution.content)[0]
        here = self.words.covering(where)
        cue = self.words.covering(before.cue[0]) if before.cue else here
        if not here or not cue:
            return Answer((), "nobody")
        apart = self.words.paragraph[here[0]] - self.words.paragraph[cue[0]]
        goes_on = not attribution.cue and attribution.quote != "indirect" and apart <= 1
        goes_on |= not attribution.cue and apart == 0
        joined = bool(attribution.cue) and self._joined(cue[-1], here[0])
        if not (goes_on or joined):
            return Answer((), "nobody")
        return Answer(tuple((m, ()) for m, _ in self.answers[outer[-1]].speakers), "missing")

    def _joined(self, before: int, cue: int) -> bool:
        """Is a cue joined to one before it in the same sentence ("said … and added", ", saying")?"""
        words = self.words
        same = words.sentence[before] == words.sentence[cue] and before < cue
        return same and (words.lower[cue].endswith("ing") or words.lower[cue - 1] in ("and", "but", "also", "then"))
