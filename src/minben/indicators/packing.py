"""A run as one file (計算結果封存檔): the folder of a run in a zip archive, always the same bytes."""

import io
import zipfile
from collections.abc import Mapping

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.keeping import DATA, RECIPE

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment a zip archive can name
MOST_BYTES = 200_000_000


def packed(recipe_json: bytes, data: Mapping[str, bytes], results: Mapping[str, bytes]) -> bytes:
    """The archive. Unpacked, ``minben indicators verify`` takes it as it is."""
    files = {RECIPE: recipe_json, **{f"{DATA}/{name}": data[name] for name in data}, **results}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()


def inputs(package: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The recipe and the data files of an archive. Raises Faulty if it is no such archive."""
    start = f"{DATA}/"
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise Faulty([Fault("package", "too_large", f"more than {MOST_BYTES} bytes")])
            names = (name for name in archive.namelist() if name.startswith(start))
            data = {name.removeprefix(start): archive.read(name) for name in names}
            return archive.read(RECIPE), data
    except zipfile.BadZipFile as error:
        raise Faulty([Fault("package", "no_zip", str(error))]) from None
