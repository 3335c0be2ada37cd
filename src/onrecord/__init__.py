"""onrecord: who said what, to and about whom, on the evidence of the text.

>>> import onrecord
>>> record = onrecord.read("article.html")      # or the text itself
>>> for statement in record.statements: ...
"""

from onrecord.errors import InputError, ModelError, OnrecordError
from onrecord.pipeline import Settings, read, read_all
from onrecord.records import Article, Attribution, Dateline, Entity, Event, Mention, Record, Statement

__all__ = [
    "Article",
    "Attribution",
    "Dateline",
    "Entity",
    "Event",
    "InputError",
    "Mention",
    "ModelError",
    "OnrecordError",
    "Record",
    "Settings",
    "Statement",
    "read",
    "read_all",
]
