"""ninjs and NewsML-G2, as agencies send them. The items are our own."""

import json
from typing import Any

import pytest
from reading import Read

from onrecord.errors import BadLine, Damaged, InputError, NoArticle, NotText
from onrecord.records import Article

TEXT = "VESSA, May 17 (NPA) - Dock workers voted to strike.\r\n\r\n“No,” the director said."
HTML = "<p>VESSA, May 17 (NPA) - Dock workers   voted to strike.</p>\n<p>“No,” the <b>director</b> said.</p>"
AS_LINES = "VESSA, May 17 (NPA) - Dock workers voted to strike.\n“No,” the director said."
FIRST = {
    "uri": "urn:newsml:npa.example:20210517:1",
    "type": "text",
    "firstcreated": "2021-05-17T06:00:00Z",
    "versioncreated": "2021-05-17T09:00:00Z",
    "pubstatus": "usable",
    "language": "en-GB",
    "headline": "Dock workers strike",
    "byline": "By Jane Doe and John Roe",
    "copyrightholder": "NPA Ltd",
    "infosource": [{"name": "Northern Press Agency"}],
    "body_text": TEXT,
    "body_xhtml": HTML,
}
THIRD = {
    "uri": "https://npa.example/items/1",
    "type": "text",
    "versionCreated": "2021-05-17T09:00:00Z",
    "language": "en",
    "headlines": [{"role": "alt", "value": "Docks"}, {"role": "main", "value": "Dock workers strike"}],
    "by": "Jane Doe",
    "infoSources": [{"name": "Northern Press Agency"}],
    "bodies": [{"role": "caption", "value": "A dock."}, {"role": "main", "contentType": "text/html", "value": HTML}],
}
NS = "http://iptc.org/std/nar/2006-10-01/"
NITF = (
    f'<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head><title>x</title></head><body><body.head>'
    f"<hedline><hl1>Dock workers strike</hl1></hedline></body.head><body.content>{HTML}</body.content></body></nitf>"
)
XHTML = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{HTML}</body></html>'


def news_item(content: str, status: str = "stat:usable", date: str = "2021-05-17T06:00:00Z") -> str:
    return f"""<newsItem xmlns="{NS}" guid="urn:npa:1" version="2" standard="NewsML-G2" xml:lang="en-GB">
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:NPA"><name>Northern Press Agency</name></provider>
<versionCreated>2021-05-17T09:00:00Z</versionCreated><firstCreated>{date}</firstCreated>
<pubStatus qcode="{status}"/><link rel="irel:publishedAs" href="https://npa.example/1"/></itemMeta>
<contentMeta><by>By Jane Doe</by><headline>Dock workers
 strike</headline></contentMeta><contentSet>{content}</contentSet></newsItem>"""


def inline(xml: str) -> str:
    return f'<inlineXML contenttype="application/xml">{xml}</inlineXML>'


def message(*items: str) -> bytes:
    packages = f'<packageItem xmlns="{NS}" guid="urn:npa:p"/>'
    return f'<newsMessage xmlns="{NS}"><header/><itemSet>{packages}{"".join(items)}</itemSet></newsMessage>'.encode()


def the_error(found: list[Article | InputError]) -> InputError:
    (error,) = [one for one in found if isinstance(one, InputError)]
    assert "\n" not in str(error)
    return error


def test_ninjs_1(read: Read) -> None:
    (found,) = read("a.json", json.dumps(FIRST).encode())
    assert isinstance(found, Article)
    assert found.text == TEXT
    assert (found.id, found.url, found.outlet) == (FIRST["uri"], None, "Northern Press Agency")
    assert (found.title, found.byline) == ("Dock workers strike", ("Jane Doe", "John Roe"))
    assert (found.language, found.published) == ("en", "2021-05-17T06:00:00Z")


def test_ninjs_3(read: Read) -> None:
    (found,) = read("a.json", json.dumps(THIRD, indent=1).encode())
    assert isinstance(found, Article)
    assert found.text == AS_LINES
    assert (found.id, found.url, found.outlet) == (THIRD["uri"], THIRD["uri"], "Northern Press Agency")
    assert (found.title, found.byline, found.published) == (
        "Dock workers strike",
        ("Jane Doe",),
        "2021-05-17T09:00:00Z",
    )


def test_ninjs_2_names_and_bodies_of_both_kinds(read: Read) -> None:
    item = {"uri": "urn:x", "bodies": [{"role": "main", "contenttype": "text/plain", "value": "a <b c"}]}
    (found,) = read("a.json", json.dumps(item).encode())
    assert isinstance(found, Article)
    assert found.text == "a <b c"


def test_ninjs_on_lines_and_in_lists(read: Read) -> None:
    for name, data in (
        ("a.jsonl", f"{json.dumps(FIRST)}\n{json.dumps(THIRD)}"),
        ("a.json", json.dumps([FIRST, THIRD])),
    ):
        assert [one.text for one in read(name, data.encode()) if isinstance(one, Article)] == [TEXT, AS_LINES]


