"""Records and series in a notebook that a kernel runs and nbconvert writes as a page, looked at in chromium."""

import shutil
from base64 import b64decode
from pathlib import Path

import nbformat
import pytest
from lxml import etree, html
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from playwright.sync_api import Page, expect, sync_playwright

from conftest import wire_record
from onrecord.events import Ask, dyad, in_records
from onrecord.export.jsonl import json_line
from told_events import bombardment, record, shelling

CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (apt-get install chromium)")
READ = """
from onrecord.records_json import read_records
(record,) = read_records(open("wire.jsonl", "rb"), "wire.jsonl")
record"""
COUNT = """
from onrecord.events import Ask, dyad, in_records
dyad(in_records(read_records(open("told.jsonl", "rb"), "told.jsonl")), Ask("MRN", "ISL"))"""


def told():
    return [
        record("a1", shelling(), published="2020-11-03", outlet="Coral News Agency"),
        record("a2", bombardment(by="ISL"), published="2020-12-04", outlet="Harbour Post"),
    ]


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """A notebook that reads records, run."""
    folder = tmp_path_factory.mktemp("notebook")
    (folder / "wire.jsonl").write_text(json_line(wire_record()) + "\n", "utf-8")
    (folder / "told.jsonl").write_text("".join(json_line(one) + "\n" for one in told()), "utf-8")
    cells = [
        nbformat.v4.new_markdown_cell("## A heading of the notebook's own"),
        *map(nbformat.v4.new_code_cell, (READ, COUNT)),
    ]
    made = nbformat.v4.new_notebook(cells=cells)
    return NotebookClient(made, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def file(notebook, tmp_path_factory) -> Path:
    """The notebook as nbconvert writes it."""
    file = tmp_path_factory.mktemp("converted") / "notebook.html"
    exporter = HTMLExporter(mathjax_url="", require_js_url="", mermaid_js_url="")
    file.write_text(exporter.from_notebook_node(notebook)[0], "utf-8")
    return file


@pytest.fixture
def page(file, chromium):
    """Without a network; nothing may go wrong in the frame."""
    context = chromium.new_context(viewport={"width": 1400, "height": 900}, reduced_motion="reduce", offline=True)
    opened = context.new_page()
    trouble: list[str] = []
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.goto(file.as_uri())
    yield opened
    context.close()
    assert trouble == []


def frame(page: Page):
    return page.frame_locator("iframe[srcdoc]")


@needs_chromium
def test_a_record_is_the_reader(page):
    reader = frame(page)
    expect(reader.locator("h2")).to_have_text("Strait stays shut, Marenia’s minister says")
    expect(reader.locator(".card")).to_have_count(7)
    reader.locator(".text .mention").get_by_text("she", exact=True).hover()
    expect(reader.locator(".tip")).to_contain_text("last named before as “Ilse Varen”")
    expect(reader.locator(".card.on .permalink")).to_have_text(["s2", "s3"])


@needs_chromium
def test_links_stay_within_the_frame(page):
    reader = frame(page)
    reader.locator(".card .permalink").nth(3).click()
    expect(reader.locator(".card.on .permalink")).to_have_text("s3a")
    reader.locator(".card .ribbon a", has_text="Harbour Post").first.click()
    expect(reader.locator(".text .on-words")).to_have_text("Harbour Post")
    expect(page.locator("h2")).to_contain_text("A heading of the notebook's own")
    assert len(page.frames) == 2
    assert page.frames[1].url.startswith("about:srcdoc")


@needs_chromium
def test_no_style_leaks_into_the_notebook_and_none_into_the_reader(page):
    heading = page.locator("h2").first
    with_reader = heading.evaluate("it => JSON.stringify([...getComputedStyle(it)].map(n => getComputedStyle(it)[n]))")
    reader_font = frame(page).locator("h2").evaluate("it => getComputedStyle(it).fontFamily")
    page.evaluate("document.querySelectorAll('iframe').forEach(it => it.remove())")
    without = heading.evaluate("it => JSON.stringify([...getComputedStyle(it)].map(n => getComputedStyle(it)[n]))")
    assert with_reader == without
    assert "Georgia" in reader_font
    assert "Georgia" not in heading.evaluate("it => getComputedStyle(it).fontFamily")


@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_reader_is_legible_by_day_and_by_night(page, scheme):
    page.emulate_media(color_scheme=scheme)
    body = frame(page).locator("body")
    colours = body.evaluate("it => [getComputedStyle(it).backgroundColor, getComputedStyle(it).color]")
    paper, ink = (sum(map(int, c.removeprefix("rgb(").removesuffix(")").split(", "))) for c in colours)
    assert abs(paper - ink) > 400


@needs_chromium
def test_the_page_of_the_notebook_is_out_of_the_frames_reach(page):
    assert (
        page.frames[1].evaluate("(() => { try { return parent.document.title } catch { return 'refused' } })()")
        == "refused"
    )


@needs_chromium
def test_a_series_is_a_chart(page):
    chart = page.locator("img[alt^='What passed between MRN and ISL']")
    expect(chart).to_be_visible()
    assert chart.evaluate("it => it.naturalWidth") > 400
    page.get_by_text("as a table").last.click()
    expect(page.locator("table.onrecord").last).to_contain_text("2020-11")


def test_outputs_are_html_with_a_picture_for_papers(notebook):
    shown, counted = (cell.outputs[0].data for cell in notebook.cells[1:])
    assert html.fromstring(shown["text/html"]).xpath("//details//td[contains(., 'Ilse Varen')]")
    assert b64decode(counted["image/png"]).startswith(b"\x89PNG")
    (source,) = html.fromstring(counted["text/html"]).xpath("//img/@src")
    assert etree.fromstring(b64decode(source.partition(",")[2])).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_hostile_record_stays_in_its_frame():
    evil = '"></iframe><script>alert(1)</script>'
    from dataclasses import replace

    it = wire_record()
    shown = html.fromstring(replace(it, article=replace(it.article, title=evil))._repr_html_())
    assert shown.xpath("//script") == []
    (page,) = shown.xpath("//iframe/@srcdoc")
    assert len(html.document_fromstring(page).xpath("//script")) == 1  # ours


def test_a_series_without_events_says_so_by_an_empty_chart():
    shown = dyad(in_records([]), Ask("MRN", "ISL"))._repr_html_()
    assert html.fromstring(shown).xpath("//table//tbody/tr") == []


def test_a_series_without_matplotlib_is_a_table(monkeypatch):
    monkeypatch.setattr("onrecord.export.notebook.find_spec", lambda name: None)
    series = dyad(in_records(told()), Ask("MRN", "ISL"))
    assert series._repr_png_() is None
    assert html.fromstring(series._repr_html_()).xpath("//table//tbody/tr/td[1]/text()")[0] == "2020-11"
    assert "onrecord[charts]" in series._repr_html_()
