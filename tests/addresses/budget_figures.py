"""The figures of the budget: for everybody; their explanation, keys and answers for officials."""

from django_scopes import scope

from budget.models import AreaKey, AreaWeight
from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.budget import BudgetFactory, LineFeedbackFactory, ProgrammeFactory, YearSizeFactory
from tests.factories.core import AreaFactory, MunicipalityFactory
from trajecten.models import Area

ANSWER = {"understood": "yes", "enough": "too_little", "words": "Meer bomen."}
TEXT = {"what": "Ons groen.", "pays_for": "", "by_law": "", "can_move": "", "seen": ""}
KEY = {
    "name": "Naar lantaarns",
    "kind": "own",
    "source": "Telling van de beheerder",
    "rows": "{area_code}; 3",
}
BOOKINGS = {"budget": "{budget}", "rows": "5.7; {area_code}; 1000"}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("budget:overview", EVERYBODY),
    Row("budget:main-field", EVERYBODY, of="main_field"),
    Row("budget:line", EVERYBODY, of="figures_line"),
    Row("budget:line-answer", EVERYBODY, "POST", of="figures_line", body=ANSWER),
    Row("budget:similar", EVERYBODY, of="figures_line"),
    Row("budget:origin", EVERYBODY, of="figures_line"),
    Row("budget:origin-csv", EVERYBODY, of="figures_line"),
    Row("budget:by-programme", EVERYBODY),
    Row("budget:programme-figures", EVERYBODY, of="programme_figures"),
    Row("budget:line-answers", "L..+++..+"),
    *(Row(f"budget:line-answers-{form}", "L..+++..+") for form in ("csv", "xlsx")),
    Row("budget:line-texts", "L..x+x..+"),
    Row("budget:line-text", "L..x+x..+", of="figures_line"),
    Row("budget:line-text", "L..x+x..+", "POST", of="figures_line", body=TEXT),
    Row("budget:area-keys", "L..x+x..+"),
    Row("budget:area-key-new", "L..x+x..+"),
    Row("budget:area-key-new", "L..x+x..+", "POST", body=KEY),
    Row("budget:area-key", "L..x+x..+", of="area_key"),
    Row("budget:area-key", "L..x+x..+", "POST", of="area_key", body=KEY),
    Row("budget:area-key-uses", "L..x+x..+"),
    Row("budget:area-key-uses", "L..x+x..+", "POST", body={"key_5_7": "{area_key}"}),
    Row("budget:area-bookings", "L..x+x..+"),
    Row("budget:area-bookings", "L..x+x..+", "POST", body=BOOKINGS),
]
# fmt: on


def keys(things: Things) -> Keys:
    here = things.schouw.municipality
    area = Area.objects.filter(municipality=here).first() or AreaFactory(municipality=here)
    budget = BudgetFactory(municipality=here, lines={"5.7": (4_000_000, 100_000), "6.3": 9_000_000})
    YearSizeFactory(municipality=here)
    for number in range(2):
        _beside(number)
    ProgrammeFactory(municipality=here, code="5", shares={"5": 1})
    LineFeedbackFactory(municipality=here, words="Te weinig bomen.")
    key = AreaKey.objects.create(municipality=here, name="Groen", kind="own", source="Beheerkaart")
    AreaWeight.objects.create(municipality=here, key=key, area=area, weight=3)
    return {
        "main_field": {"code": 5},
        "figures_line": {"code": "5.7"},
        "programme_figures": {"code": "5"},
        "area_key": {"pk": key.pk},
        "figures": {"area_code": area.code, "budget": budget.pk},
    }


def _beside(number: int) -> None:
    """Another municipality to compare with."""
    other = MunicipalityFactory(code=f"GM970{number}", name=f"Buurdorp {number}", is_participating=False)
    with scope(municipality=other):
        YearSizeFactory(municipality=other)
        BudgetFactory(municipality=other, lines={"5.7": 3_000_000 + number})
