"""Choosing themes and programmes of the budget, their analysis, and questions about it."""

import uuid

from budget.method import ANALYSE, CHOOSE_PROGRAMMES, CHOOSE_THEMES
from budget.models import Theme
from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.budget import BudgetTrajectoryFactory, ProgrammeFactory, ThemeFactory
from tests.factories.choosing import (
    BallotFactory,
    ChoiceFactory,
    NoteFactory,
    QuestionFactory,
    UnconfirmedQuestionFactory,
)
from tests.factories.enrolment import EnrolmentFactory

# The key of the theme that forms choose, so that they can name its fields.
THEME = 990001
SUGGESTION = {"title": "Rust in de straat", "text": "Minder lawaai in de avond."}
CARD = {"title": "Wonen", "text": "Een dak boven je hoofd.", "icon": "home", "task_fields": "8.3"}
VOTE = {"kind": "resident", "email": "kiest@example.org"}
QUESTION = {"text": "Wat kost dit?", "email": "vraagt@example.org"}
NOTE = {
    "kind": "resident",
    "aspect": "goal",
    "text": "Het doel is niet te meten.",
    "source": "Begroting, blz. 3",
}
CHOICE = {"is_chosen": "yes", "reason": "Hier gaat het meeste geld heen."}
PAPER = {"kind": "resident", "themes": THEME, "key": str(uuid.uuid4())}
CHOSEN = {f"chosen_{THEME}": "on", f"reason_{THEME}": "De meeste stemmen."}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("budget:routes", EVERYBODY),
    Row("budget:route", EVERYBODY, of="budget_themes"),
    Row("budget:themes", EVERYBODY, of="budget_themes"),
    Row("budget:themes", EVERYBODY, "POST", of="budget_themes", body=VOTE),
    Row("budget:theme-suggest", EVERYBODY, of="budget_themes"),
    Row("budget:theme-suggest", EVERYBODY, "POST", of="budget_themes", body=SUGGESTION),
    *(Row(f"budget:{name}", EVERYBODY, method, of="budget_member_themes", body=SUGGESTION)
      for name in ("themes-member", "theme-suggest-member") for method in ("GET", "POST")),
    Row("budget:theme-ballot", EVERYBODY, of="budget_ballot"),
    Row("budget:theme-ballot", EVERYBODY, "POST", of="budget_ballot", body=VOTE),
    Row("budget:theme-ballot-confirm", EVERYBODY, of="budget_ballot"),
    Row("budget:theme-ballot-confirm", EVERYBODY, "POST", of="budget_ballot"),
    Row("budget:theme-ballot-suggest", EVERYBODY, of="budget_ballot"),
    Row("budget:theme-ballot-suggest", EVERYBODY, "POST", of="budget_ballot", body=SUGGESTION),
    Row("budget:theme-ballot-withdraw", EVERYBODY, of="budget_ballot"),
    Row("budget:programmes", EVERYBODY, of="budget_programmes"),
    Row("budget:route-desk", "L..++++.+", of="budget_themes"),
    Row("budget:themes-desk", "L..++++.+", of="budget_themes"),
    Row("budget:themes-begin", "L..x+x+.+", of="budget_themes"),
    Row("budget:themes-begin", "L..x+x+.+", "POST", of="budget_themes"),
    Row("budget:themes-choose", "L..x+x+.+", of="budget_themes"),
    Row("budget:themes-choose", "L..x+x+.+", "POST", of="budget_themes", body=CHOSEN),
    Row("budget:theme-new", "L..x+x+.+", of="budget_themes"),
    Row("budget:theme-new", "L..x+x+.+", "POST", of="budget_themes", body=CARD),
    Row("budget:themes-paper", "L..++++.+", of="budget_themes"),
    Row("budget:themes-paper", "L..++++.+", "POST", of="budget_themes", body=PAPER),
    Row("budget:themes-sheet", "L..++++.+", of="budget_themes"),
    Row("budget:theme-edit", "L..x+x+.+", of="budget_theme"),
    Row("budget:theme-edit", "L..x+x+.+", "POST", of="budget_theme", body=CARD),
    Row("budget:theme-remove", "L..x+x+.+", of="budget_theme"),
    Row("budget:theme-remove", "L..x+x+.+", "POST", of="budget_theme"),
    Row("budget:programmes-desk", "L..++++.+", of="budget_programmes"),
    Row("budget:programme-choose", "L..x+x+.+", of="budget_choice"),
    Row("budget:programme-choose", "L..x+x+.+", "POST", of="budget_choice", body=CHOICE),
    Row("budget:programme", EVERYBODY, of="budget_programme"),
    Row("budget:programme", EVERYBODY, "POST", of="budget_programme", body=NOTE),
    Row("budget:programme-member", EVERYBODY, of="budget_member_programme"),
    Row("budget:programme-member", EVERYBODY, "POST", of="budget_member_programme", body=NOTE),
    Row("budget:note-desk", "L..++++.+", of="budget_programme"),
    Row("budget:note-desk", "L..++++.+", "POST", of="budget_programme", body=NOTE),
    Row("budget:questions", EVERYBODY, of="budget_analysis"),
    Row("budget:ask", EVERYBODY, of="budget_analysis"),
    Row("budget:ask", EVERYBODY, "POST", of="budget_analysis", body=QUESTION),
    Row("budget:ask-member", EVERYBODY, of="budget_member"),
    Row("budget:ask-member", EVERYBODY, "POST", of="budget_member", body=QUESTION),
    Row("budget:question", EVERYBODY, of="budget_question"),
    Row("budget:question-own", EVERYBODY, of="budget_own_question"),
    Row("budget:question-confirm", EVERYBODY, of="budget_unconfirmed"),
    Row("budget:questions-desk", "L..+++..+"),
    Row("budget:question-desk", "L..++++.+", of="budget_question"),
    Row("budget:question-answer", "L..++xx.+", of="budget_question"),
    Row("budget:question-answer", "L..++xx.+", "POST", of="budget_question", body={"text": "Door de huren."}),
]
# fmt: on


