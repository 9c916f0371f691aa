"""Forwarding reports to other systems: to a Signalen instance, or to an endpoint of Open311.

``destinations`` keeps the systems and their categories, ``ordering`` takes the wish of an official down in the
transaction of the answer to the reporter, ``sending`` does it and tries again, ``polling`` asks how it stands.
What fails comes back to the municipality (``coming_back``). ``signalen`` and ``open311`` speak with the systems.
"""
