"""The commands that count: JSON and nothing else, or exit code 2 and the reason."""

import csv
import json
import re
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.utils import translation

from tests.shared import METHODS, needs_methods

LINES = 'line,name,baseline_keur,floor_keur,cap_keur\n6.1,"Buurt, en meer",100,90,110\n6.60,Hulp,50,45,55\n'
PROPOSALS = "resident,line,change_keur\n1,6.1,5\n1,6.60,-5\n2,,\n3,6.1,0\n"
PB = (
    "META\nkey;value\nbudget;100\nvote_type;approval\nPROJECTS\nproject_id;cost\n9;60\n10;12.5\n7;0\n8;500\n"
    "VOTES\nvoter_id;vote\nv1;9,10\nv2;9\nv3;8\nv4;\n"
)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def write(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def answer(capsys, *arguments):
    call_command(*arguments)
    return json.loads(capsys.readouterr().out)


def refused(capsys, *arguments):
    with pytest.raises(CommandError) as error:
        call_command(*arguments)
    assert error.value.returncode == 2
    assert capsys.readouterr().out == ""
    return str(error.value)


def alternative(write, *, lines=LINES, proposals=PROPOSALS):
    return (
        "residents_alternative",
        "--lines",
        write("lines.csv", lines),
        "--proposals",
        write("proposals.csv", proposals),
    )


def test_the_alternative_as_json(capsys, write):
    assert answer(capsys, *alternative(write)) == {
        "lines": [
            {
                "line": "6.1",
                "mean_change_exact": "5/3",
                "mean_change_rounded": 2,
                "raised_by": 1,
                "lowered_by": 0,
                "unchanged_by": 2,
                "median_change": 0,
                "common_rank_change": 0,
            },
            {
                "line": "6.60",
                "mean_change_exact": "-5/3",
                "mean_change_rounded": -2,
                "raised_by": 0,
                "lowered_by": 1,
                "unchanged_by": 2,
                "median_change": 0,
                "common_rank_change": 0,
            },
        ],
        "sum_rounded_mean": 0,
        "residents": 3,
    }


def test_residents_without_a_row_can_be_told_apart(capsys, write):
    found = answer(capsys, *alternative(write), "--unchanged", "2")
    assert found["residents"] == 5
    assert found["lines"][0]["mean_change_exact"] == "1"


@pytest.mark.parametrize(
    "change",
    [
        ("1,6.60,-5", "1,6.60,-5.0"),
        ("1,6.1,5", "1,6.1,+5.00"),
        ("1,6.60,-5", "1,6.60,\N{MINUS SIGN}5"),
        ("1,6.60,-5", '1,6.60,"-5,0"'),
        ("2,,", "2,,+0"),
        ("2,,", "2,,-0"),
        ("2,,", "2,,0.0"),
        ("resident", "\n\nresident"),
        ("resident", '""\nresident'),
    ],
)
def test_proposals_may_be_as_programs_write_them(capsys, write, change):
    right = answer(capsys, *alternative(write))
    assert answer(capsys, *alternative(write, proposals=PROPOSALS.replace(*change, 1))) == right


def test_cells_may_be_apart_by_semicolons_below_an_empty_line(capsys, write):
    right = answer(capsys, *alternative(write))
    lines = "\n" + LINES.replace(",", ";").replace("Buurt; en meer", "Buurt, en meer").replace(
        "100;", "100,0;"
    )
    found = answer(capsys, *alternative(write, lines=lines, proposals=";;\n" + PROPOSALS.replace(",", ";")))
    assert found == right


ALL_CHANGE = PROPOSALS.replace("2,,\n3,6.1,0\n", "")


@pytest.mark.parametrize(
    ("proposals", "more", "told"),
    [
        (ALL_CHANGE, (), True),
        (ALL_CHANGE, ("--unchanged", "0"), False),
        (ALL_CHANGE, ("--unchanged", "2"), False),
        (ALL_CHANGE + "2,,\n", (), False),
        (ALL_CHANGE + "2,6.1,0\n", (), False),
    ],
)
def test_where_nobody_kept_all_it_is_told_how_many_were_counted(capsys, write, proposals, more, told):
    """Who changed nothing may have no row: the file doesn't show that they are missing."""
    call_command(*alternative(write, proposals=proposals), *more)
    found = capsys.readouterr()
    assert json.loads(found.out)["lines"]
    assert ("Residents counted: 1." in found.err) is told
    assert ("--unchanged" in found.err) is told


@pytest.mark.parametrize("number", ["-1", "1.5", "two", "²", "1000001", "9" * 5000])
def test_residents_without_a_row_are_a_number_of_people(capsys, write, number):
    with pytest.raises(CommandError, match="--unchanged: this has to be a whole number from 0"):
        call_command(*alternative(write), f"--unchanged={number}")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("1,6.60,-5", "1,6.60,-4"), "1"),
        (("1,6.60,-5", "1,6.6,-5"), "6.6"),
        (("1,6.60,-5", "1,6.60,-5.5"), "proposals.csv, line 3, column change_keur: .*6.60.*-5.5"),
        (("1,6.60,-5", "1,6.60,"), "line 3"),
        (("1,6.60,-5", "1,6.60,-5.000"), "line 3, column change_keur: .*-5.000.*not a whole number"),
        (("1,6.60,-5", "1,6.60,--5"), "line 3, column change_keur: .*--5.*not a whole number"),
        (("2,,", "2,,5"), "Resident 2: the change of 5 has no line"),
        (("1,6.60,-5", "1,6.1,-5"), "line 3.*1.*6.1"),
        (("1,6.60,-5", ",6.60,-5"), "line 3"),
        (("change_keur", "change"), "change_keur"),
        ((PROPOSALS, ""), "proposals.csv"),
        ((PROPOSALS, "resident,line,change_keur\n"), "."),
    ],
)
def test_proposals_that_can_not_be_are_refused(capsys, write, change, reason):
    assert change[0] in PROPOSALS
    assert re.search(reason, refused(capsys, *alternative(write, proposals=PROPOSALS.replace(*change, 1))))


