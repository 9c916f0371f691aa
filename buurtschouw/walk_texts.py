"""Words that the app of a walker shows (static/src/js/walk.js), translated by the server."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtschouw.browser_texts import REPORT_LABELS

WALK_LABELS: dict[str, str | Promise] = {
    # The form of an observation is made of the same parts as that of a report: place, photos, errors.
    **REPORT_LABELS,
    # the line on top
    "unsent_one": _("1 observation not sent yet."),
    "unsent_many": _("%(count)s observations not sent yet."),
    "unsent_scores_one": _("1 score not sent yet."),
    "unsent_scores_many": _("%(count)s scores not sent yet."),
    "all_sent": _("Everything has been sent."),
    "same_day": _(
        "It is sent by itself. Open this page again today, with a connection, until nothing is left."
    ),
    "see_list": _("In my list you see why, and what you can do."),
    "no_network": _("There is no connection now."),
    "send_now": _("Send now"),
    "sending": _("Sending…"),
    "works_offline": _("Ready: this page works without a connection too."),
    "works_online": _("Keep this page open: on this phone it does not work without a connection."),
    # storage
    "storage_full": _(
        "Your phone is full, so this could not be kept. Make room on your phone, or send first what is waiting."
    ),
    "storage_little": _("Your phone is nearly full. Send what is waiting before you take more photos."),
    "storage_away": _(
        "Your browser keeps nothing for this page. Send each observation at once, with a connection."
    ),
    # leaving
    "leaving_one": _(
        "1 observation has not been sent yet. It stays on this phone, but it is sent only while this page is open."
    ),
    "leaving_many": _(
        "%(count)s observations have not been sent yet. They stay on this phone, but are sent only while this page is "
        "open."
    ),
    # route
    "where_am_i": _("Show where I am"),
    "here": _("You are here, to within %(metres)s metres."),
    "here_near": _("You are here, to within %(metres)s metres. Nearest stop: %(stop)s, %(far)s metres away."),
    "map_stop": _("Stop %(number)s: %(name)s"),
    "map_me": _("Here you are"),
    "scored": _("%(done)s of %(of)s scored"),
    "scored_all": _("All scored"),
    # a stop
    "stop": _("Stop %(number)s"),
    "stop_before": _("Back to stop %(number)s: %(name)s"),
    "stop_after": _("On to stop %(number)s: %(name)s"),
    "score_1": _("not at all"),
    "score_2": _("hardly"),
    "score_3": _("partly"),
    "score_4": _("mostly"),
    "score_5": _("wholly"),
    "score_kept": _("Kept on your phone."),
    "score_sent": _("Sent."),
    "score_refused": _("Not taken: %(reason)s"),
    "group": _("The group: %(mean)s on average, from %(lowest)s to %(highest)s, %(n)s walkers."),
    "group_one": _("The group: %(mean)s, by 1 walker so far."),
    # an observation
    "error_kind": _("Choose whether it is a report, a compliment or an idea."),
    "error_rough": _(
        "We only know your place roughly. Put the pin in the right place, choose a stop, or fill in an address."
    ),
    "kept": _("Kept. Do you see something else? You can go on at once."),
    # the list
    "go_on": _("Go on with it"),
    "throw_away": _("Throw away"),
    "no_words": _("Without words yet"),
    "change": _("Change"),
    "try_again": _("Try again"),
    "without_photo": _("Go on without this photo"),
    "follow": _("Follow"),
    "answer": _("Answer:"),
    "photo_alt": _("Your photo"),
    "state_queued": _("Waits until it can be sent."),
    "state_sending": _("Is being sent."),
    "state_photos_wait": _("The words have been sent, the photos wait."),
    "state_failed": _("Not taken."),
    "state_sent": _("Sent, number %(number)s."),
    "item_conflict": _("Something else was sent under the same number. What stands here has not been sent."),
    "item_refused": _("The municipality could not take this in."),
    "item_photo_refused": _("A photo could not be used."),
    "file_name": _("observations"),
    # answers on the spot
    "report_number": _("Report %(number)s"),
    "answer_status": _("What is happening with it?"),
    "answer_message": _("Your message to the reporter"),
    "answer_send": _("Send the answer"),
    "answer_sent": _("Sent. The reporter hears it."),
    "answer_offline": _("There is no connection, so this was not sent. Your text stays here."),
    "answer_failed": _("It did not work just now. Your text stays here."),
    "status_acknowledged": _("Acknowledged"),
    "status_in_progress": _("In progress"),
    "status_done": _("Done"),
    "status_not_done": _("Not done, with a reason"),
}
