"""What the papers say of the code is so: names, addresses of files, settings, messages."""

import ast
import re
import tomllib
from io import StringIO
from operator import attrgetter
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command
from django.template.loader import get_template
from django.utils import translation

from trajecten import registry
from trajecten.management.commands.document_notifications import document

ROOT = Path(settings.BASE_DIR)
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
PARTS = (".subject.txt", ".txt", ".html")
FOLDERS = (
    "trajecten|buurtschouw|movisie_portal|templates|static/src|tests|benchmarks|script|requirements|docs"
)
FILE = re.compile(rf"`((?:{FOLDERS})/[\w./-]+)`")
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[\w-]+)?\)")


def _message(key: str, **words: str) -> registry.Message:
    given = {"audience": "Somebody", "trigger": "Something", "category": "my-reports", **words}
    return registry.Message(key=key, app=key.partition(".")[0], context=lambda row: {}, **given)


# -- The catalogue of messages


def test_the_page_of_messages_is_up_to_date() -> None:
    call_command("document_notifications", check=True, stdout=StringIO())


def test_a_page_that_is_not_up_to_date_is_refused_with_the_difference(tmp_path: Path) -> None:
    file, said = tmp_path / "notifications.md", StringIO()
    call_command("document_notifications", file=file)
    whole = file.read_text()
    line = next(line for line in whole.splitlines() if "report_closed" in line)
    file.write_text(whole.replace(f"{line}\n", ""))

    with pytest.raises(CommandError, match="not up to date"):
        call_command("document_notifications", file=file, check=True, stdout=said)

    assert f"+{line}" in said.getvalue()
    assert line not in file.read_text()


def test_a_page_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("document_notifications", file=tmp_path / "none.md", check=True, stdout=StringIO())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_of_messages_is_the_same_in_every_language(language: str) -> None:
    from trajecten.enums import Role

    with translation.override(language):
        page = document((_message("app.one", audience=Role.HANDLER.label),))

    assert "| `app.one` | handler | Something | `my-reports` | `mail/app/one` | – |" in page.splitlines()


def test_words_of_a_message_do_not_break_the_table() -> None:
    page = document((_message("app.one", trigger="one | two\nthree"),))

    assert r"| one \| two three |" in page


def test_every_app_has_a_table_of_its_own() -> None:
    page = document((_message("one.a"), _message("one.b"), _message("two.a")))

    assert re.findall(r"^## (.*)$|^\| `([\w.]+)`", page, re.MULTILINE) == [
        ("one", ""),
        ("", "one.a"),
        ("", "one.b"),
        ("two", ""),
        ("", "two.a"),
    ]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("message", registry.messages(), ids=attrgetter("key"))
def test_every_message_has_its_templates(message: registry.Message, part: str) -> None:
    assert get_template(f"{message.template}{part}").template.source.strip()


def test_every_mail_template_belongs_to_a_message() -> None:
    folder = ROOT / "templates"
    found = {file.relative_to(folder).as_posix() for file in folder.glob("mail/*/*")}

    assert found == {f"{message.template}{part}" for message in registry.messages() for part in PARTS}


# -- Words


def _terms() -> list[tuple[str, str]]:
    """Each term of the glossary with the cell that names it in the code."""
    rows = []
    for line in (ROOT / "docs" / "begrippen.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] != "Term" and not cells[0].startswith("--"):
            rows.append((cells[0], cells[1]))
    return rows


def test_every_term_has_one_name_and_is_explained_once() -> None:
    terms = _terms()

    assert len(terms) > 40
    assert len({term for term, _name in terms}) == len(terms)
    assert [cell for _term, cell in terms if not re.fullmatch(r"`[\w.]+`|—", cell)] == []


@pytest.mark.parametrize(("term", "cell"), [row for row in _terms() if row[1] != "—"])
def test_names_of_the_glossary_exist(term: str, cell: str) -> None:
    owner, _, name = cell.strip("`").rpartition(".")
    owner = resolve_name(owner)
    fields = {field.name for field in owner._meta.get_fields()} if hasattr(owner, "_meta") else set()

    assert name in fields or resolve_name(cell.strip("`")) is not None


# -- Settings


def _settings_read() -> set[str]:
    """Names of the environment variables that the settings read: the first argument of each ``env.…(…)``."""
    tree = ast.parse((ROOT / "movisie_portal" / "settings.py").read_text())
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and isinstance(call.args[0], ast.Constant)
    }


def test_the_readme_explains_exactly_the_settings_there_are() -> None:
    chapter = (ROOT / "README.md").read_text().partition("\n## Settings\n")[2].partition("\n## ")[0]

    assert set(re.findall(r"^\| `([A-Z0-9_]+)`", chapter, re.MULTILINE)) == _settings_read()


# -- Files, links, decisions


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.relative_to(ROOT).as_posix())
def test_files_that_a_paper_names_exist(paper: Path) -> None:
    text = paper.read_text()
    named = [ROOT / name for name in FILE.findall(text)]
    linked = [paper.parent / name for name in LINK.findall(text)]

    assert [str(file) for file in [*named, *linked] if not file.exists()] == []


def test_decisions_are_numbered_and_listed() -> None:
    folder = ROOT / "docs" / "adr"
    files = sorted(folder.glob("0*.md"))
    titles = [file.read_text().splitlines()[0].removeprefix("# ").partition(". ") for file in files]
    listed = re.findall(r"^(\d+)\. \[(.+)\]\((.+)\)$", (folder / "README.md").read_text(), re.MULTILINE)

    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    assert listed == [
        (number, title, file.name) for (number, _, title), file in zip(titles, files, strict=True)
    ]


@pytest.mark.parametrize("paper", sorted(ROOT.glob("docs/adr/0*.md")), ids=attrgetter("stem"))
def test_a_decision_says_why_what_and_what_follows(paper: Path) -> None:
    headings = re.findall(r"^## (.*)$", paper.read_text(), re.MULTILINE)

    assert headings[0] == "Why this had to be decided"
    assert "Decision" in headings
    assert headings[-1] == "What follows from it"


# -- publiccode.yml and licence


@pytest.fixture
def publiccode() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "publiccode.yml").read_text())


def test_publiccode_has_what_the_standard_asks(publiccode: dict[str, Any]) -> None:
    """Lengths and values of publiccode.yml 0.5, https://yml.publiccode.tools/schema.core.html"""
    assert publiccode["publiccodeYmlVersion"] == "0.5"
    assert {"name", "url", "platforms", "categories", "maintenance", "localisation"} <= publiccode.keys()
    assert publiccode["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert publiccode["softwareType"] == "standalone/web"
    assert set(publiccode["description"]) == {"nl", "en"}
    for description in publiccode["description"].values():
        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10_000
        assert description["features"]
    assert publiccode["maintenance"]["contacts"]


def test_publiccode_offers_the_languages_of_the_portal(publiccode: dict[str, Any]) -> None:
    assert publiccode["localisation"]["availableLanguages"] == [code for code, _name in settings.LANGUAGES]


def test_the_licence_is_the_same_everywhere(publiccode: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    licence = (ROOT / "LICENSE").read_text()

    assert publiccode["legal"]["license"] == project["license"]["text"] == "EUPL-1.2"
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert re.findall(r"^(\d+)\. ", licence, re.MULTILINE) == [str(number) for number in range(1, 16)]
    assert "‘Compatible Licences’ according to Article 5 EUPL are:" in licence


def test_the_changelog_begins_with_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    newest = re.search(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)

    assert newest
    assert newest.group(1) == version
