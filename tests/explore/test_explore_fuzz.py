"""The API under requests that nobody in their right mind would make: it never fails."""

import schemathesis
from affair_records import affair
from explorer_client import TOKEN, serving
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from starlette.testclient import TestClient

from onrecord.store.archive import Archive


def _client() -> TestClient:
    import atexit
    import tempfile
    from pathlib import Path

    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    archive = Archive.make(Path(folder.name) / "fuzzed.archive")
    archive.add(affair())
    return serving(archive)


client = _client()
# its coverage phase asks a thousand times; random requests find the same sooner
config = SchemathesisConfig.from_dict({"phases": {"coverage": {"enabled": False}}})
schema = schemathesis.openapi.from_asgi(
    "/api/v1/openapi.json", client.app, config=config, headers={"host": "127.0.0.1"}
)


@schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_makes_the_api_fail(case: schemathesis.Case) -> None:
    headers = {"host": "127.0.0.1", "authorization": f"Bearer {TOKEN}"}
    case.call_and_validate(headers=headers, checks=[not_a_server_error])
