"""Newsletters: a mail's HTML as a page, its plain part where there is no better, and boxes of them."""

from email.message import EmailMessage

import pytest
from reading import Read

from onrecord.errors import InputError, NoArticle, NotText
from onrecord.records import Article

STORY = "Dock workers voted on Monday to extend their strike for another week, after the talks broke down."


def mail(plain: str | None = None, html: str | None = None, **headers: str) -> bytes:
    message = EmailMessage()
    given = {
        "From": "The Courier <news@courier.example>",
        "Subject": "Grève à Vessa",
        "Date": "Mon, 17 May 2021 06:45:00 +0200",
        "Message-ID": "<1@courier.example>",
        "Archived-At": "<https://courier.example/letters/1>",
    }
    for name, value in (given | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        message[name] = value
    if plain is not None:
        message.set_content(plain)
    if html is not None:
        message.add_alternative(html, subtype="html") if plain else message.set_content(html, subtype="html")
    return message.as_bytes()


def page(text: str) -> str:
    return f"<html lang='en'><body><table><tr><td><p>{text}</p></td></tr></table></body></html>"


@pytest.mark.parametrize("name", ["a.eml", None])
def test_html_part_is_read_as_a_page(read: Read, name: str | None) -> None:
    (found,) = read(name, mail("Open in your browser.", page(STORY)))
    assert isinstance(found, Article)
    assert found.text == STORY
    assert (found.id, found.url) == ("1@courier.example", "https://courier.example/letters/1")
    assert (found.title, found.outlet) == ("Grève à Vessa", "The Courier")
    assert (found.published, found.language) == ("2021-05-17T06:45:00+02:00", "en")


def test_plain_mail_is_kept_exactly(read: Read) -> None:
    (found,) = read("a.eml", mail("“No,” he said.\n\nHe left.\n"))
    assert isinstance(found, Article)
    assert found.text == "“No,” he said.\n\nHe left.\n"


def test_plain_part_stands_in_for_html_of_links(read: Read) -> None:
    (found,) = read("a.eml", mail(f"{STORY}\n", "<html><body><a href='/'>Read on the web</a></body></html>"))
    assert isinstance(found, Article)
    assert found.text == f"{STORY}\n"


def test_part_in_another_encoding(read: Read) -> None:
    data = (
        mail("x")
        .replace(b'charset="utf-8"', b'charset="windows-1251"')
        .replace(b"\n\nx", b"\n\n" + "Да.".encode("cp1251"))
    )
    (found,) = read("a.eml", data.replace(b"Content-Transfer-Encoding: 7bit", b"Content-Transfer-Encoding: 8bit"))
    assert isinstance(found, Article)
    assert found.text.strip() == "Да."


@pytest.mark.parametrize("name", ["a.mbox", None])
def test_box_with_a_mail_that_is_none(read: Read, name: str | None) -> None:
    line = b"From news@courier.example Mon May 17 06:45:00 2021\n"
    quoted = mail("From the docks:\n\n>From here.\n")
    empty = b"Subject: picture\nMIME-Version: 1.0\nContent-Type: image/png\n\nx\n"
    first, error, third = read(name, b"".join(line + one + b"\n" for one in (quoted, empty, mail("Third."))))
    assert isinstance(first, Article)
    assert isinstance(third, Article)
    assert first.text.rstrip() == "From the docks:\n\nFrom here."
    assert third.text.rstrip() == "Third."
    assert isinstance(error, NoArticle)
    assert str(error).endswith("mail 2: is a mail without a text")


@pytest.mark.parametrize(
    ("name", "data", "kind", "why"),
    [
        ("a.mbox", b"He left.\n", NotText, "holds no mail"),
        ("a.mbox", b"", NotText, "holds no mail"),
        ("a.eml", mail(html="<html><body><a href='/'>x</a></body></html>"), NoArticle, "holds no"),
        ("a.eml", mail(" \n"), NotText, "is empty but for white space"),
        ("a.eml", b"", NotText, "is empty"),
    ],
)
def test_mail_without_a_text(read: Read, name: str, data: bytes, kind: type[InputError], why: str) -> None:
    (error,) = read(name, data)
    assert type(error) is kind
    assert error.why.startswith(why)


def test_headers_that_break_the_rules(read: Read) -> None:
    data = b"From: =?bad?q?=ff\nDate: soon\nMessage-ID: <<x\nSubject: =?utf-8?b?!!!?=\nMIME-Version: 1.0\n\nHe left.\n"
    (found,) = read("a.eml", data)
    assert isinstance(found, Article)
    assert (found.text, found.published) == ("He left.\n", None)
