"""The keys of other systems, on pages of the coordinator."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from buurtschouw.domain.open311 import keys
from buurtschouw.forms.open311 import KeyForm
from buurtschouw.models import ApiKey
from trajecten.views.access import StaffMixin

# In the session, until it has been shown: the number of a key that was just made, and the key in words.
SHOWN_ONCE = "open311_key"


class KeysMixin(StaffMixin):
    """Only the coordinator."""

    permission = "trajecten.manage_municipality"
    request: HttpRequest

    def to(self, key: ApiKey) -> HttpResponse:
        kwargs = {"gemeente": self.request.municipality.slug, "pk": key.pk}
        return HttpResponseRedirect(reverse("buurtschouw:open311-key", kwargs=kwargs))

    def show_once(self, key: ApiKey, words: str) -> HttpResponse:
        """To the page of the key, which shows its words this one time."""
        self.request.session[SHOWN_ONCE] = [key.pk, words]
        return self.to(key)


class KeyListView(KeysMixin, TemplateView):
    template_name = "buurtschouw/staff/open311_keys.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "keys": ApiKey.objects.select_related("owner")}


class KeyNewView(KeysMixin, View):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page(KeyForm(initial=KeyForm.initial_of(ApiKey())))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = KeyForm(request.POST)
        if form.is_valid():
            try:
                made = keys.make(municipality=request.municipality, by=request.user, **form.cleaned_data)
            except keys.KeyRefused as refused:
                form.add_error(refused.field, refused.message)
            else:
                return self.show_once(*made)
        return self._page(form, status=422)

    def _page(self, form: KeyForm, status: int = 200) -> HttpResponse:
        return render(self.request, "buurtschouw/staff/open311_key_new.html", {"form": form}, status=status)


class KeyPage(KeysMixin, View):
    """One key: what it may do, and what was done with it."""

    def permission_object(self) -> Any:
        self.key = get_object_or_404(ApiKey.objects.select_related("owner"), pk=self.kwargs["pk"])
        return self.request.municipality

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = KeyForm(request.POST)
        if form.is_valid():
            try:
                keys.keep(key=self.key, by=request.user, **form.cleaned_data)
            except keys.KeyRefused as refused:
                form.add_error(refused.field, refused.message)
            else:
                messages.success(request, _("The key has been kept."))
                return self.to(self.key)
        return self.page(form=form, status=422)

    def page(self, *, status: int = 200, **more: Any) -> HttpResponse:
        shown = self.request.session.get(SHOWN_ONCE)
        is_this = bool(shown and shown[0] == self.key.pk)
        if is_this:
            del self.request.session[SHOWN_ONCE]
        context = {
            "key": self.key,
            "form": KeyForm(initial=KeyForm.initial_of(self.key)),
            "words": shown[1] if is_this else "",
            "history": keys.history(self.key),
            **more,
        }
        return render(self.request, "buurtschouw/staff/open311_key.html", context, status=status)


class RenewView(KeyPage):
    """A new secret; GET leads to the key, so that the address of this form can be opened."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.to(self.key)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            words = keys.renew(key=self.key, by=request.user)
        except keys.KeyRefused as refused:
            messages.warning(request, refused.message)
            return self.to(self.key)
        return self.show_once(self.key, words)


class RevokeView(KeyPage):
    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.to(self.key)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        keys.revoke(key=self.key, by=request.user)
        messages.success(request, _("The key has been revoked. It opens nothing any more."))
        return self.to(self.key)
