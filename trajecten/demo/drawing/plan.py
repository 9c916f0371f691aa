"""What was drawn by hand inside the areas: through roads, parks, water, schools, and each neighbourhood's pattern."""

from collections.abc import Sequence
from dataclasses import dataclass

from trajecten.demo.drawing.metres import Metres
from trajecten.demo.drawing.streets import Pattern, courts, fingers, rings, rows

ROADS: tuple[tuple[str, str, tuple[Metres, ...]], ...] = (
    # Through the town.
    ("Kruidenlaan", "road", ((85, -540), (40, -400), (70, -200), (60, -55))),
    ("Bloemenlaan", "road", ((70, -930), (250, -955), (480, -915), (768, -905))),
    ("Eikenlaan", "road", ((-662, -930), (-480, -985), (-200, -945), (70, -930))),
    ("Oostpolderlaan", "road", ((768, -905), (930, -890), (1120, -820), (1330, -830), (1528, -870))),
    ("Sterrenlaan", "road", ((1528, -870), (1750, -800), (1980, -815), (2200, -730), (2428, -690))),
    (
        "Vogelweidelaan", "road",
        (
            (-662, -930), (-800, -870), (-930, -905), (-1030, -800), (-1190, -790), (-1300, -920),
            (-1430, -900), (-1470, -760), (-1380, -640), (-1340, -552),
        ),
    ),
    ("Ambachtslaan", "road", ((-640, -1322), (-720, -1500), (-800, -1750), (-780, -2000), (-800, -2310))),
    (
        "Schepenlaan", "road",
        ((1240, -820), (1290, -1000), (1150, -1180), (1120, -1262), (1090, -1450), (1120, -1700), (1060, -2000)),
    ),
    ("Havenlaan", "road", ((1060, -2000), (860, -2080), (660, -2225), (530, -2260))),
    ("Schepenlaan", "road", ((1060, -2000), (1090, -2200), (1110, -2440))),
    ("Sluisweg", "road", ((1500, -20), (1480, -250), (1500, -490))),
    ("Dijkgraafweg", "road", ((800, -290), (1100, -300), (1480, -250), (1800, -235), (2120, -235))),
    ("Kruidendreef", "road", ((755, -530), (781, -551))),
    ("Westersingel", "road", ((-455, -2090), (-433, -2077))),
    # Through the polders.
    ("Noorderweg", "road", ((60, -55), (40, 900), (-60, 1700), (-20, 2600), (60, 3400))),
    (
        "Middenweg", "road",
        ((-4180, 1540), (-3200, 1560), (-2300, 1650), (-60, 1700), (2150, 1690), (3300, 1610), (4330, 1560)),
    ),
    ("Westerweg", "road", ((-2440, 35), (-2400, 900), (-2300, 1650), (-2330, 2500), (-2300, 3315))),
    ("Oosterweg", "road", ((2040, 15), (2120, 900), (2150, 1690), (2100, 2500), (2140, 3220))),
    ("Veenweg", "road", ((-2712, -440), (-3200, -560), (-3700, -480), (-4150, -560), (-4900, -250), (-5400, 150))),
    ("Zuiderweg", "road", ((-1156, -1800), (-2050, -1790), (-3100, -1650), (-4160, -1600))),
    ("Koogweg", "road", ((-2692, -330), (-2742, -800), (-2540, -1172), (-2450, -1500), (-2400, -1760))),
    ("Buitenweg", "road", ((1509, -1500), (2400, -1560), (3300, -1350), (4180, -1120))),
    ("Lange Weg", "road", ((2440, -690), (3100, -560), (3900, -420), (4600, -330))),
    ("Tussenweg", "road", ((3300, -1350), (3250, -900), (3100, -560), (3150, 170))),
    # The neighbour.
    ("Dorpsstraat", "road", ((-5400, 470), (-5420, 150), (-5300, -150), (-5260, -640))),
    ("Lange Kade", "road", ((-5400, 470), (-5250, 1100), (-4900, 1700), (-4600, 2750))),
    ("Veenderweg", "road", ((-5250, 1100), (-5700, 1300), (-6350, 1250))),
    ("Zuiderdijkweg", "road", ((-5260, -640), (-5200, -1200), (-5000, -2060))),
)  # fmt: skip


@dataclass(frozen=True)
class Park:
    name: str
    centre: Metres
    rx: float
    ry: float
    turn: float = 0.0  # radians
    pond: float = 0.0  # its size as a share of the park's
    pond_name: str = ""
    playground: bool = False


