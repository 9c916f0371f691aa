"""Playing the stories of a walk with the portal's own domain functions."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from buurtschouw.demo import looking_back, pictures, routes
from buurtschouw.demo.stories import (
    Act,
    Answered,
    Assigned,
    Judged,
    Moderated,
    Noted,
    Story,
    Supported,
)
from buurtschouw.demo.walks import Walk
from buurtschouw.domain import answering, following, intake, questions, schouwen
from buurtschouw.models import Category, Report, Schouw
from trajecten.demo import people
from trajecten.domain import participants, steps
from trajecten.domain.photos import attachments
from trajecten.domain.steps import PlannedStep
from trajecten.enums import HideReason, Moderation
from trajecten.models import Area, Municipality, User


@dataclass(frozen=True)
class Cue:
    """Something to be done at a moment."""

    at: datetime
    do: Callable[[], object]
    mail_waits: bool = False


class Play:
    """One walk with its stories. Its cues want the scope of its municipality, and are played in time order."""

    def __init__(self, walk: Walk, stories: list[Story], municipality: Municipality) -> None:
        self.walk, self.stories, self.municipality = walk, stories, municipality
        self.schouw: Schouw | None = None
        self._reports: dict[str, Report] = {}
        self._users: dict[str, User] = {}

    def cues(self) -> list[Cue]:
        """Everything that happens: the walk and its steps, then story by story."""
        steps_closed = [Cue(at, partial(self._close, step)) for at, step in self.walk.closings]
        reported = [Cue(story.at, partial(self._receive, story), story.mail_waits) for story in self.stories]
        acts = [(story, act) for story in self.stories for act in story.acts]
        followed = [Cue(act.at, partial(self._act, story, act), act.mail_waits) for story, act in acts]
        return [
            Cue(self.walk.made_at, self._make),
            *steps_closed,
            *reported,
            *followed,
            *self._looking_back(),
        ]

    def _looking_back(self) -> list[Cue]:
        """What walkers and officials thought of it, before its last step is closed."""
        acts = looking_back.acts(self.walk)
        return [Cue(act.at, partial(act.do, schouw=self._made)) for act in acts]

    def _user(self, address: str) -> User:
        if address not in self._users:
            self._users[address] = people.account(address)
        return self._users[address]

    def _make(self) -> None:
        names = self.walk.themes
        themes = Category.objects.filter(name__in=names) if names else Category.objects.exclude(team=None)
        self.schouw = schouwen.make(
            municipality=self.municipality,
            by=self._user(self.walk.coordinator),
            title=self.walk.title,
            summary=self.walk.summary,
            areas=Area.objects.filter(code__in=self.walk.areas),
            walk_at=self.walk.walk_at,
            meeting_point=self.walk.meeting_point,
            categories=themes,
            service_level_days=self.walk.service_level_days,
            keeps_reporting_open=self.walk.keeps_reporting_open,
            adviser=self._user(self.walk.adviser),
        )
        planned = [PlannedStep(step, ends_on=day) for step, day in self.walk.planned]
        steps.plan(trajectory=self.schouw.trajectory, by=self._user(self.walk.coordinator), steps=planned)
        routes.prepare(
            schouw=self.schouw, key=self.walk.route or self.walk.key, by=self._user(self.walk.coordinator)
        )

    def _made(self) -> Schouw:
        if self.schouw is None:
            raise RuntimeError(f"Something happens in {self.walk.key} before it is made.")
        return self.schouw

    def _close(self, step: str) -> None:
        schouw = self._made()
        by = self._user(self.walk.coordinator)
        schouw.trajectory = steps.close(trajectory=schouw.trajectory, step=step, by=by)

    def _receive(self, story: Story) -> None:
        category = Category.objects.get(name=story.theme)
        received = intake.receive(
            schouw=self._made(),
            key=story.key,
            kind=story.kind,
            category=category,
            text=story.text,
            by=self._user(story.account) if story.account else None,
            point=story.spot.point if story.located else None,
            accuracy=story.accuracy,
            address=story.spot.address,
            said=_said(category, story.extra),
            email=story.email,
        )
        self._reports[story.name] = received.report
        if story.photo:
            self._add_photo(story, received.report)

    def _add_photo(self, story: Story, report: Report) -> None:
        content = pictures.drawn(story.photo, story.name)
        attachments.add(
            municipality=self.municipality,
            photo_id=story.photo_id,
            draft_key=story.key,
            upload=io.BytesIO(content),
            name="foto.jpg",
            size=len(content),
            target=report,
        )

    def _act(self, story: Story, act: Act) -> None:
        report = self._reports[story.name]
        match act:
            case Answered():
                self._answer(report, act)
            case Assigned():
                answering.assign(report=report, by=self._user(act.by), to=self._user(act.to))
            case Noted():
                answering.note(report=report, by=self._user(act.by), text=act.text)
            case Moderated():
                answering.moderate(
                    report=report,
                    by=self._user(act.by),
                    moderation=Moderation(act.moderation),
                    photos=attachments.of(report),
                    reason=HideReason.PERSONAL,
                )
            case Supported():
                self._support(report, act)
            case Judged():
                following.judge(report=report, value=act.value, words=act.words)

    def _answer(self, report: Report, act: Answered) -> None:
        version = Report.objects.values_list("version", flat=True).get(pk=report.pk)
        answering.answer(
            report=report,
            by=self._user(act.by),
            version=version,
            status=act.status,
            message=act.message,
            planned_for=act.planned_for,
            forwarded_to=act.forwarded_to,
        )

    def _support(self, report: Report, act: Supported) -> None:
        """Nothing once it is finished: the page does not offer it any more."""
        if not Report.objects.open().filter(pk=report.pk).exists():
            return
        guest = None
        if act.email:
            guest = participants.guest(municipality=self.municipality, email=act.email, language="nl")
            participants.allow_contact(participant=guest)
        following.support(report=report, by=guest, device=act.device)


def _said(category: Category, answer: str) -> questions.Said:
    """The answer to the first question of the theme; nothing where it asks nothing."""
    asked = category.questions.filter(code=questions.FIRST_CODE).first()
    if not answer or asked is None:
        return questions.NOTHING
    return questions.Said((questions.fact_of(asked, answer),), {asked.code: answer})
