"""Made-up values for the style guide at /stijl: each component once, in every state that it has."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from trajecten.charts import BarRow, BarTable, Series
from trajecten.columns import ColumnChart, ColumnRow
from trajecten.domain.chain import ChainLink
from trajecten.treemap import Block, Treemap

CATEGORIES = (
    ("pavement", "Stoep en straat"),
    ("green", "Groen"),
    ("waste", "Afval"),
    ("lighting", "Verlichting"),
    ("traffic", "Verkeer"),
    ("playground", "Speelplek"),
    ("water", "Water"),
    ("noise", "Geluid"),
    ("dog", "Honden"),
    ("other", "Iets anders"),
)
OTHER_ICONS = (
    "check cross arrow arrow-back pin locate camera mail clock person people warning info thumbs-up search plus "
    "calendar list map walk lock speech gavel empty bell "
    "book briefcase euro heart home"
).split()


class ExampleForm(forms.Form):
    """One field of every kind; it is shown refused as well."""

    category = forms.ChoiceField(
        label="Waar gaat het over?",
        choices=CATEGORIES,
        widget=forms.RadioSelect(attrs={"class": "portal-tiles portal-tiles--three portal-tiles--icons"}),
    )
    text = forms.CharField(
        label="Wat is er aan de hand?",
        help_text="Schrijf geen namen of telefoonnummers op.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    area = forms.ChoiceField(
        label="Buurt", choices=(("", "Kies een buurt"), ("1", "De Linde"), ("2", "Oostpolder"))
    )
    when = forms.DateField(label="Wanneer zag u het?", widget=forms.DateInput(attrs={"type": "date"}))
    solved = forms.ChoiceField(
        label="Is het opgelost?",
        choices=(("yes", "Ja"), ("partly", "Gedeeltelijk"), ("no", "Nee")),
        widget=forms.RadioSelect,
    )
    themes = forms.MultipleChoiceField(
        label="Over welke thema’s wilt u mail?",
        choices=CATEGORIES[:3],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    photos = forms.FileField(
        label="Foto’s",
        required=False,
        help_text="Hoogstens 15 MB per foto.",
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    email = forms.EmailField(
        label="Uw e-mailadres",
        required=False,
        help_text="Dan laten we u weten wat we ermee doen. Niemand anders ziet het.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    agree = forms.BooleanField(label="Mijn woorden mogen op de website staan.")


class ExampleFilter(forms.Form):
    """The bar above a list."""

    status = forms.ChoiceField(label="Status", required=False, choices=(("", "Alle"), ("new", "Nieuw")))
    theme = forms.ChoiceField(label="Thema", required=False, choices=(("", "Alle thema’s"), *CATEGORIES))
    q = forms.CharField(label="Zoeken", required=False)


def examples() -> dict[str, Any]:
    """The context of templates/styleguide.html."""
    return {
        "icons": [name for name, _label in CATEGORIES] + OTHER_ICONS,
        "ways": _ways(),
        "chains": _chains(),
        "steps": _steps(),
        "figures": _figures(),
        "rows": _rows(),
        "chart": _chart(),
        "treemap": _treemap(),
        "columns": _columns(),
        "events": _events(),
        "facts": [
            {"label": "Nummer", "value": "2041"},
            {"label": "Plek", "value": "Lindelaan, bij de speeltuin"},
            {"label": "Thema", "value": "Stoep en straat"},
        ],
        "page": Paginator(range(480), 25).page(7),
        "form": ExampleForm(),
        "refused": ExampleForm({"email": "geen adres"}, auto_id="refused_%s", prefix="refused"),
        "filter": ExampleFilter(auto_id="filter_%s"),
    }


def _ways() -> list[dict[str, str]]:
    return [
        {
            "title": "Meld iets op straat",
            "text": "Foto, plek, klaar. U hoort binnen 5 werkdagen wat we doen.",
            "url": "#",
            "icon": "camera",
        },
        {
            "title": "Loop mee met de buurtschouw",
            "text": "Zaterdag 5 december, 10.00 uur, De Linde. Nog 6 plekken.",
            "url": "#",
            "icon": "walk",
        },
        {
            "title": "Maak uw eigen begroting",
            "text": "Schuif met 4,2 miljoen euro voor armoede en jeugd. Nog 12 dagen.",
            "url": "#",
            "icon": "list",
        },
    ]


def _chains() -> list[dict[str, Any]]:
    return [
        {
            "kicker": "De Linde · buurtschouw 14 maart",
            "title": "Een veilige oversteek bij basisschool De Kring",
            "links": [
                ChainLink("Gezegd", "done", "18 mensen"),
                ChainLink("Beloofd", "done", "voor 1 juni"),
                ChainLink("Besloten", "done", "raad, 21 april"),
                ChainLink("Gedaan", "done", "28 mei"),
                ChainLink("Uw oordeel", "now", "11 ja · 2 deels"),
            ],
        },
        {
            "kicker": "Oostpolder · melding 1988",
            "title": "De lantaarn op de hoek van de Meent is kapot",
            "links": [
                ChainLink("Gezegd", "done", "4 mensen"),
                ChainLink("Beloofd", "broken", "was voor 3 november"),
                ChainLink("Besloten", "skipped"),
                ChainLink("Gedaan", "todo"),
                ChainLink("Uw oordeel", "todo"),
            ],
        },
    ]


def _steps() -> list[dict[str, Any]]:
    waiting = timezone.now() - timedelta(days=9)
    reason = {
        "text": "De nulmeting van “kinderen die zelf fietsen”.",
        "who": "de kerngroep",
        "since": waiting,
    }
    return [
        {
            "title": "Wat is er aan de hand?",
            "state": "done",
            "detail": "Klaar op 3 februari · 4 bronnen, 23 mensen gesproken",
        },
        {"title": "Wat moet er beter?", "state": "done", "detail": "Klaar op 20 februari · 2 doelen"},
        {
            "title": "Meetbare resultaten bepalen",
            "state": "now",
            "unmet": [reason],
            "action_url": "#",
            "action_label": "Vul de nulmeting in",
        },
        {"title": "Actieplan uitvoeren", "state": "todo", "detail": "Gepland vanaf 1 april"},
        {"title": "Resultaten meten", "state": "todo"},
    ]


def _figures() -> list[dict[str, str]]:
    return [
        {"label": "Nieuw", "value": "14", "note": "oudste 2 dagen", "url": "#"},
        {"label": "Over de termijn", "value": "3", "note": "was 5 vorige week", "url": "#", "tone": "bad"},
        {"label": "Terug van de melder", "value": "2", "note": "“niet opgelost”", "url": "#", "tone": "now"},
        {"label": "Opgelost volgens melders", "value": "78%", "note": "laatste 90 dagen"},
    ]


def _chart() -> BarTable:
    series = (
        Series("gedaan", "good"),
        Series("gedeeltelijk", "part"),
        Series("niet", "bad"),
        Series("loopt", "open"),
    )
    rows = (
        BarRow("Digitale buurtschouw", (14, 3, 2, 6), url="#"),
        BarRow("Burgers aan het stuur", (5, 2, 0, 4), url="#"),
        BarRow("Budgetmonitoring", (1, 0, 1, 3), url="#", note="sinds mei"),
    )
    return BarTable("example", "Beloofd en gedaan, per traject", "Traject", series, rows)


def _treemap() -> Treemap:
    blocks = (
        Block("Sociaal domein", 62, "€ 62 miljoen", "#"),
        Block("Wonen", 21, "€ 21 miljoen", "#"),
        Block("Onderwijs", 9, "€ 9 miljoen", "#"),
    )
    return Treemap("example-boxes", "Waar het geld heen gaat", blocks)


def _columns() -> ColumnChart:
    series = (Series("begroot", "open"), Series("uitgegeven", "good"))
    rows = (ColumnRow("2025", (58, 60)), ColumnRow("2026", (61, None)))
    return ColumnChart("example-years", "Sociaal domein, in miljoenen euro", "Jaar", series, rows)


def _rows() -> list[dict[str, str]]:
    names = ("title", "area", "theme", "tag", "tone", "term", "supports")
    rows = (
        (
            "Losse stoeptegels bij de speeltuin",
            "De Linde",
            "Stoep en straat",
            "Terug: niet opgelost",
            "danger",
            "vandaag",
            "11",
        ),
        (
            "Lantaarn kapot, hoek Meent",
            "Oostpolder",
            "Verlichting",
            "2 dagen over tijd",
            "warning",
            "−2 dagen",
            "4",
        ),
        ("Container zit vol", "Centrum", "Afval", "Nieuw", "neutral", "5 dagen", "1"),
        ("Tak hangt laag boven fietspad", "De Linde", "Groen", "Gepland 1 dec", "success", "8 dagen", "2"),
    )
    return [dict(zip(names, row, strict=True)) for row in rows]


def _events() -> list[dict[str, Any]]:
    start: datetime = timezone.now() - timedelta(days=6)
    return [
        {
            "who": "Een bewoner",
            "when": start,
            "kind": "resident",
            "text": "Stoeptegels liggen los bij de speeltuin.",
        },
        {
            "who": "Gemeente Polderwijk",
            "when": start + timedelta(days=1),
            "kind": "staff",
            "tag": "Gepland",
            "tone": "success",
            "title": "Nieuwe status:",
            "text": "We leggen de tegels op 1 december recht.\nTot die tijd staat er een hek.",
        },
        {
            "who": "Openbare ruimte",
            "when": start + timedelta(days=1, hours=2),
            "kind": "internal",
            "text": "Aannemer heeft nog 20 tegels liggen.",
        },
    ]
