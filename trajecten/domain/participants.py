"""Participants: guests, accounts, and their consents."""

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import ForeignObjectRel, Q
from django_scopes import scopes_disabled

from trajecten import registry
from trajecten.domain import activities, writing
from trajecten.enums import ConsentPurpose
from trajecten.models import Activity, Consent, Municipality, Participant, User

CONTACT_TEXT_VERSION = "2026-11"
MERGED = "participant_merged"
# A guest is written to in the language in which they were here last; who has an account chose one.
GUEST_AGAIN = """(municipality_id, email) DO UPDATE SET email = EXCLUDED.email, language = CASE
    WHEN trajecten_participant.user_id IS NULL THEN EXCLUDED.language ELSE trajecten_participant.language END"""


def guest(*, municipality: Municipality, email: str, language: str) -> Participant:
    """The participant with this address in this municipality, made when there is none."""
    new = new_guest(municipality=municipality, email=email, language=language)
    writing.insert(new)
    return new.row


def new_guest(*, municipality: Municipality, email: str, language: str) -> writing.New[Participant]:
    """The row behind ``guest``: one statement, so that two requests at once can't make two."""
    return writing.New(
        Participant(municipality=municipality, email=email.strip().lower(), language=language),
        on_conflict=GUEST_AGAIN,
    )


@transaction.atomic
def of_user(*, municipality: Municipality, user: User) -> Participant:
    """The participant that this account is in this municipality, made when there is none.

    A guest with the account's address becomes this participant and keeps everything. Another account's
    participant never does: it loses the address, which this account has proved to read.
    """
    found = Participant.objects.filter(municipality=municipality, user=user).first()
    if found:
        return found
    of_others = Participant.objects.filter(municipality=municipality, user__isnull=False)
    of_others.filter(email=user.email.lower()).update(email=None)
    participant = guest(municipality=municipality, email=user.email, language=user.language)
    Participant.objects.filter(pk=participant.pk, user__isnull=True).update(user=user, display_name=user.name)
    participant.refresh_from_db()
    return participant


def known(*, municipality: Municipality, user: User) -> Participant | None:
    """The participant that this account is in this municipality; None for who did nothing here yet.

    For pages that are only looked at: looking makes nobody a participant. A guest with the account's address is the
    account's from then on, as in ``of_user``.
    """
    mine = Q(user=user) | Q(user__isnull=True, email=user.email.lower())
    rows = Participant.objects.select_related("home_area").defer("home_area__geometry")
    found: Participant | None = rows.filter(mine, municipality=municipality).first()
    if found is None or found.user_id:
        return found
    return of_user(municipality=municipality, user=user)


def lock(key: int | None) -> None:
    """Have who changes something of this participant take turns with another who does, and with accounts that become
    one. Call it in a transaction, before anything else is locked. Nothing is locked for nobody.
    """
    rows = Participant.objects.select_for_update(of=("self",), no_key=True)
    rows.filter(pk=key).values_list("pk").first()


@transaction.atomic
def adopt_guests(*, user: User, email: str) -> int:
    """Make every guest with this address, which the user proved to read, the account's. Returns how many.

    In a municipality where the account takes part already, what the guest did becomes that participant's.
    """
    with scopes_disabled():
        guests = Participant.objects.filter(email=email.lower(), user__isnull=True)
        found = list(guests.select_for_update(of=("self",)).order_by("pk"))
        known = {mine.municipality_id: mine for mine in Participant.objects.filter(user=user)}
        for guest in found:
            if guest.municipality_id in known:
                _merge(guest, known[guest.municipality_id])
            else:
                Participant.objects.filter(pk=guest.pk).update(user=user)
    return len(found)


@transaction.atomic
def move_to_address(*, user: User, email: str) -> None:
    """Write to this address from now on, which the user proved to read, wherever the account takes part.

    Guests with the address become the account's. Another account's participant loses it, as in ``of_user``.
    """
    address = email.lower()
    adopt_guests(user=user, email=address)
    with scopes_disabled():
        Participant.objects.filter(email=address, user__isnull=False).exclude(user=user).update(email=None)
        Participant.objects.filter(user=user).update(email=address)


def _merge(guest: Participant, into: Participant) -> None:
    """Give all that points at the guest, in any app, to the account's participant, and remove the guest.

    The log keeps which participant the guest became, so that links in mails sent before go on working.
    """
    for relation in Participant._meta.related_objects:
        _hand_over(relation, guest, into)
    for name in ("display_name", "home_area_id", "age_band", "contact_withdrawn_at"):
        setattr(into, name, getattr(into, name) or getattr(guest, name))
    activities.record(verb=MERGED, target=guest, by=into, details={"into": into.pk})
    address = guest.email
    guest.delete()
    into.email = into.email or address
    into.save(update_fields=["display_name", "home_area", "age_band", "contact_withdrawn_at", "email"])


def _hand_over(relation: ForeignObjectRel, guest: Participant, into: Participant) -> None:
    """Row by row: one that the participant has already, by a unique constraint, stays with the guest.

    There it becomes what its relation says of a participant who is gone: nobody's, or gone too. Unless its model
    says how two rows become one (``registry.register_union``).
    """
    rows = relation.related_model._base_manager
    name = relation.field.name
    for key in list(rows.filter(**{name: guest}).values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                rows.filter(pk=key).update(**{name: into})
        except IntegrityError:
            unite = registry.union(relation.related_model)
            if unite:
                unite(key=key, into=into)


def merged_into(number: int) -> int | None:
    """The key of the participant that the guest with this key became; None for who was never merged."""
    kind = ContentType.objects.get_for_model(Participant)
    found = Activity.objects.filter(content_type=kind, object_id=number, verb=MERGED).first()
    return found.details["into"] if found else None


def allow_contact(*, participant: Participant, given_by: str = "self") -> None:
    """Record consent to be written to, once per version of the text; not for who withdrew it, who gives it again by
    ``consents.give_contact`` only: whoever typed the address is perhaps not them."""
    withdrew = Participant.objects.filter(pk=participant.pk, contact_withdrawn_at__isnull=False)
    if withdrew.exists():
        return
    writing.insert(contact_consent(participant=participant, given_by=given_by))


def contact_consent(*, participant: Participant, given_by: str = "self") -> writing.New[Consent]:
    """The row behind ``allow_contact``."""
    return writing.New(
        Consent(
            municipality_id=participant.municipality_id,
            participant=participant,
            purpose=ConsentPurpose.CONTACT,
            text_version=CONTACT_TEXT_VERSION,
            given_by=given_by,
        ),
        on_conflict="DO NOTHING",
    )
