"""What an author reads about the hiding of a contribution."""

from django import template

from trajecten.domain.moderation import deciding, objecting
from trajecten.models import Contribution

register = template.Library()


@register.filter
def reason_sentence(reason: str) -> str:
    """The reason in a sentence, empty where there is none."""
    return str(deciding.SENTENCES.get(reason, ""))


@register.filter
def objection_url(contribution: Contribution) -> str:
    """The page on which the author says that they do not agree."""
    return objecting.url(contribution, contribution.municipality)
