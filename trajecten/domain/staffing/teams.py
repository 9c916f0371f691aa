"""Teams of officials."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from trajecten.domain import activities
from trajecten.domain.staffing.refusals import StaffRefused
from trajecten.models import Team, User


@transaction.atomic
def keep(*, team: Team, name: str, members: Iterable[User], by: User) -> Team:
    """Make or change a team. Refused (``StaffRefused``) for a name that another team here has."""
    team.name = name.strip()
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as error:
        raise StaffRefused(_("There is a team with this name already."), field="name") from error
    team.members.set(members)
    activities.record(verb="team_kept", target=team, by=by)
    return team
