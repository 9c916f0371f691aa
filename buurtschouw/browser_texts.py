"""Words that the report form's module shows (static/src/js/report.js), translated by the server."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trajecten.browser_texts import MAP_LABELS

REPORT_LABELS: dict[str, str | Promise] = {
    # place
    "locate": _("Use my place"),
    "locate_asking": _("Looking for your place. Your phone may ask whether that is all right."),
    "locate_better": _("We found your place to within %(metres)s metres. We are trying to do better…"),
    "locate_found": _(
        "We found your place to within %(metres)s metres. Is the pin in the right place? If not, drag it or tap the map."
    ),
    "locate_rough": _(
        "We only know your place roughly, to within %(metres)s metres. Put the pin in the right place: drag it or tap the map."
    ),
    "locate_denied": _("We may not see your place. No problem: fill in an address, or tap the map."),
    "locate_unavailable": _("Your place could not be found. Fill in an address, or tap the map."),
    "locate_timeout": _(
        "Finding your place takes too long. Fill in an address, or tap the map, or try again."
    ),
    "place_chosen": _("The pin has been put here. You can still move it."),
    "place_address": _(
        "The pin has been put at this address. Is it in the right place? If not, drag it or tap the map."
    ),
    "place_rough": _("Is the pin in the right place? If not: drag the pin or tap the map."),
    "place_removed": _(
        "You changed the address. The pin has been taken away. Put it again, or choose an address from the list."
    ),
    "outside": _(
        "This place lies outside the municipality, so we can't do anything there. Is the pin in the right place?"
    ),
    "outside_there": _(
        "This place lies in the municipality of %(there)s, so we can't do anything there. Please report it to %(there)s."
    ),
    # addresses
    "addresses_label": _("Addresses found"),
    "addresses_one": _("1 address found. Choose it with the arrow keys and Enter, or type on."),
    "addresses_many": _("%(count)s addresses found. Choose with the arrow keys and Enter, or type on."),
    "addresses_none": _("No address found. You can also describe the place in your own words."),
    "addresses_failed": _(
        "Addresses can't be looked up now. You can just type the address or describe the place."
    ),
    # photos
    "photos_count": _("%(count)s of %(max)s photos"),
    "photos_full": _("You have %(max)s photos; that is the most you can send."),
    "photo_name": _("Photo %(number)s: %(name)s"),
    "photo_no_preview": _("This photo can't be shown here, but it will be sent."),
    "photo_busy": _("%(name)s is being prepared…"),
    "photo_remove": _("Remove"),
    "photo_removed": _("%(name)s has been removed."),
    "photo_too_large": _("%(name)s was not added: it is %(size)s MB, and %(max)s MB is the most."),
    "photo_wrong_type": _("%(name)s was not added: this is not a JPEG, PNG, WebP or HEIC photo."),
    "photo_empty": _("%(name)s was not added: the file is empty."),
    "photo_too_many": _("%(name)s was not added: %(max)s photos is the most."),
    "photo_sent": _("Sent"),
    "photo_refused": _("This photo could not be used."),
    "photo_skip": _("Go on without this photo"),
    # sending
    "sending": _("Your report is being sent…"),
    "sending_photo": _("Photo %(number)s of %(total)s is being sent…"),
    "sent": _("Your report has been sent."),
    "unsent": _("Not sent yet."),
    "unsent_offline": _(
        "You have no connection. Everything you filled in stays here; we send it as soon as we can."
    ),
    "unsent_server": _("It did not work just now. Everything you filled in stays here; we keep trying."),
    "unsent_photos": _(
        "Your report has arrived as number %(number)s, but not all photos yet. We keep trying."
    ),
    "unsent_refused_photos": _(
        "Your report has arrived as number %(number)s. See below what is wrong with a photo."
    ),
    "unsent_conflict": _(
        "This report was sent before, with another text. That one has arrived. Do you want to send what is here now as a new report?"
    ),
    "send_now": _("Send now"),
    "send_as_new": _("Send as a new report"),
    "not_kept": _("Your phone has no room to keep your report. Leave this page open until it has been sent."),
    # errors
    "errors": _("This did not work yet. Please look at:"),
    "refused": _("Your report could not be taken in."),
    "error_category": _("Choose what it is about."),
    "error_place": _("Say where it is: put the pin on the map or fill in an address or place."),
    "error_text": _("Write in a few words what is going on."),
    "error_long": _("This text is too long. Make it shorter."),
    "error_question": _("Answer this question."),
    "error_email": _("This is not an e-mail address. It looks like name@example.org."),
}

# The map on which a route is drawn (static/src/js/map/drawing.js).
ROUTE_LABELS: dict[str, str | Promise] = {
    **MAP_LABELS,
    "route_help": _(
        "Tap the map to go on from the last point. Drag a point to move it; tap on the line to put a point in between. With a keyboard: move the map with the arrow keys and press Enter to put a point under the cross."
    ),
    "route_add": _("Put a point in the middle of the map"),
    "route_last": _("Take the last point away"),
    "route_undo": _("Undo"),
    "route_clear": _("Start again"),
    "route_none": _("There is no route yet."),
    "route_one": _("1 point. Put the next one."),
    "route_many": _("%(count)s points, about %(km)s km. Not kept yet."),
    "route_kept": _("%(count)s points, about %(km)s km."),
}
