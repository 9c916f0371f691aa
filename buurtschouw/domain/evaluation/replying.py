"""What people answer: once a person, and to be changed as long as the evaluation is open."""

import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from buurtschouw.domain.evaluation import asking
from buurtschouw.domain.evaluation.refusals import EvaluationRefused
from buurtschouw.enums import EvaluationGroup, ReplyOrigin
from buurtschouw.method import Question, questions_for
from buurtschouw.models import Evaluation, EvaluationReply, EvaluationWords
from trajecten.domain import activities
from trajecten.enums import Moderation
from trajecten.models import Participant, User


def of_person(*, evaluation: Evaluation, person: Participant | User) -> EvaluationReply | None:
    """What this person answered before; None once the evaluation was closed, for then it is nobody's."""
    rows = EvaluationReply.objects.filter(evaluation=evaluation, **_named(person))
    found: EvaluationReply | None = rows.prefetch_related("words").first()
    return found


def _named(person: Participant | User) -> dict[str, object]:
    return {"participant": person} if isinstance(person, Participant) else {"user": person}


@transaction.atomic
def reply(*, evaluation: Evaluation, person: Participant | User, given: Mapping[str, str]) -> EvaluationReply:
    """Keep what somebody answers; a second time replaces the first.

    ``given`` has an answer by the key of its question; what is empty was not answered. Words that changed have to be
    read again before others may see them. Refused (``EvaluationRefused``): when it is closed, and without any answer.
    """
    evaluation = _lock_open(evaluation)
    _check_given(given)
    found = EvaluationReply.objects.filter(evaluation=evaluation, **_named(person)).first()
    found = found or EvaluationReply(
        municipality_id=evaluation.municipality_id,
        evaluation=evaluation,
        group=asking.group_of(person),
        **_named(person),
    )
    walked = asking.has_walked(schouw=evaluation.schouw, person=person)
    _keep(found, given, questions_for(found.group, walked=walked))
    return found


@transaction.atomic
def enter_paper(
    *, evaluation: Evaluation, key: uuid.UUID, group: str, given: Mapping[str, str], by: User
) -> EvaluationReply:
    """Keep what stands on a form on paper. The same form (``key``) again changes nothing. Refused as ``reply``."""
    evaluation = _lock_open(evaluation)
    known: EvaluationReply | None = EvaluationReply.objects.filter(evaluation=evaluation, key=key).first()
    if known:
        return known
    _check_given(given)
    made = EvaluationReply(
        municipality_id=evaluation.municipality_id,
        evaluation=evaluation,
        group=EvaluationGroup(group),
        origin=ReplyOrigin.PAPER,
        key=key,
    )
    _keep(made, given, questions_for(group))
    activities.record(verb="evaluation_entered", target=evaluation.schouw.trajectory, by=by)
    return made


def _lock_open(evaluation: Evaluation) -> Evaluation:
    locked: Evaluation = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    if not locked.is_open:
        raise EvaluationRefused(_("This evaluation is closed. Thank you for wanting to tell us."))
    return locked


def _check_given(given: Mapping[str, str]) -> None:
    if not any(answer.strip() for answer in given.values()):
        raise EvaluationRefused(_("Answer at least one question."))


def _keep(reply: EvaluationReply, given: Mapping[str, str], asked: Sequence[Question]) -> None:
    closed = {question.key for question in asked if question.kind != "words"}
    reply.answers = {key: given[key] for key in sorted(closed) if given.get(key)}
    reply.save()
    for question in asked:
        if question.kind == "words":
            _keep_words(reply, question.key, given.get(question.key, "").strip())


def _keep_words(reply: EvaluationReply, question: str, text: str) -> None:
    known = EvaluationWords.objects.filter(reply=reply, question=question).first()
    if known and known.text == text:
        return
    if known:
        known.delete()
    if text:
        EvaluationWords.objects.create(
            municipality_id=reply.municipality_id,
            reply=reply,
            question=question,
            text=text,
            moderation=Moderation.PENDING,
        )
