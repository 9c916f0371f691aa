"""Draw the made-up town anew: python -m trajecten.demo.drawing"""

import sys
from pathlib import Path

from trajecten.demo.drawing import basemap, files
from trajecten.demo.drawing.building import built
from trajecten.demo.drawing.doors import blocks
from trajecten.demo.drawing.layout import laid_out
from trajecten.demo.drawing.names import named

DATA = Path(__file__).resolve().parent.parent / "data"


def draw(folder: Path) -> None:
    """Write all files of the town to a folder. The same plan always gives the same files."""
    layout = laid_out()
    named(layout.network)
    town = built(layout)
    doors = blocks(town.buildings)
    files.write(folder, "municipalities.geojson", files.collection(files.municipalities()))
    files.write(folder, "wijken.geojson", files.collection(files.wijken(doors)))
    files.write(folder, "buurten.geojson", files.collection(files.buurten(doors)))
    files.write(folder, "basemap.geojson", files.collection(basemap.features(layout, town)))
    files.write(folder, "addresses.json", files.addresses(doors))


if __name__ == "__main__":
    draw(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
