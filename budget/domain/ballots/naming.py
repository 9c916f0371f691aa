"""What a project in a counted vote is called: as it was when it was counted, unless others may not read that now."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from budget.domain.ballots import counting
from budget.models import BallotProject, BallotResult
from trajecten.counting.ballots import Project
from trajecten.enums import Moderation


def replaced(result: BallotResult) -> Mapping[int, str]:
    """The projects that were hidden since, by their number, with what they are called instead; in one statement."""
    if result.ballot_id is None:
        return {}
    rows = BallotProject.objects.filter(ballot=result.ballot_id).exclude(moderation=Moderation.PUBLISHED)
    return {number: _("Project %(n)s") % {"n": number} for number in rows.values_list("number", flat=True)}


def public_file(result: BallotResult) -> str:
    """The file that everybody can download: as it was counted, but for the names of projects that were hidden since.

    Names count for nothing, so it counts to the same. What was frozen stays as it is; where they differ the page tells
    the checksum of both (``public_sha256``).
    """
    with translation.override(settings.LANGUAGE_CODE):
        names = replaced(result)
    if not names or not result.file:
        return result.file
    election = counting.read(result.file.encode(), file=result.title).election
    renamed = tuple(_renamed(project, names) for project in election.projects)
    return counting.written(replace(election, projects=renamed))


def _renamed(project: Project, names: Mapping[int, str]) -> Project:
    name = names.get(int(project.id))
    if name is None:
        return project
    details = tuple((key, name if key == counting.NAME else value) for key, value in project.details)
    return replace(project, details=details)


def public_sha256(result: BallotResult) -> str:
    """The checksum of ``public_file``."""
    return sha256(public_file(result).encode()).hexdigest()
