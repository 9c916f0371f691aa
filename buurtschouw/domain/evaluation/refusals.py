from trajecten.refusals import Refused


class EvaluationRefused(Refused):
    """People can't be asked, or can't answer, now; the message says why."""
