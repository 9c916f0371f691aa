"""Taking part in a trajectory, or wanting to; and who is not at the table."""

import uuid

from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.enrolment import EnrolmentFactory, InvitationFactory

JOIN = {"email": "meedoen@example.org", "display_name": "Mees"}
INVITE = {"addresses": "gast@example.org", "role": "member"}
PAPER = {"key": uuid.UUID(int=1), "display_name": "Mw. Jansma", "role": "member"}
POSTER = {"label": "Buurthuis", "role": "member", "until": "{tomorrow}"}
ROOM = {"is_open": "on", "max_members": 12}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("join", EVERYBODY, of="trajectory"),
    Row("join", EVERYBODY, "POST", of="trajectory", body=JOIN),
    Row("invitation-code", EVERYBODY),
    Row("invitation", EVERYBODY, of="poster_code"),
    Row("invitation", EVERYBODY, "POST", of="poster_code", body=JOIN),
    Row("enrolment", EVERYBODY, of="own_page"),
    Row("enrolment-leave", EVERYBODY, "POST", of="own_page"),
    Row("members", "L..x+x+.+", of="trajectory"),
    Row("members-csv", "L..x+x+.+", of="trajectory"),
    Row("members-xlsx", "L..x+x+.+", of="trajectory"),
    Row("members-invite", "L..x+x+.+", of="trajectory"),
    Row("members-invite", "L..x+x+.+", "POST", of="trajectory", body=INVITE),
    Row("members-paper", "L..x+x+.+", of="trajectory"),
    Row("members-paper", "L..x+x+.+", "POST", of="trajectory", body=PAPER),
    Row("members-posters", "L..x+x+.+", of="trajectory"),
    Row("members-posters-csv", "L..x+x+.+", of="trajectory"),
    Row("members-posters-xlsx", "L..x+x+.+", of="trajectory"),
    Row("members-posters", "L..x+x+.+", "POST", of="trajectory", body=POSTER),
    Row("members-room", "L..x+x+.+", of="trajectory"),
    Row("members-room", "L..x+x+.+", "POST", of="trajectory", body=ROOM),
    Row("poster", "L..x+x+.+", of="poster"),
    Row("poster-qr", "L..x+x+.+", of="poster"),
    Row("invitation-revoke", "L..x+x+.+", of="poster"),
    Row("invitation-revoke", "L..x+x+.+", "POST", of="poster"),
    Row("member", "L..x+x+.+", of="member"),
    Row("member-role", "L..x+x+.+", of="member"),
    Row("member-role", "L..x+x+.+", "POST", of="member", body={"role": "observer"}),
    Row("member-out", "L..x+x+.+", of="member"),
    Row("member-out", "L..x+x+.+", "POST", of="member", body={"reason": "Verhuisd."}),
    Row("member-again", "L..x+x+.+", of="member"),
    Row("member-again", "L..x+x+.+", "POST", of="gone_member"),
    Row("members-missing", "L..x+x+.+", of="trajectory"),
    Row("members-missing-map", "L..x+x+.+", of="trajectory"),
    Row("members-missing-csv", "L..x+x+.+", of="trajectory"),
    Row("members-missing-xlsx", "L..x+x+.+", of="trajectory"),
    Row("missing", "L..x+x..+"),
    Row("missing-map", "L..x+x..+"),
    Row("missing-csv", "L..x+x..+"),
    Row("missing-xlsx", "L..x+x..+"),
]
# fmt: on


def keys(things: Things) -> Keys:
    trajectory = {"pk": things.trajectory.pk}
    poster = InvitationFactory(trajectory=things.trajectory)
    member = EnrolmentFactory(trajectory=things.trajectory)
    gone_member = EnrolmentFactory(trajectory=things.trajectory, left=True)
    return {
        "poster": {**trajectory, "invitation": poster.pk},
        "poster_code": {"code": poster.code},
        "member": {**trajectory, "enrolment": member.pk},
        "gone_member": {**trajectory, "enrolment": gone_member.pk},
        "own_page": {"token": member.token},
    }
