"""The words of a promise in a list: an answer to one person is often a whole letter, of which one sentence promises."""

import re

LONGEST = 160
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
GREETING = re.compile(
    r"(beste|geachte|hallo|dag|goede\w+|goedendag|bedankt|dank|hartelijk|met vriendelijke)\b", re.IGNORECASE
)
# What was done already, or is only thought, is no promise.
ELSE = re.compile(
    r"\b(wij|we|ik|de gemeente) (zijn|is|hebben|heeft|heb|waren|hadden|zagen|kregen|vinden|begrijpen|snappen)\b",
    re.IGNORECASE,
)
DAY = re.compile(
    r"\b(\d{1,2} (jan|feb|maart|apr|mei|juni|juli|aug|sep|okt|nov|dec)|week \d|morgen|(voor|na)jaar|zomer|winter"
    r"|(maan|dins|woens|donder|vrij|zater|zon)dag)",
    re.IGNORECASE,
)
PROMISING = re.compile(
    r"\b(wij|we|ik|de gemeente)\b|\b(gaan|gaat|komen|komt|zullen|zal|worden|wordt) (er|de|het)\b",
    re.IGNORECASE,
)


def headline(text: str) -> str:
    """The sentence that promises: the first one with a day, or that says who does it; a long one is cut at a word.

    Else it is the first sentence that is no greeting.
    """
    sentences = [" ".join(sentence.split()) for sentence in SENTENCE.split(text) if sentence.strip()]
    said = [sentence for sentence in sentences if not GREETING.match(sentence)] or sentences or [""]
    open_ones = [sentence for sentence in said if not ELSE.search(sentence)]
    found = (one for sign in (DAY, PROMISING) for one in open_ones if sign.search(one))
    return _short(next(found, said[0]))


def _short(sentence: str) -> str:
    if len(sentence) <= LONGEST:
        return sentence
    return sentence[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
