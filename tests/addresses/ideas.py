"""Ideas: for everybody, for who joins one, for officials; and what becomes of one in another method."""

from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.ideas import IdeaReportFactory, JoiningFactory
from trajecten.domain.successions import asking, preparing

JUDGEMENT = {"level": "easy", "reason": "Er is plek."}
PROMISE = {"version": 1, "text": "Wij zetten de kast neer.", "deadline": "{tomorrow}"}
PREPARED = {"target": "stuur", "title": "Ruilkast", "text": "Een kast om boeken te ruilen."}
OFFER = {"hours": 3, "can_do": "Timmeren"}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("buurtschouw:ideas", EVERYBODY),
    Row("buurtschouw:ideas-geojson", EVERYBODY),
    Row("buurtschouw:idea-join", EVERYBODY, "POST", of="idea", body=OFFER),
    Row("buurtschouw:joining", EVERYBODY, of="joining"),
    Row("buurtschouw:joining", EVERYBODY, "POST", of="joining", body=OFFER),
    *(Row(f"buurtschouw:joining-{act}", EVERYBODY, method, of="joining")
      for act in ("confirm", "pull", "back", "letter") for method in ("GET", "POST")),
    Row("buurtschouw:joining-leave", EVERYBODY, of="joining"),
    Row("buurtschouw:ideas-desk", "L..+++..+"),
    Row("buurtschouw:ideas-desk", "L..++++.+", query="?schouw={schouw}"),
    *(Row(f"buurtschouw:ideas-desk-{form}", "L..+++..+") for form in ("csv", "xlsx")),
    *(Row(f"buurtschouw:ideas-desk-{form}", "L..++++.+", query="?schouw={schouw}") for form in ("csv", "xlsx")),
    Row("buurtschouw:idea-desk", "L..++++.+", of="idea"),
    *(Row(f"buurtschouw:idea-{act}", "L..++xx.+", of="idea") for act in ("judge", "promise", "prepare")),
    Row("buurtschouw:idea-judge", "L..++xx.+", "POST", of="idea", body=JUDGEMENT),
    Row("buurtschouw:idea-promise", "L..++xx.+", "POST", of="idea", body=PROMISE),
    Row("buurtschouw:idea-prepare", "L..++xx.+", "POST", of="idea", body=PREPARED),
    Row("buurtschouw:idea-hide-name", "L..++xx.+", of="named"),
    Row("buurtschouw:idea-hide-name", "L..++xx.+", "POST", of="named"),
    Row("successions", "L..++x..+"),
    Row("successions", "L..++x+.+", query="?trajectory={trajectory}"),
    Row("succession", "L..++x+.+", of="succession"),
    Row("succession-take-back", "L..++x+.+", of="succession"),
    Row("succession-take-back", "L..++x+.+", "POST", of="succession"),
    Row("succession-begin", "L..++x+.+", of="succession"),
    Row("succession-along", EVERYBODY, of="along"),
    Row("succession-along", EVERYBODY, "POST", of="along", body={"answer": "yes"}),
]
# fmt: on


def keys(things: Things) -> Keys:
    idea = IdeaReportFactory(schouw=things.schouw, category=things.category)
    joining = JoiningFactory(report=idea, pulling=True, is_named=True)
    other = IdeaReportFactory(schouw=things.schouw, category=things.category, text="Een wilgentunnel")
    succession = preparing.prepare(
        origin=other,
        target="stuur",
        title="Wilgentunnel",
        text="Een tunnel van wilgentenen.",
        by=things.handler,
        companions=[(things.supporter, True)],
    )
    companion = succession.companions.get()
    return {
        "idea": {"number": idea.pk},
        "joining": {"token": joining.token},
        "named": {"number": idea.pk, "joining": joining.pk},
        "succession": {"pk": succession.pk},
        "along": {"token": asking.token(companion)},
    }
