"""Who writes a promise locks it first, and makes its version one higher."""

from trajecten.domain.promises.refusals import CommitmentChanged
from trajecten.models import Commitment


def lock(commitment: Commitment, version: int | None = None) -> Commitment:
    """The newest row, locked. Raises ``CommitmentChanged`` when it is newer than ``version``."""
    rows = Commitment.objects.select_for_update(of=("self",)).with_names().select_related("municipality")
    newest = rows.defer("area__geometry", "municipality__boundary").get(pk=commitment.pk)
    if version is not None and newest.version != version:
        raise CommitmentChanged(newest)
    return newest


def keep(commitment: Commitment, *fields: str) -> None:
    """Save these fields, as a newer version of the promise."""
    commitment.version += 1
    commitment.save(update_fields=[*fields, "version"])