PARKS = (
    Park("Bolwerk", (-395, -2370), 62, 90, 0.2),
    Park("Singelplantsoen", (-340, -1590), 95, 60, 0.3, 0.4, "Singelvijver", playground=True),
    Park("Stationspark", (470, -1600), 100, 72, -0.2, 0.45, "Parkvijver", playground=True),
    Park("Lindepark", (-330, -770), 150, 105, 0.1, 0.45, "Lindevijver", playground=True),
    Park("Pluktuin", (-480, -1180), 55, 42, playground=True),
    Park("Bloemenpark", (430, -720), 125, 82, -0.3, 0.4, "Lelievijver", playground=True),
    Park("Rozentuin", (330, -1150), 62, 45, 0.4),
    Park("Kruidenpark", (-300, -330), 150, 88, 0.1, 0.5, "Munt", playground=True),
    Park("Tijmveld", (430, -290), 95, 75, 0.5, playground=True),
    Park("Oosterpark", (1110, -985), 112, 88, 0.0, 0.6, "Oosterplas", playground=True),
    Park("Maanpark", (1850, -1000), 105, 82, 0.1, 0.62, "Maanplas", playground=True),
    Park("Vogelpark", (-1090, -1090), 150, 92, 0.1, 0.42, "Futenvijver", playground=True),
    Park("Gildepark", (-920, -1590), 90, 66, 0.6, 0.35, "Gildevijver", playground=True),
    Park("Dijkpark", (1290, -2230), 130, 85, -0.6, playground=True),
    Park("Ankerplein", (880, -1640), 62, 42, 1.2, playground=True),
    Park("Spinnersveld", (-620, -1660), 66, 52, 0.2, playground=True),
    Park("Lijnveld", (-1040, -1830), 80, 58, 0.4, 0.35, "Lijnvijver"),
    Park("Berkenveld", (-500, -680), 70, 48),
    Park("Essenhorst", (-160, -1210), 74, 50, 0.2, playground=True),
    Park("Doelenplantsoen", (-60, -1560), 66, 46, -0.2),
    Park("Vinkenveld", (-1340, -1120), 66, 52, playground=True),
    Park("Zwaluwveld", (-760, -640), 72, 44),
    Park("Klaverveld", (610, -620), 66, 46, playground=True),
    Park("Rietveld", (980, -640), 96, 54, 0.1, 0.45, "Rietvijver", playground=True),
    Park("Sterrenveld", (2140, -610), 88, 58, 0.4, 0.4, "Zonnevijver", playground=True),
    Park("Roerdomp", (1010, -1420), 62, 60, playground=True),
    Park("Wisselplantsoen", (290, -1760), 60, 38, -0.1, playground=True),
    Park("Koogbos", (-1010, -300), 300, 150, 0.05, 0.2, "Boskolk", playground=True),
    Park("Noorderbos", (-1250, 560), 420, 250, -0.1, 0.16, "Hertenkolk"),
    Park("Eendenkooi", (3000, 900), 150, 120, 0.3, 0.4, "Kooiplas"),
    Park("Dijkbos", (3350, 2300), 260, 170, -0.6),
    Park("Rietland", (-3500, -2250), 380, 130, 0.1, 0.7, "Rietplas"),
)

SPORTS = (("Sportpark De Koog", (-960, -2040), 0.06, 3), ("Sportpark Noord", (900, 190), 0.0, 3))
ALLOTMENTS = (("Tuinvereniging De Eendracht", (1720, -1370), 0.08, 260, 130),)
CEMETERIES = (("Begraafplaats Noorderhof", (-330, 180), 0.0, 170, 130),)

LAKE = ("Koogplas", (-2080, -640), 400, 330, 0.5)
HARBOUR = (
    (285, -2590), (405, -2580), (445, -2660), (425, -2735), (375, -2775), (372, -2850), (308, -2850), (305, -2775),
    (275, -2745), (262, -2680),
)  # fmt: skip
HARBOUR_QUAYS = {"BU99010000": "Westerhaven", "BU99010001": "Oosterhaven"}

SQUARES = (
    ("Kerkplein", ((-150, -2275), (-45, -2290), (-35, -2195), (-140, -2185))),
    ("Markt", ((95, -2160), (175, -2170), (182, -2080), (100, -2075))),
    ("Havenhoofd", ((170, -2590), (262, -2600), (255, -2650), (180, -2640))),
    ("Stationsplein", ((135, -1362), (255, -1358), (255, -1415), (135, -1420))),
)

