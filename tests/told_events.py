"""Records with events, built by hand: who does what to whom in which words, and on whose word."""

from onrecord.coding.plover import details
from onrecord.records import Article, Dateline, Entity, Event, Mention, Record, Statement


def record(article: str, *told: dict[str, object], **fields: object) -> Record:
    """A record whose text is the sentences of `told`, each with its event; `fields` go to the article.

    An event is given by `sentence`, `trigger`, `type`, `actor` and `recipient` (a code, or a name with small letters),
    and may have `by` (who says it), `status`, `date` and `confidence`.
    """
    text, entities, statements, events = "", dict[str, Entity](), list[Statement](), list[Event]()

    def entity(name: object) -> str | None:
        if name is None:
            return None
        known = str(name)
        code = known if known.isupper() else None
        kind = "country" if code else "group"
        place = text.find(known)
        mentions = (Mention((place, place + len(known)), "name"),) if place >= 0 else ()
        entities.setdefault(known, Entity(f"e{len(entities) + 1}", known, kind, True, code=code, mentions=mentions))
        return entities[known].id

    for number, given in enumerate(told, 1):
        sentence, trigger, type_ = (str(given[name]) for name in ("sentence", "trigger", "type"))
        at = len(text) + sentence.index(trigger)
        begin = len(text)
        text += f"{sentence}\n\n"
        more = details(type_, trigger, sentence)
        word = None
        if "by" in given:
            word = f"s{number}"
            content = ((begin, begin + len(sentence)),)
            statements.append(Statement(word, (), (), content, "indirect", entity(given["by"]), None, 0.9))
        actor, recipient = entity(given["actor"]), entity(given["recipient"])
        by_id = {e.id: e for e in entities.values()}
        events.append(
            Event(
                f"v{number}", actor, recipient,
                by_id[actor].code if actor else None, by_id[recipient].code if recipient else None,
                more.type, ((at, at + len(trigger)),), given.get("status", "asserted"),  # type: ignore[arg-type]
                float(given.get("confidence", 0.8)), more.mode, more.context,  # type: ignore[arg-type]
                more.cameo, more.quad, more.goldstein, word, given.get("date"),  # type: ignore[arg-type]
            )
        )  # fmt: skip
    dateline = Dateline("PORT AVEL", None, str(fields.pop("agency")), (0, 0)) if "agency" in fields else None
    return Record(
        Article(article, text, dateline=dateline, **fields),  # type: ignore[arg-type]
        tuple(entities.values()),
        tuple(statements),
        tuple(events),
        model="m1",
    )


def shelling(**changes: object) -> dict[str, object]:
    """How one outlet tells that Marenia shelled a port of the Isles."""
    return {
        "sentence": "Marenian gunners shelled the port of Lerne in the night, killing two dockers.",
        "trigger": "shelled the port",
        "type": "ASSAULT",
        "actor": "MAR",
        "recipient": "ISL",
        "date": "2021-03-04",
    } | changes


def bombardment(**changes: object) -> dict[str, object]:
    """How another one tells the same."""
    return shelling(
        sentence="Two dockers died in the shelling of Lerne, the port of the Isles.", trigger="shelling", **changes
    )
