"""The settings that a coordinator keeps."""

import io
from email.utils import parseaddr

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.addresses.rights import SETTINGS
from tests.factories.core import NotificationFactory, UserFactory
from trajecten.domain.house_style import thresholds
from trajecten.domain.retention import running
from trajecten.domain.telling import delivering
from trajecten.models import Activity, Notification

PAGE = "/polderwijk/werk/instellingen/"


def picture(kind="PNG", mode="RGBA"):
    made = io.BytesIO()
    Image.new(mode, (60, 20), (0, 90, 80, 0)[: len(mode)]).save(made, kind)
    return SimpleUploadedFile(f"logo.{kind.lower()}", made.getvalue())


def test_settings_are_kept_and_count_at_once(coordinator_client, in_scope, client):
    sent = {
        **SETTINGS,
        "accent": "#2F3E7E",
        "welcome_title": "Welkom in Polderwijk",
        "welcome_text": "Doe mee.\n\n<b>Samen</b>.",
        "keep_trajecten_mails": 90,
        "initiative_signatures": 75,
    }
    assert coordinator_client.post(PAGE, sent).status_code == 302
    in_scope.refresh_from_db()
    assert in_scope.theme == {"accent": "#2f3e7e"}  # what is the portal's own is not stored
    assert in_scope.service_level_days == 4
    assert in_scope.retention_days["trajecten.mails"] == 90
    assert thresholds.of(in_scope)["initiative_signatures"] == 75
    front = coordinator_client.get("/polderwijk/").content.decode()
    assert "Welkom in Polderwijk" in front
    assert "&lt;b&gt;Samen&lt;/b&gt;" in front
    assert Activity.objects.filter(verb="settings_changed").count() == 1
    assert next(each.days for each in running.forecasts(in_scope) if each.rule.key == "trajecten.mails") == 90


@pytest.mark.parametrize(
    ("field", "colour", "ratio"), [("accent", "#f4b942", "1."), ("sun", "#0b5351", "1.")]
)
def test_colours_on_which_letters_can_t_be_read_are_refused_with_the_ratio(
    coordinator_client, in_scope, english, field, colour, ratio
):
    refused = coordinator_client.post(PAGE, {**SETTINGS, field: colour, "welcome_title": "Getypt"})
    assert refused.status_code == 422
    (message,) = refused.context["form"].errors[field]
    assert f": {ratio}" in message
    assert "4.5 to 1 is needed" in message
    assert 'value="Getypt"' in refused.content.decode()
    in_scope.refresh_from_db()
    assert in_scope.theme == {}


@pytest.mark.parametrize("field", ["keep_trajecten_mails", "initiative_age", "service_level_days"])
@pytest.mark.parametrize("value", ["0", "99999", "veel", ""])
def test_numbers_outside_their_limits_are_refused(coordinator_client, in_scope, field, value):
    refused = coordinator_client.post(PAGE, {**SETTINGS, field: value})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, [field])


def test_trying_colours_keeps_nothing(coordinator_client, in_scope):
    shown = coordinator_client.post(PAGE, {**SETTINGS, "accent": "#7a1f5c", "preview": "1"})
    assert shown.status_code == 200
    assert "accent=%237a1f5c" in shown.content.decode()
    in_scope.refresh_from_db()
    assert in_scope.theme == {}
    assert not Activity.objects.exists()
    part = coordinator_client.get(f"{PAGE}kleuren/", {"accent": "#7a1f5c", "sun": "geen kleur"})
    assert "accent=%237a1f5c" in part.content.decode()
    css = coordinator_client.get("/polderwijk/kleurproef.css?accent=%237a1f5c&sun=}body{").content.decode()
    assert "#7a1f5c" in css
    assert "body{" not in css


# -- Logo


@pytest.mark.django_db(transaction=True)
def test_a_logo_is_written_anew_and_replaces_the_last(coordinator_client, municipality):
    assert coordinator_client.post(PAGE, {**SETTINGS, "logo": picture()}).status_code == 302
    municipality.refresh_from_db()
    first = municipality.logo
    shown = coordinator_client.get("/polderwijk/logo.jpg")
    assert b"".join(shown)[:3] == b"\xff\xd8\xff"
    assert "/polderwijk/logo.jpg?v=GM9901-" in coordinator_client.get("/polderwijk/").content.decode()
    coordinator_client.post(PAGE, {**SETTINGS, "logo": picture("JPEG", "RGB")})
    municipality.refresh_from_db()
    assert municipality.logo.name != first.name
    assert not first.storage.exists(first.name)
    coordinator_client.post(PAGE, {**SETTINGS, "removes_logo": "on"})
    assert coordinator_client.get("/polderwijk/logo.jpg").status_code == 404
    assert not municipality.logo.storage.exists(municipality.logo.name)


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        SimpleUploadedFile("logo.png", b"geen plaatje"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_is_kept(coordinator_client, in_scope, file):
    file.seek(0)
    refused = coordinator_client.post(PAGE, {**SETTINGS, "logo": file})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["logo"])
    in_scope.refresh_from_db()
    assert (in_scope.logo.name, in_scope.welcome_title) == ("", "")


# -- Mail


def test_mail_goes_out_under_the_chosen_name_and_answers_to_the_chosen_address(
    coordinator_client, in_scope, report, mailoutbox
):
    sent = {**SETTINGS, "mail_sender_name": "Samen\r\nPolderwijk", "reply_email": "Samen@example.org"}
    assert coordinator_client.post(PAGE, sent).status_code == 302
    row = NotificationFactory(about=report)
    assert delivering.deliver(delivery_key=row.delivery_key) == "sent"
    (message,) = mailoutbox
    assert message.reply_to == ["samen@example.org"]
    assert parseaddr(message.from_email)[0] == "Samen Polderwijk"
    assert Notification.objects.get().error == ""


# -- Administration


def test_only_superusers_administer(sign_in):
    staff = UserFactory(is_staff=True)
    for address in ("/admin/", "/admin/trajecten/user/"):
        assert sign_in(staff).get(address).status_code in {302, 403}
    answer = sign_in(staff).get("/admin/login/?next=/admin/", follow=False)
    assert b"changelist" not in answer.content