OLD_STREETS: tuple[tuple[str, tuple[Metres, ...]], ...] = (
    ("Breestraat", ((90, -1860), (80, -1960), (60, -2080), (30, -2230), (60, -2400), (130, -2560), (175, -2615))),
    ("Kerkstraat", ((-530, -2235), (-380, -2200), (-250, -2225), (-145, -2230))),
    ("Kerkstraat", ((-40, -2240), (30, -2230), (180, -2215), (318, -2200))),
    ("Torenstraat", ((-100, -2185), (-120, -2080), (-110, -1930))),
    ("Zuiderkerkstraat", ((-95, -2285), (-90, -2400), (-130, -2520), (-150, -2630))),
    ("Nieuwstraat", ((-300, -1990), (-190, -2050), (-115, -2050), (65, -2045), (100, -2090))),
    ("Marktstraat", ((178, -2130), (240, -2125), (300, -2120))),
    ("Achterom", ((110, -1890), (160, -1960), (150, -2075))),
    (
        "Visserstraat",
        ((-480, -2480), (-330, -2460), (-210, -2440), (-90, -2400), (60, -2400), (190, -2410), (345, -2400)),
    ),
    ("Zoutsteeg", ((-250, -2225), (-240, -2330), (-210, -2440))),
    ("Touwslagersbaan", ((-470, -2535), (-300, -2550), (-130, -2520), (60, -2510), (120, -2540), (300, -2500))),
    ("Kuiperssteeg", ((190, -2215), (200, -2310), (190, -2410), (200, -2525))),
    ("Boterstraat", ((-330, -2210), (-340, -2110), (-300, -1990), (-272, -1964))),
    ("Hoenderhof", ((-45, -2210), (-10, -2130), (-15, -2047))),
    ("Mosterdsteeg", ((-15, -2047), (-10, -1960), (0, -1890))),
    ("Smidssteeg", ((-330, -2460), (-322, -2570))),
    ("Havenstraat", ((318, -2230), (430, -2245), (530, -2260))),
    ("Kaaistraat", ((430, -2245), (440, -2380), (450, -2520), (480, -2640))),
    ("Scheepmakersstraat", ((430, -2245), (420, -2130), (380, -1960))),
    ("Zeilmakersstraat", ((360, -2400), (440, -2390), (560, -2410), (690, -2390))),
    ("Ankersmidstraat", ((405, -2550), (450, -2540), (600, -2540), (730, -2500))),
    ("Lijnbaan", ((560, -2260), (575, -2400), (600, -2540), (610, -2610))),
    ("Turfsteeg", ((420, -2130), (520, -2120), (575, -2110))),
)  # fmt: skip

SCHOOLS = (
    ("Basisschool De Toren", (-215, -2138), 0.05),
    ("Basisschool Het Kompas", (-180, -1430), 0.0),
    ("Polderwijk College", (620, -1420), 0.05),
    ("Basisschool De Lindeboom", (-120, -1080), 0.0),
    ("Basisschool De Bloesem", (600, -1090), 0.05),
    ("Basisschool De Tuin", (-90, -210), 0.1),
    ("Basisschool De Oosterster", (1380, -980), 0.1),
    ("Basisschool De Botter", (1200, -1560), 0.1),
    ("Basisschool De Sterrenwacht", (2080, -960), 0.2),
    ("Basisschool De Zwaluw", (-890, -740), 0.05),
    ("Basisschool De Werkplaats", (-640, -1880), 0.1),
)

OLD_TOWN = (70.0, -2330.0)

PATTERNS: dict[str, tuple[Pattern, ...]] = {
    "BU99010000": (rows(-8, 96, 120, 12, 50),),
    "BU99010001": (rows(6, 90, 115, 8, 50),),
    "BU99010002": (rings(OLD_TOWN, 520, 72, 0.93, 140),),
    "BU99010003": (rings(OLD_TOWN, 520, 72, 0.93, 135),),
    "BU99010100": (rows(4, 84, 180, 6),),
    "BU99010101": (rows(24, 72, 170, 12),),
    "BU99010102": (courts(),),
    "BU99010200": (rows(-10, 75, 170, 42),),
    "BU99010201": (fingers(84, 138), rows(-4, 260, 900, 10)),
    "BU99010202": (rings((1850, -1000), 125, 70, 0.85, 150),),
    "BU99010300": (courts(),),
    "BU99010301": (rows(82, 86, 180, 10),),
    "BU99010400": (rows(2, 130, 260, 0),),
}

