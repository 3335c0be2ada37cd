"""Records of one statement, for the tests of object storage and the writers that they start."""

from onrecord.records import Article, Entity, Mention, Record, Statement


def told(id_: str, content: str = "Taxes will fall") -> Record:
    """CONTENT, Ada Brandt said."""
    start = len(content) + 2
    speaker, cue = (start, start + 10), (start + 11, start + 15)
    return Record(
        Article(id_, f"{content}, Ada Brandt said."),
        (Entity("e1", "Ada Brandt", "person", True, mentions=(Mention(speaker, "name"),)),),
        (Statement("s1", (speaker,), (cue,), ((0, len(content)),), "direct", "e1", None, 0.9),),
        model="m1",
    )