@pytest.mark.parametrize(
    ("change", "kind", "why"),
    [
        ({"body_text": "", "body_xhtml": ""}, NoArticle, "is a ninjs item of type text without a body"),
        ({"body_text": None}, BadLine, "body_text is not a string, as ninjs has it"),
        ({"bodies": "x"}, BadLine, "bodies is not a list of objects, as ninjs has it"),
        ({"firstcreated": "yesterday"}, BadLine, "firstcreated is not a date ('yesterday')"),
        ({"pubstatus": "canceled"}, NoArticle, "is a ninjs item that its publisher has canceled"),
    ],
)
def test_ninjs_that_is_no_article_costs_no_other(
    read: Read, change: dict[str, Any], kind: type[InputError], why: str
) -> None:
    bad, good = read("a.jsonl", f"{json.dumps({**FIRST, **change})}\n{json.dumps(FIRST)}".encode())
    assert type(bad) is kind
    assert str(bad).endswith(why)
    assert isinstance(good, Article)


def test_ninjs_picture_without_a_body(read: Read) -> None:
    item = {"uri": "urn:x", "type": "picture", "description_text": "A dock."}
    assert the_error(read("a.json", json.dumps(item).encode())).why == "is a ninjs item of type picture without a body"


@pytest.mark.parametrize("content", [inline(NITF), inline(XHTML)])
@pytest.mark.parametrize("name", ["a.xml", None])
def test_newsml_with_nitf_or_xhtml(read: Read, content: str, name: str | None) -> None:
    (found,) = read(name, news_item(content).encode())
    assert isinstance(found, Article)
    assert found.text == AS_LINES
    assert (found.id, found.url, found.outlet) == ("urn:npa:1", "https://npa.example/1", "Northern Press Agency")
    assert (found.title, found.byline) == ("Dock workers strike", ("Jane Doe",))
    assert (found.language, found.published) == ("en", "2021-05-17T06:00:00Z")


def test_newsml_with_plain_text_keeps_it_exactly(read: Read) -> None:
    (found,) = read("a.xml", news_item('<inlineData contenttype="text/plain">a\n\n b </inlineData>').encode())
    assert isinstance(found, Article)
    assert found.text == "a\n\n b "


def test_message_gives_its_items_and_passes_over_packages(read: Read) -> None:
    picture = news_item('<remoteContent href="a.jpg"/>')
    first, error, third = read("a.xml", message(news_item(inline(NITF)), picture, news_item(inline(XHTML))))
    assert isinstance(first, Article)
    assert isinstance(third, Article)
    assert isinstance(error, NoArticle)
    assert str(error).endswith("a.xml, item 2: is a news item of class ninat:text without a body")


@pytest.mark.parametrize(
    ("data", "kind", "why"),
    [
        (message(), NoArticle, "is a newsMessage that holds no news item"),
        (f'<packageItem xmlns="{NS}"/>'.encode(), NoArticle, "is a packageItem that holds no news item"),
        (
            news_item(inline(NITF), "stat:canceled").encode(),
            NoArticle,
            "is a news item that its publisher has canceled",
        ),
        (news_item(inline(NITF), date="soon").encode(), Damaged, "firstCreated is not a date ('soon')"),
        (news_item(inline(NITF)).encode()[:-40], Damaged, "is malformed XML at line "),
        (b'<?xml version="1.0"?><a><b></a>', Damaged, "is malformed XML at line 1, column "),
        (b"He left.", Damaged, "is malformed XML at line 1, column 1"),
        (b'<?xml version="1.0"?><opml/>', NoArticle, "is XML of a kind that is not read (its root element is <opml>)"),
        (b"", NotText, "is empty"),
        (b" \n", NotText, "is empty but for white space"),
    ],
)
def test_xml_that_is_no_article(read: Read, data: bytes, kind: type[InputError], why: str) -> None:
    error = the_error(read("a.xml", data))
    assert type(error) is kind
    assert error.why.startswith(why)


@pytest.mark.parametrize(
    "entity",
    ['SYSTEM "file:///etc/hostname"', 'SYSTEM "http://127.0.0.1:9/x"', '"ha"', 'PUBLIC "x" "file:///etc/passwd"'],
)
def test_xml_with_entities_is_refused(read: Read, entity: str) -> None:
    doctype = f"<!DOCTYPE newsItem [<!ENTITY x {entity}>]>"
    data = doctype + news_item(inline("<p>&x;</p>"))
    assert the_error(read("a.xml", data.encode())).why.startswith("is XML that defines entities of its own")


def test_laughing_entities_are_refused_at_once(read: Read) -> None:
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    data = f'<!DOCTYPE newsItem [<!ENTITY l0 "ha">{laughs}]>' + news_item(inline("<p>&l9;</p>"))
    assert isinstance(the_error(read("a.xml", data.encode())), NotText | Damaged)