@pytest.mark.parametrize(
    "change",
    [
        ("6.60,Hulp", "6.1,Hulp"),
        ("50,45,55", "50,51,55"),
        ("50,45,55", "50,45,vijftig"),
        ("6.60,Hulp", ",Hulp"),
        ("floor_keur", "floor"),
        (LINES.split("\n", 1)[1], ""),
    ],
)
def test_lines_that_can_not_be_are_refused(capsys, write, change):
    assert "lines.csv" in refused(capsys, *alternative(write, lines=LINES.replace(*change, 1)))


def test_ballots_as_json(capsys, write):
    path = write("f.pb", PB)
    found = answer(capsys, "count_ballots", path, "--rule", "equal-shares-plain")
    assert found == {
        "rule": "equal-shares-plain",
        "winners": ["10"],
        "cost": 12.5,
        "filled": ["9"],
        "projects": {
            "10": {"selected": True, "cost": 12.5, "supporters": 1, "paid": 12.5, "missing": 0},
            "7": {"selected": False, "cost": 0, "supporters": 0, "paid": 0, "missing": 0},
            "8": {"selected": False, "cost": 500, "supporters": 1, "paid": 0, "missing": 475},
            "9": {"selected": False, "cost": 60, "supporters": 2, "paid": 0, "missing": 22.5},
        },
    }
    assert answer(capsys, "count_ballots", path, "--rule", "equal-shares")["winners"] == ["10", "9"]
    assert answer(capsys, "count_ballots", path, "--rule", "greedy")["cost"] == 72.5


def test_ballots_that_can_not_be_counted_are_refused(capsys, write):
    path = write("f.pb", PB.replace("v2;9", "v2;x"))
    assert "f.pb" in refused(capsys, "count_ballots", path, "--rule", "greedy")
    good = write("good.pb", PB)
    assert refused(capsys, "count_ballots", good, "--rule", "greedy", "--utility", "points")
    assert "weg.pb" in refused(capsys, "count_ballots", good.replace("good", "weg"), "--rule", "greedy")


def test_an_envelope_as_json(capsys, write):
    path = write("shares.csv", "a,b\n0.25,0.75\n0.5,0.5\n")
    assert answer(capsys, "portion", path, "--rule", "mean") == {"shares": {"a": 0.375, "b": 0.625}}
    bad = write("bad.csv", "a,b\n0.25,0.5\n")
    assert "bad.csv" in refused(capsys, "portion", bad, "--rule", "common-rank")


def test_it_runs_without_a_database_and_says_no_on_standard_error(write):
    """As a program; there is no database at this address."""
    environment = {"DATABASE_URL": "postgis://nobody@127.0.0.1:1/nowhere", "SECRET_KEY": "test", "PATH": ""}
    done = _run(environment, write("f.pb", PB))
    assert json.loads(done.stdout)["winners"] == ["10", "9"], done.stderr
    no = _run(environment, write("f.pb", PB.replace("v2;9", "v2;x")))
    assert (no.returncode, no.stdout) == (2, "")
    assert "f.pb" in no.stderr


def _run(environment, path):
    return subprocess.run(
        [sys.executable, "manage.py", "count_ballots", path, "--rule", "equal-shares"],
        cwd=django_settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@needs_methods
def test_the_right_alternative_of_120_residents(capsys):
    folder = METHODS / "budget"
    right = json.loads((folder / "expected_Assen_2025.json").read_text())
    found = answer(
        capsys,
        "residents_alternative",
        "--lines",
        str(folder / "lines_Assen_2025.csv"),
        "--proposals",
        str(folder / "proposals_Assen_2025.csv"),
        "--unchanged",
        str(right["residents_without_change"]),
    )
    assert (found["residents"], found["sum_rounded_mean"]) == (right["n_residents"], 0)
    with (folder / "expected_Assen_2025.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for line, row in zip(found["lines"], rows, strict=True):
        assert (line["line"], line["mean_change_exact"]) == (row["line"], row["mean_change_exact"])
        for name in set(line) - {"line", "mean_change_exact"}:
            assert line[name] == float(row[name]), (line["line"], name)
