"""Street names: each neighbourhood its own theme, as in every Dutch town."""

from collections.abc import Iterator

from trajecten.demo.drawing.metres import length
from trajecten.demo.drawing.streets import Network, Street

TREES = """
    Beuken Elzen Essen Iepen Berken Populieren Wilgen Kastanje Esdoorn Acacia Larix Sparren Dennen
    Lijsterbes Meidoorn Hazelaar Vlier Platanen Taxus Jeneverbes Ceder Hulst Linden Sleedoorn Abelen
"""
FLOWERS = """
    Rozen Tulpen Anjer Dahlia Viooltjes Lelie Margriet Korenbloem Klaproos Narcissen Hyacinten Krokus
    Iris Begonia Aster Geranium Zonnebloem Papaver Lavendel Primula Gladiolen Fresia Orchidee Pioen
    Magnolia
"""
HERBS = """
    Basilicum Tijm Rozemarijn Salie Dille Munt Kervel Bieslook Oregano Lavas Dragon Anijs Koriander
    Venkel Kamille Karwij Marjolein Peterselie Bonenkruid Saffraan Gember Kurkuma Citroenmelisse Borage
    Hysop
"""
SHIPS = """
    Tjalk Botter Schokker Aak Klipper Boeier Hoeker Kof Pluut Kwak Schouw Punter Skûtsje Galjoot Fluit
    Bark Schoener Kotter Logger Jol Brik Sloep Praam Snik Trekschuit
"""
STARS = """
    Poolster Orion Pegasus Zwaan Lier Arend Steenbok Waterman Tweeling Leeuw Weegschaal Boogschutter
    Andromeda Cassiopeia Perseus Dolfijn Zuiderkruis Saturnus Jupiter Venus Mercurius Neptunus Uranus
    Mars Aurora
"""
BIRDS = """
    Merel Lijster Mezen Vinken Kievit Grutto Tureluur Wulp Leeuwerik Zwaluw Ooievaar Fuut Karekiet
    Roodborst Spreeuw Koekoek Specht Uilen Havik Valk Buizerd Sperwer Kwikstaart Scholekster Plevier
"""
CRAFTS = """
    Smeden Timmerlieden Metselaar Bakkers Kuipers Wevers Spinners Leerlooiers Glasblazers Drukkers
    Molenaars Mandenmakers Zadelmakers Koperslagers Schoenmakers Pottenbakkers Touwslagers Wagenmakers
    Klompenmakers Klokkengieters Imkers Vlechters Boekbinders Rietdekkers Steenhouwers
"""
WATER = """
    Vaart Wetering Boezem Kolk Wiel Sloot Gracht Tocht Duiker Stuw Gemaal Schutsluis Waterlinie Kreek
    Oever Riet Lisdodde Kroos Waterlelie Snoek Baars Voorn Karper Zeelt Paling
"""
TOWN = """
    Gasthuis Klooster Waag Beurs Schutters Doelen Wal Poort Vest Toren Raadhuis Pakhuis Brug Molen
    Bagijne Regenten Prinsen Konings Heren Burg Bolwerk Kruit Stads Oranje Garen
"""
RAIL = """
    Wissel Sein Perron Locomotief Tender Conducteurs Machinisten Rangeer Baanwachters Stoom Wagon Halte
    Spoor Overweg Rails Dienstregeling Koppelings Remise Draaischijf Kaartjes Fluit Baken Loods Vertrek
    Aankomst
"""
TRADE = """
    Handels Ambacht Nijverheid Transport Containers Vracht Lading Beurs Koopmans Werk Productie Energie
    Dynamo Turbine Techniek Kracht Motor Magazijn Groothandel Vakmans
"""

THEMES: dict[str, tuple[str, str, str]] = {
    # buurt: the stems, the endings of longer streets, those of the shortest
    "BU99010000": (TOWN, "straat steeg", "steeg"),
    "BU99010001": (WATER, "straat steeg", "steeg"),
    "BU99010002": (TOWN, "straat laan", "hof"),
    "BU99010003": (RAIL, "straat weg", "pad"),
    "BU99010100": (TREES, "straat laan", "hof"),
    "BU99010101": (FLOWERS, "straat laan", "hof"),
    "BU99010102": (HERBS, "hof tuin", "gaard"),
    "BU99010200": (WATER, "dreef weide", "erf"),
    "BU99010201": (SHIPS, "kade werf", "steiger"),
    "BU99010202": (STARS, "laan baan", "hof"),
    "BU99010300": (BIRDS, "weide hof", "nest"),
    "BU99010301": (CRAFTS, "straat weg", "plein"),
    "BU99010400": (TRADE, "weg straat", "hof"),
}
SHORT = 85.0


def named(network: Network) -> None:
    """Give every street its name, the longest first; a short side street shares the name of its trunk.

    A name is used for one street of the town only. Refused (StopIteration) when a theme has too few names.
    """
    taken = {street.name for street in network.streets if street.name}
    pools = {code: _pool(*theme, taken) for code, theme in THEMES.items()}
    for street in sorted((s for s in network.streets if not s.name), key=lambda s: -length(s.points)):
        trunk = _trunk(network, street) if length(street.points) < SHORT else None
        street.name = trunk.name if trunk else next(pools[street.area])


def _pool(stems: str, endings: str, last: str, taken: set[str]) -> Iterator[str]:
    for ending in (*endings.split(), last, "pad", "plein", "steeg", "ring"):
        for stem in stems.split():
            name = stem + ending
            if name not in taken:
                taken.add(name)
                yield name


def _trunk(network: Network, street: Street) -> Street | None:
    """The street of the same area that a side street leaves from or comes out on."""
    ends = (street.points[0], street.points[-1])
    for other in network.streets:
        if other is not street and other.name and other.area == street.area and _touches(other, ends):
            return other
    return None


def _touches(other: Street, ends: tuple[tuple[float, float], ...]) -> bool:
    return any(abs(p[0] - e[0]) + abs(p[1] - e[1]) < 12 for p in other.points for e in ends)
