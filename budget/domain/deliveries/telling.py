"""Who hears that a delivery was read or refused: the official who asked for it, when they will have left its page."""

from datetime import timedelta

from django.utils import timezone

from budget.models import Delivery
from trajecten.domain.telling import notify

ENDED = "budget.delivery_ended"
# From so many rows on a delivery is large; a smaller one has ended while its page is still looked at.
LARGE = 1000
LONG = timedelta(seconds=30)


def ended(delivery: Delivery) -> None:
    """Owe them one message, in the transaction that ends the delivery. Of a small one that went quickly none."""
    by, municipality = delivery.by, delivery.municipality
    if by is None or not by.is_active or municipality is None or not _is_large(delivery):
        return
    notify.owe(
        key=ENDED, to=by, municipality=municipality, about=delivery, delivery_key=f"{ENDED}:{delivery.pk}"
    )


def _is_large(delivery: Delivery) -> bool:
    return delivery.rows_read >= LARGE or timezone.now() - delivery.at > LONG
