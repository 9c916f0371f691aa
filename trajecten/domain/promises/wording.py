"""The words of a promise in a list: an answer to one person is often a whole letter, of which one sentence promises."""

import re

LONGEST = 160
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
GREETING = re.compile(
    r"(beste|geachte|hallo|dag|goede\w+|goedendag|bedankt|dank|hartelijk|met vriendelijke)\b", re.IGNORECASE
)
# Who promises is named, and it is not told of what they did already.
PROMISING = re.compile(
    r"\b(wij|we|ik|de gemeente)\b(?! (zijn|is|hebben|heeft|heb|waren|hadden|zagen|kregen)\b)"
    r"|\b(gaan|gaat|komen|komt|zullen|zal|worden|wordt) (wij|we|ik|er|de|het)\b",
    re.IGNORECASE,
)


def headline(text: str) -> str:
    """The first sentence that promises; else the first one that is no greeting; a long one is cut at a word."""
    sentences = [" ".join(sentence.split()) for sentence in SENTENCE.split(text) if sentence.strip()]
    said = [sentence for sentence in sentences if not GREETING.match(sentence)] or sentences
    chosen = next((sentence for sentence in said if PROMISING.search(sentence)), said[0] if said else "")
    if len(chosen) <= LONGEST:
        return chosen
    return chosen[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
