"""A municipality's own words in the messages that it sends."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from trajecten import registry
from trajecten.domain.telling import texts
from trajecten.forms.texts import MessageTextForm
from trajecten.models import MessageText
from trajecten.views.access import StaffMixin

CORE = "trajecten"
# What the mails of the core are about, by the kinds of news that they are. Those of an app stand under its name.
SUBJECTS = (
    (gettext_lazy("Taking part"), {"invitations", "my-trajectories"}),
    (gettext_lazy("Meetings"), {"my-meetings", "changed-meetings"}),
    (gettext_lazy("Promises"), {"promises", "my-promises", "my-work"}),
    (gettext_lazy("Council"), {"council"}),
    (gettext_lazy("What somebody follows"), {"followed"}),
    (gettext_lazy("Moderation and team"), {"moderation", "staff"}),
)


class MessageTextsView(StaffMixin, TemplateView):
    """Every message by subject, with the languages in which the municipality has its own words."""

    template_name = "trajecten/texts/texts.html"
    permission = "trajecten.change_messagetext"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own: dict[str, list[str]] = {}
        rows = MessageText.objects.filter(municipality=self.request.municipality).order_by("language")
        names = dict(settings.LANGUAGES)
        for key, language in rows.values_list("key", "language"):
            own.setdefault(key, []).append(str(names[language]))
        found = texts.editable()
        subjects: dict[str, list[dict[str, str]]] = {}
        for message in sorted(found, key=_place):
            row = {
                "key": message.key,
                "trigger": _(str(message.trigger)),
                "audience": _(str(message.audience)),
                "own": ", ".join(own.get(message.key, [])),
            }
            subjects.setdefault(_subject(message), []).append(row)
        return {**super().get_context_data(**kwargs), "subjects": subjects, "total": len(found)}


def _place(message: registry.Message) -> tuple[bool, str, int]:
    """Where a message stands: those of apps first, those of the core in the order of the subjects."""
    is_core = message.app == CORE
    places = [place for place, (_name, kinds) in enumerate(SUBJECTS) if message.category in kinds]
    return (is_core, "" if is_core else message.app, places[0] if places else len(SUBJECTS))


def _subject(message: registry.Message) -> str:
    if message.app != CORE:
        return str(apps.get_app_config(message.app).verbose_name)
    names = (str(name) for name, kinds in SUBJECTS if message.category in kinds)
    return next(names, _("Other mails"))


class MessageTextView(StaffMixin, View):
    """The words of one message (``?message=``) in one language (``?language=``), with a preview of what was typed."""

    permission = "trajecten.change_messagetext"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        asked = request.GET.get("language", "")
        self.language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, gemeente: str) -> HttpResponse:
        message = self._message()
        rows = MessageText.objects.filter(
            municipality=request.municipality, key=message.key, language=self.language
        )
        initial = rows.values("subject", "opening").first() or {}
        preview = self._preview(message, **initial) if initial else None
        return self._page(message, MessageTextForm(initial=initial, message=message), preview)

    def post(self, request: HttpRequest, gemeente: str) -> HttpResponse:
        message = self._message()
        form = MessageTextForm(request.POST, message=message)
        if not form.is_valid():
            return self._page(message, form, status=422)
        if "preview" in request.POST:
            return self._page(message, form, self._preview(message, **form.cleaned_data))
        texts.keep(
            municipality=request.municipality,
            message=message,
            language=self.language,
            by=request.user,
            **form.cleaned_data,
        )
        messages.success(request, _("The words have been kept. The next mail has them."))
        return HttpResponseRedirect(reverse("message-texts", kwargs={"gemeente": gemeente}))

    def _message(self) -> registry.Message:
        key = self.request.GET.get("message")
        found = next((message for message in texts.editable() if message.key == key), None)
        if found is None:
            raise Http404
        return found

    def _preview(self, message: registry.Message, *, subject: str, opening: str) -> dict[str, Any]:
        own = texts.fill(
            subject, opening, {**texts.sample(message), "gemeente": self.request.municipality.name}
        )
        return {"subject": own.subject, "opening": own.context.get("opening_html", "")}

    def _page(
        self,
        message: registry.Message,
        form: MessageTextForm,
        preview: dict[str, Any] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            "form": form,
            "key": message.key,
            "trigger": _(str(message.trigger)),
            "audience": _(str(message.audience)),
            "placeholders": texts.placeholders(message),
            "preview": preview,
            "language": self.language,
            "languages": settings.LANGUAGES,
        }
        return render(self.request, "trajecten/texts/text.html", context, status=status)
