"""``manage.py recount_verdicts``"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy, ngettext
from django_scopes import scopes_disabled

from trajecten.domain.promises import judging
from trajecten.models import Commitment


class Command(BaseCommand):
    help = gettext_lazy("Count the verdicts on every promise again, and put right what differs.")

    def handle(self, *args: Any, **options: Any) -> None:
        with scopes_disabled():
            judged = Commitment.objects.filter(round__gt=0).order_by("pk")
            wrong = sum(judging.recount(commitment) for commitment in judged.iterator())
        self.stdout.write(
            ngettext("%(n)d promise put right", "%(n)d promises put right", wrong) % {"n": wrong}
        )
