"""Put trained models into the package: `python -m onrecord.training.shipping ATTRIBUTION EVENTS MODEL`.

ATTRIBUTION and EVENTS are folders that training wrote, MODEL the package's; the first two may be MODEL itself. All
networks begin with the same table of wordpieces, which training leaves as it is: it is written once, as `pieces.bin`,
and they refer to it (ONNX's external data). That makes a third of each file.
"""

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.annotate import events, session
from onrecord.training.network import VOCABULARY, WIDTH

if TYPE_CHECKING:
    import onnx

TABLE = "pieces.bin"
"""(VOCABULARY, WIDTH) uint8, row after row."""


def ship(attribution: Path, event: Path, model: Path) -> None:
    """Copy both models' files into `model`, the table once. Raises ValueError when their tables differ."""
    held = {session.NETWORK: attribution, events.EVENTS: event, events.SECOND: event}
    networks = {name: read(folder / name) for name, folder in held.items()}
    tables = {name: table_of(network) for name, network in networks.items()}
    if len({table.raw_data for table in tables.values()}) > 1:
        raise ValueError(f"{attribution} and {event} do not begin with the same table of wordpieces")
    (model / TABLE).write_bytes(tables[session.NETWORK].raw_data)
    for name, network in networks.items():
        _refer(tables[name])
        (model / name).write_bytes(network.SerializeToString())
    for folder, names in ((attribution, (session.HEAD, session.SETTINGS)), (event, (events.SETTINGS,))):
        for name in names:
            if folder.resolve() != model.resolve():
                shutil.copyfile(folder / name, model / name)


def read(path: Path) -> "onnx.ModelProto":
    """The network with all its numbers, those that lie beside it too."""
    import onnx

    return onnx.load(str(path))


def table_of(network: "onnx.ModelProto") -> "onnx.TensorProto":
    """The network's rounded table of wordpieces. Raises ValueError when it has none."""
    for tensor in network.graph.initializer:
        if tuple(tensor.dims) == (VOCABULARY, WIDTH) and tensor.data_type == tensor.UINT8:
            return tensor
    raise ValueError("the network has no rounded table of wordpieces; export it with quantize")


def _refer(table: "onnx.TensorProto") -> None:
    size = len(table.raw_data)
    table.ClearField("raw_data")
    table.data_location = table.EXTERNAL
    del table.external_data[:]
    for key, value in (("location", TABLE), ("offset", "0"), ("length", str(size))):
        entry = table.external_data.add()
        entry.key, entry.value = key, value


if __name__ == "__main__":
    ship(*map(Path, sys.argv[1:]))
