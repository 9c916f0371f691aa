"""A refusal of the domain, said in a form."""

from django.forms import Form

from trajecten.refusals import Refused


def refuse(form: Form, refused: Refused) -> None:
    """Say it beside the field that it is about, or above the form."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.message)
