"""Addresses of the core, a module a subject. Those of a municipality begin with its name: /polderwijk/…"""

from django.urls import include, path, register_converter

from trajecten.converters import TokenConverter

register_converter(TokenConverter, "token")

from trajecten.urls import (  # noqa: E402  their addresses use the converter
    areas,
    council,
    dashboards,
    enrolment,
    meetings,
    portal,
    promises,
    proposals,
    rights,
    successions,
    telling,
    trajectories,
)

SUBJECTS = (
    portal,
    dashboards,
    trajectories,
    proposals,
    enrolment,
    promises,
    council,
    meetings,
    telling,
    rights,
    successions,
    areas,
)

urlpatterns = [address for subject in SUBJECTS for address in subject.outside]
urlpatterns += [path("<slug:gemeente>/", include(subject.in_municipality)) for subject in SUBJECTS]
