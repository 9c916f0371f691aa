"""Words that the editor's module shows (static/src/js/alternative.js), translated by the server."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ALTERNATIVE_LABELS: dict[str, str | Promise] = {
    # the line
    "less": _("Less: %(name)s"),
    "more": _("More: %(name)s"),
    "undo": _("Undo"),
    "undo_of": _("Undo the change of %(name)s"),
    "as_it_is": _("as it is"),
    "each": _("%(amount)s per inhabitant"),
    "in_percent": _("In percent"),
    "in_euro": _("In euros"),
    "percent_of": _("Change in percent"),
    "floor": _("At least %(amount)s."),
    "cap": _("At most %(amount)s."),
    "not_a_number": _("Fill in a whole number, for example 1250."),
    # the balance
    "left": _("Still to divide: %(amount)s"),
    "over": _("Too much given out: %(amount)s"),
    # the list
    "only_changed": _("Only what I changed"),
    "order": _("Order"),
    "order_theme": _("By theme"),
    "order_amount": _("Largest amount first"),
    # keeping
    "keeping": _("Is being kept…"),
    "kept": _("It has been kept"),
    "kept_here": _("No connection. Your changes are on this device and are sent later."),
    "not_kept_errors": _("Not kept yet: look at the red fields."),
    "stopped": _("Not kept. Load the page again; what you changed is on this device."),
    # a conflict
    "conflict": _(
        "You changed this on another device or in another window too. Nothing is lost. Which one do you keep?"
    ),
    "conflict_mine": _("Keep what stands here now"),
    "conflict_theirs": _("Take everything from elsewhere"),
    "conflict_line": _("Kept elsewhere: %(amount)s"),
    "conflict_take": _("Take this one"),
}
