from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")
pytest.importorskip("onnx", reason="the extra `train` is not installed")

import onnx

from onrecord.annotate import events, session
from onrecord.training.network import VOCABULARY, WIDTH
from onrecord.training.shipping import TABLE, read, ship, table_of


def trained(folder: Path, tables: dict[str, bytes], *others: str) -> Path:
    folder.mkdir()
    for network, table in tables.items():
        tensor = onnx.helper.make_tensor("pieces", onnx.TensorProto.UINT8, (VOCABULARY, WIDTH), table, raw=True)
        graph = onnx.helper.make_graph([], "network", [], [], initializer=[tensor])
        onnx.save(onnx.helper.make_model(graph), str(folder / network))
    for name in others:
        (folder / name).write_text(name)
    return folder


def test_all_networks_refer_to_one_table_and_can_be_shipped_again(tmp_path: Path) -> None:
    table = bytes(range(256)) * (VOCABULARY * WIDTH // 256)
    attribution = trained(tmp_path / "a", {session.NETWORK: table}, session.HEAD, session.SETTINGS)
    event = trained(tmp_path / "e", {events.EVENTS: table, events.SECOND: table}, events.SETTINGS)
    model = tmp_path / "model"
    model.mkdir()
    for _ in range(2):
        ship(attribution, event, model)
        attribution = event = model
    assert (model / TABLE).read_bytes() == table
    assert all((model / name).stat().st_size < 1000 for name in (session.NETWORK, events.EVENTS, events.SECOND))
    assert table_of(read(model / events.EVENTS)).raw_data == table
    assert table_of(read(model / events.SECOND)).raw_data == table


@pytest.mark.parametrize("odd", [session.NETWORK, events.EVENTS, events.SECOND])
def test_networks_with_different_tables_are_refused(tmp_path: Path, odd: str) -> None:
    size = VOCABULARY * WIDTH
    tables = {name: (b"\1" if name == odd else b"\0") * size for name in (events.EVENTS, events.SECOND)}
    attribution = trained(tmp_path / "a", {session.NETWORK: (b"\1" if odd == session.NETWORK else b"\0") * size})
    event = trained(tmp_path / "e", tables)
    with pytest.raises(ValueError, match="same table"):
        ship(attribution, event, tmp_path)
