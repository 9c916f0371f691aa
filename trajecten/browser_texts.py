"""Words that the browser's modules show (static/src/js), translated by the server."""

import json
from collections.abc import Mapping

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAP_LABELS: dict[str, str | Promise] = {
    "map": _("Map"),
    "zoom_in": _("Zoom in"),
    "zoom_out": _("Zoom out"),
    "pin": _("The pin. Drag it to the right place."),
    "pin_fixed": _("The place"),
    "pin_middle": _("Put the pin in the middle of the map"),
    "picker_help": _(
        "Tap the map to put the pin. With a keyboard: move the map with the arrow keys and press Enter, or use the button below it."
    ),
    "cluster": _("%(count)s reports close together. Zoom in."),
    "cluster_list": _("%(count)s reports at one place. Show them in the list."),
    "report": _("%(category)s, %(status)s: %(title)s"),
    "report_link": _("View report %(number)s"),
    "close": _("Close"),
    "failed": _("The reports can't be shown on the map now. They are in the list."),
}


def as_json(labels: Mapping[str, str | Promise]) -> str:
    """The labels in the language of the request, for a data attribute."""
    return json.dumps(labels, cls=DjangoJSONEncoder, ensure_ascii=False)
