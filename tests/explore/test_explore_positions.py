"""A position as data and as a page."""

from starlette.testclient import TestClient


def test_the_api_gives_utterances_in_order_of_time(reader: TestClient) -> None:
    answer = reader.get("/api/v1/position", params={"who": "Varen", "on": "strait"})
    assert answer.status_code == 200
    found = answer.json()["data"]
    days = [said["day"] for said in found["said"]]
    assert days == sorted(days)
    assert all("strait" in said["text"].lower() for said in found["said"])
    assert reader.get("/api/v1/position", params={"who": "Varen"}).status_code == 422


def test_the_page_shows_them_and_asks(reader: TestClient) -> None:
    shown = reader.get("/position", params={"who": "Varen", "on": "strait"}).text
    assert 'Varen <span class="and">on</span> strait' in shown
    assert "<blockquote>" in shown
    asked = reader.get("/position").text
    assert '<option value="economic sanction">' in asked
    assert "Nothing on the record" in reader.get("/position", params={"who": "Nobody", "on": "cabbages"}).text


def test_what_is_asked_is_escaped(reader: TestClient) -> None:
    shown = reader.get("/position", params={"who": "<b>x</b>'", "on": '"><script>'}).text
    assert "<b>x</b>" not in shown
    assert '<script>"' not in shown
    assert "&lt;b&gt;" in shown