QUAYS: dict[tuple[str, str], str] = {
    ("BU99010000", "Singelgracht"): "Binnensingel",
    ("BU99010001", "Singelgracht"): "Oosterbinnensingel",
    ("BU99010002", "Singelgracht"): "Noordersingel",
    ("BU99010003", "Singelgracht"): "Stationssingel",
    ("BU99010201", "Singelgracht"): "Schepensingel",
    ("BU99010301", "Singelgracht"): "Koogsingel",
    ("BU99010000", "Oude Gracht"): "Oude Gracht",
    ("BU99010001", "Oude Gracht"): "Oude Gracht oostzijde",
    ("BU99010000", "Markerdijk"): "Zuiderwal",
    ("BU99010001", "Markerdijk"): "Oosterwal",
    ("BU99010201", "Markerdijk"): "Dijkstraat",
    ("BU99010301", "Markerdijk"): "Onderdijk",
    ("BU99010002", "Spoorlijn"): "Spoorstraat",
    ("BU99010003", "Spoorlijn"): "Stationsweg",
    ("BU99010100", "Spoorlijn"): "Spoorlaan",
    ("BU99010101", "Spoorlijn"): "Seringenlaan",
    ("BU99010200", "Spoorlijn"): "Oosterspoor",
    ("BU99010201", "Spoorlijn"): "Zuiderspoor",
    ("BU99010202", "Spoorlijn"): "Komeetlaan",
    ("BU99010300", "Spoorlijn"): "Reigerlaan",
    ("BU99010301", "Spoorlijn"): "Gildelaan",
    ("BU99010003", "Oostvaart"): "Stationskade",
    ("BU99010101", "Oostvaart"): "Bloemenkade",
    ("BU99010102", "Oostvaart"): "Kruidenkade",
    ("BU99010200", "Oostvaart"): "Oostpolderkade",
    ("BU99010201", "Oostvaart"): "Schepenkade",
    ("BU99010400", "Oostvaart"): "Sluiskade",
    ("BU99010200", "Noordervaart"): "Noorderkade",
    ("BU99010202", "Noordervaart"): "Poolsterkade",
    ("BU99010400", "Noordervaart"): "Industriekade",
    ("BU99010201", "Schepenvaart"): "Buitenkade",
    ("BU99010300", "Vogelvaart"): "Lepelaarkade",
    ("BU99010301", "Koogvaart"): "Koogkade",
    ("BU99010202", "Sterrentocht"): "Melkweg",
    ("BU99010400", "Sterrentocht"): "Boezemweg",
    ("BU99010102", "Provincialeweg"): "Parallelweg",
    ("BU99010400", "Provincialeweg"): "Handelsweg",
    ("BU99010102", "Koogpad"): "Koogpad",
}


POLDER_ROADS = {
    "Noorderweg", "Middenweg", "Westerweg", "Oosterweg", "Veenweg", "Zuiderweg", "Koogweg", "Buitenweg",
    "Lange Weg", "Tussenweg", "Lange Kade", "Veenderweg", "Zuiderdijkweg",
}  # fmt: skip
INDUSTRIAL_ROADS = {"Sluisweg", "Dijkgraafweg"}
VILLAGE_ROADS = {"Dorpsstraat"}

CHURCH: Metres = (-92, -2234)
STATION: Metres = (190, -1338)

PLACES: tuple[tuple[str, str, Metres], ...] = (
    ("church", "Grote Kerk", CHURCH),
    ("station", "Station Polderwijk", STATION),
    ("harbour", "Haven", (350, -2690)),
    ("town_hall", "Gemeentehuis", (140, -2190)),
    ("library", "Bibliotheek De Waag", (205, -2100)),
    ("community_centre", "Buurthuis De Linde", (95, -800)),
    ("community_centre", "Wijkcentrum De Dukdalf", (1165, -1780)),
    ("community_centre", "Buurtkamer De Specht", (-690, -1010)),
    ("community_centre", "Jongerencentrum De Loods", (690, -1500)),
    ("shops", "Winkelcentrum Lindehof", (60, -1010)),
    ("shops", "Winkelcentrum De Vuurtoren", (1500, -910)),
    ("health_centre", "Gezondheidscentrum Singel", (-150, -1700)),
    ("health_centre", "Gezondheidscentrum Oost", (1560, -780)),
    ("pumping_station", "Gemaal De Eendracht", (1505, -2240)),
    ("beach", "Strandje Koogplas", (-1720, -520)),
    ("bridge", "Kerkbrug", (-535, -2236)),
    ("bridge", "Lindebrug", (90, -1860)),
    ("bridge", "Havenbrug", (655, -2228)),
    ("bridge", "Bloemenbrug", (768, -905)),
)


def streets_by_hand() -> Sequence[tuple[str, str, tuple[Metres, ...]]]:
    """Every street and road with its name and kind that no pattern draws."""
    return (*ROADS, *((name, "street", points) for name, points in OLD_STREETS))
