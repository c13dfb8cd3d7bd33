"""Copies a wheel into a folder with its parts as they are, not compressed: stored.py WHEEL FOLDER."""

import sys
import zipfile
from pathlib import Path


def main(wheel: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel) as packed, zipfile.ZipFile(folder / wheel.name, "w") as stored:
        for part in packed.infolist():
            same = zipfile.ZipInfo(part.filename, part.date_time)
            same.external_attr = part.external_attr
            stored.writestr(same, packed.read(part), zipfile.ZIP_STORED)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
