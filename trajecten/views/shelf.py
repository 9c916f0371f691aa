"""The adviser's own shelf: documents to use again, by method and step."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from trajecten import registry
from trajecten.domain import materials
from trajecten.forms.meetings.documents import ShelfForm
from trajecten.forms.refusing import refuse
from trajecten.models import ShelfItem, User
from trajecten.views.access import for_adviser
from trajecten.views.meetings.coming import saved


@for_adviser
def shelf(request: HttpRequest) -> HttpResponse:
    """What stands on it, with the form to add something."""
    adviser = request.user
    form = ShelfForm(methods=registry.methods())
    if request.method == "POST":
        form = ShelfForm(request.POST, request.FILES, methods=registry.methods())
        if form.is_valid() and _added(form, adviser):
            messages.success(request, _("The document is on your shelf."))
            return redirect("shelf")
    context = {"form": form, "shelves": _shelves(adviser)}
    return render(request, "trajecten/shelf.html", context, status=422 if form.errors else 200)


def _added(form: ShelfForm, adviser: User) -> bool:
    method_key, step = form.chosen()
    upload = form.cleaned_data["file"]
    try:
        materials.put_on_shelf(
            adviser=adviser,
            method_key=method_key,
            step=step,
            title=form.cleaned_data["title"],
            upload=upload,
            name=upload.name if upload else "",
            link=form.cleaned_data["link"],
        )
    except materials.MaterialRefused as refused:
        refuse(form, refused)
        return False
    return True


def _shelves(adviser: User) -> list[dict[str, object]]:
    """Each step that has something, in the order of its method."""
    found: dict[tuple[str, str], list[ShelfItem]] = {}
    for item in materials.shelf_of(adviser):
        found.setdefault((item.method_key, item.step), []).append(item)
    return [
        {"method": method.name, "step": step.name, "items": found[method.key, step.key]}
        for method in registry.methods()
        for step in method.steps
        if (method.key, step.key) in found
    ]


@require_safe
@for_adviser
def shelf_file(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A file of one's own shelf; another's is not found."""
    found = get_object_or_404(ShelfItem, adviser=request.user, uuid=key)
    return redirect(found.link) if found.link else saved(found)


@require_POST
@for_adviser
def shelf_remove(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take it off the shelf; copies that were handed out stay."""
    materials.take_off_shelf(item=get_object_or_404(ShelfItem, adviser=request.user, uuid=key))
    messages.success(request, _("The document is off your shelf."))
    return redirect("shelf")
