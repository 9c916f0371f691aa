"""How codes of task fields hang together. Codes are text: "0.1" is not "0.10".

A code is part of the code without its last sign: "6.711" (since 2025) and "6.71a" (2023 and 2024) of "6.71", that of
"6.7", that of main field "6". Exceptions are 0.10 and 0.11: two numbers of their own below main field 0.
Source: Iv3-informatievoorschrift, the lists of 2017 up to and including 2026.
"""

import re

FORM = re.compile(r"^[0-8]\.\d{1,3}[a-z]?$")
# Changes of the reserves, and the result: what moves between years and is not spent on anything.
BELOW_MAIN = frozenset({"0.10", "0.11"})


def parent(code: str) -> str:
    """The code that this one is part of; "" for a main field."""
    if len(code) == 1:
        return ""
    return code[0] if code in BELOW_MAIN or len(code) == 3 else code[:-1]


def comparable(code: str) -> str:
    """The code of one number behind the point under which a task field can be compared over all years."""
    return code if code in BELOW_MAIN else code[:3]


def main(code: str) -> str:
    """The main field: "6" of "6.711"."""
    return code[0]


def chain(code: str) -> list[str]:
    """The code and all that it is part of, up to the main field."""
    found = [code]
    while above := parent(found[-1]):
        found.append(above)
    return found


def sort_key(code: str) -> tuple[int, int, str]:
    """Codes in the order of the list: 0.9 before 0.10, 6.4 before 6.60 before 6.711."""
    whole, _, rest = code.partition(".")
    digits = re.match(r"\d*", rest)
    number = digits.group() if digits else ""
    if code in BELOW_MAIN:
        return int(whole), int(number) * 100, ""
    return int(whole), int(number[:1] or 0) * 100, rest
