from trajecten.refusals import Refused


class OutcomeRefused(Refused):
    """An outcome can't be frozen, or not be changed."""