def keys(things: Things) -> Keys:
    """A trajectory in each of the first three steps, with what there is in it."""
    given = {"municipality": things.schouw.municipality, "adviser": things.adviser}
    known = Theme.objects.filter(pk=THEME).select_related("trajectory").first()
    themes = known.trajectory if known else BudgetTrajectoryFactory(act=CHOOSE_THEMES, **given)
    programmes = BudgetTrajectoryFactory(act=CHOOSE_PROGRAMMES, **given)
    analysis = BudgetTrajectoryFactory(act=ANALYSE, **given)
    theme = known or ThemeFactory(trajectory=themes, pk=THEME)
    ThemeFactory(trajectory=programmes, is_chosen=True, choice_reason="De meeste stemmen")
    ballot = BallotFactory(trajectory=themes, themes=[ThemeFactory(trajectory=themes)])
    programme = ProgrammeFactory(municipality=themes.municipality, shares={"6.3": 1})
    ChoiceFactory(trajectory=analysis, programme=programme)
    NoteFactory(trajectory=analysis, programme=programme)
    question = QuestionFactory(trajectory=analysis, programme=programme)
    member, chooser = EnrolmentFactory(trajectory=analysis), EnrolmentFactory(trajectory=themes)
    return {
        "budget_themes": {"pk": themes.pk},
        "budget_programmes": {"pk": programmes.pk},
        "budget_analysis": {"pk": analysis.pk},
        "budget_theme": {"pk": themes.pk, "theme": theme.pk},
        "budget_ballot": {"token": ballot.token},
        "budget_choice": {"pk": programmes.pk, "programme": programme.pk},
        "budget_programme": {"pk": analysis.pk, "programme": programme.pk},
        "budget_member": {"token": member.token},
        "budget_member_themes": {"token": chooser.token},
        "budget_member_programme": {"token": member.token, "programme": programme.pk},
        "budget_question": {"pk": question.pk},
        "budget_own_question": {"token": question.token},
        "budget_unconfirmed": {"token": UnconfirmedQuestionFactory(trajectory=analysis).token},
    }
