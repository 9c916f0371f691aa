"""Words to translate are written where the collecting of them for the catalogue finds them."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = sorted(path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests")
MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def _within_f_strings(source: str) -> list[int]:
    """The lines where literal words are marked inside an f-string, in which xgettext does not look."""
    calls = (
        node
        for outer in ast.walk(ast.parse(source))
        if isinstance(outer, ast.JoinedStr)
        for node in ast.walk(outer)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS
    )
    return [node.lineno for node in calls if node.args and isinstance(node.args[0], ast.Constant)]


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_no_words_to_translate_stand_within_an_f_string(app: Path) -> None:
    found = {str(path.relative_to(ROOT)): _within_f_strings(path.read_text()) for path in app.rglob("*.py")}
    assert {path: lines for path, lines in found.items() if lines} == {}
