"""Newsletters to articles: one mail (eml), or a mailbox of them (mbox), through the standard library's email."""

import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from typing import cast

from onrecord.errors import InputError, NoArticle, NotText, TooBig
from onrecord.read.dates import iso_date
from onrecord.read.decoding import decode
from onrecord.read.fields import ArticleFields, Draft, Finds
from onrecord.read.html import read_html
from onrecord.read.streams import LARGEST_PIECE, MEGABYTE

_FROM_LINE = re.compile(rb"From \S+ .*\d\d:\d\d")
_QUOTED_FROM = re.compile(rb"^>(>*From )")


def read_mail(data: bytes, where: str) -> Draft:
    """The article of one mail: its HTML part as a page, its plain part when it has no HTML or none with an article.

    The title is its subject, the outlet its sender's name, the id its Message-ID, the address that of its archived
    copy. Raises NoArticle or NotText when it holds no text.
    """
    message = message_from_bytes(data, policy=policy.default)
    fields = _fields(message)
    page, text = message.get_body(("html",)), message.get_body(("plain",))
    if page is not None:
        try:
            found = read_html(_content(page, where, html=True), where)
            given = {name: value for name, value in found.fields.items() if value}
            return Draft(
                found.text, cast(ArticleFields, given | {name: value for name, value in fields.items() if value})
            )
        except NoArticle:
            if text is None:
                raise
    if text is None:
        raise NoArticle(where, "is a mail without a text")
    return Draft(_content(text, where, html=False), fields)


def read_mbox(lines: Iterable[bytes], where: str) -> Finds:
    """The articles of a mailbox, one mail in memory at a time; what is none comes as an error in its place. Raises
    NotText when there is no mail in it."""
    number = 0
    for number, mail in enumerate(_mails(lines, where), 1):
        place = f"{where}, mail {number}"
        try:
            yield read_mail(mail, place)
        except InputError as error:
            yield error
    if not number:
        raise NotText(where, "holds no mail: a mailbox begins with a line that says From")


# The standard library's mailbox wants a file on disk and writes to it; the format is one line between the mails.
def _mails(lines: Iterable[bytes], where: str) -> Iterator[bytes]:
    mail: list[bytes] | None = None
    size, after_blank = 0, True
    for line in lines:
        if after_blank and _FROM_LINE.match(line):
            if mail is not None:
                yield b"".join(mail)
            mail, size = [], 0
        elif mail is not None:
            mail.append(_QUOTED_FROM.sub(rb"\1", line))
            size += len(line)
            if size > LARGEST_PIECE:
                raise TooBig(
                    where, f"holds a mail longer than the {LARGEST_PIECE // MEGABYTE} MB that are read at once"
                )
        after_blank = not line.strip()
    if mail is not None:
        yield b"".join(mail)


def _content(part: MIMEPart, where: str, *, html: bool) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    return decode(data, where, html=html, charset=part.get_content_charset())


def _fields(message: EmailMessage) -> ArticleFields:
    return ArticleFields(
        id=_header(message, "Message-ID").strip("<> ") or None,
        url=next(iter(re.findall(r"https?://[^\s<>]+", _header(message, "Archived-At"))), None),
        outlet=_sender(message),
        title=_header(message, "Subject") or None,
        language=_language(message),
        published=_date(message),
    )


def _header(message: EmailMessage, name: str) -> str:
    """A header's words on one line; senders break the rules for headers in every way, and the parser then complains."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError, KeyError):
        return ""


def _sender(message: EmailMessage) -> str | None:
    from email.utils import parseaddr

    name, address = parseaddr(_header(message, "From"))
    return name or address.rpartition("@")[2] or None


def _date(message: EmailMessage) -> str | None:
    try:
        return iso_date(_header(message, "Date"))
    except ValueError:
        return None  # a mail without a date that can be read is a mail all the same; the text may have one


def _language(message: EmailMessage) -> str | None:
    match = re.match(r"[A-Za-z]{2,3}(?=$|[-_,])", _header(message, "Content-Language"))
    return match[0].lower() if match else None
