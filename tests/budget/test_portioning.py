"""Dividing an envelope from zero."""

import csv
import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.domain.portioning import reading, rules
from budget.domain.portioning.rules import Rule, portion
from budget.domain.portioning.shares import gather
from tests.shared import METHODS, needs_methods
from trajecten.counting.reading import FileRefused
from trajecten.refusals import Refused

BUDGET = METHODS / "budget"


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def of(*voters):
    ids = "abcdef"[: len(voters[0])]
    return gather(ids, [dict(zip(ids, map(Fraction, voter), strict=True)) for voter in voters])


@st.composite
def ballots(draw):
    projects = draw(st.integers(1, 4))
    one = st.lists(st.integers(0, 5), min_size=projects, max_size=projects).filter(any)
    return draw(st.lists(one, min_size=1, max_size=9))


def test_who_all_want_one_thing_get_their_number_in_the_mean_and_the_markets():
    voted = of(*[(1, 0, 0)] * 6, *[(0, 1, 0)] * 3, (0, 0, 1))
    parts = (Fraction(6, 10), Fraction(3, 10), Fraction(1, 10))
    assert portion(voted, Rule.MEAN) == parts
    assert portion(voted, Rule.INDEPENDENT_MARKETS) == parts
    assert portion(voted, Rule.COMMON_RANK) == (1, 0, 0)


def test_one_voter_decides_alone():
    for rule in Rule:
        assert portion(of((1, 2, 5)), rule) == (Fraction(1, 8), Fraction(2, 8), Fraction(5, 8))


@settings(max_examples=150, deadline=None)
@given(ballots(), st.sampled_from(Rule))
def test_shares_add_up_to_one_exactly_and_lie_between_what_voters_asked(voters, rule):
    outcome = portion(of(*voters), rule)
    assert sum(outcome) == 1
    wanted = [[Fraction(number, sum(voter)) for number in voter] for voter in voters]
    for share, asked in zip(outcome, zip(*wanted, strict=True), strict=True):
        assert share <= max(asked)
        assert rule is not Rule.MEAN or share >= min(asked)


@settings(max_examples=100, deadline=None)
@given(ballots(), st.sampled_from([Rule.COMMON_RANK, Rule.INDEPENDENT_MARKETS]))
def test_the_moving_phantoms_are_as_they_are_defined(voters, rule):
    count = len(voters)
    wanted = [sorted(voter[project] / sum(voter) for voter in voters) for project in range(len(voters[0]))]

    def phantom(k, t):
        if rule is Rule.COMMON_RANK:
            return min(max(t * (count + 1) - k, 0), 1)
        return min(t * (count - k), 1)

    def at(t):
        phantoms = [phantom(k, t) for k in range(count + 1)]
        return [max(map(min, phantoms, [*shares, 9])) for shares in wanted]

    low, high = 0.0, 1.0
    for _step in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(at(middle)) < 1 - 1e-13 else (low, middle)
    assert [float(share) for share in portion(of(*voters), rule)] == pytest.approx(at(high), abs=1e-9)


@pytest.mark.parametrize("rule", Rule)
def test_the_order_of_voters_changes_nothing(rule):
    voters = [(5, 3, 2), (1, 8, 1), (2, 2, 6), (0, 4, 6), (7, 3, 0)]
    assert portion(of(*voters), rule) == portion(of(*voters[::-1]), rule)


CSV = "voter,a,b\nx,0.25,0.75\ny,0.5,0.5\n"


@pytest.mark.parametrize(
    "text",
    [
        CSV,
        "\ufeff" + CSV.replace("\n", "\r\n"),
        "a,b\n0.25,0.75\n\n0.5,0.5\n",
        "a;b\n0,25;0,75\n0,5;0,5\n",
        ",a,b\n0,0.25,0.75\n1,0.5,0.5\n",
        "voter,project,share\nx,a,0.25\nx,b,0.75\ny,b,0.5\ny,a,0.5\n",
        "\n\na;b\n0,25;0,75\n0,5;0,5\n",
        ";;\r\na;b;\r\n0,25;0,75;\r\n0,5;0,5;\r\n",
        "a,b\n.25,.75\n.5,.5\n",
        "a;b\n,25;,75\n,5;,5\n",
        "a,b\n25,75\n50,50\n",
        "a,b\n25%,75%\n50 %,50 %\n",
        "share,voter,remark,project\n0.25,x,ja,a\n0.75,x,,b\n0.5,y,,b\n0.5,y,,a\n",
        ",project,share,voter\n0,a,0.25,x\n1,b,0.75,x\n2,b,0.5,y\n3,a,0.5,y\n",
        "id,line,share,resident\n1,a,25,x\n2,b,75,x\n3,b,50,y\n4,a,50,y\n",
    ],
)
def test_shares_are_read_in_the_forms_that_programs_give_them(text):
    shares = reading.read(text.encode(), file="shares.csv")
    assert shares.ids == ("a", "b")
    assert rules.mean(shares) == (Fraction(3, 8), Fraction(5, 8))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("x,a,0.5\nx,a,0.5\n", 3, "twice"),
        ("x,a,1\ny,a,0.5\n", 3, "add up to 0.5"),
        ("x,,1\n", 2, "none"),
        ("x,a,1\n,a,1\n", 3, "a voter has no id"),
    ],
)
def test_single_shares_that_can_not_be_are_refused(text, line, reason):
    with pytest.raises(FileRefused, match=reason) as refused:
        reading.read(f"voter,project,share\n{text}".encode(), file="shares.csv")
    assert refused.value.line == line


def test_shares_may_be_as_programs_write_floats():
    shares = reading.read(b"a,b,c\n0.3333333333333333,0.6666566666666667,1e-05\n", file="shares.csv")
    assert [float(share) for share in rules.mean(shares)] == pytest.approx([1 / 3, 0.66665667, 1e-5])


@pytest.mark.parametrize("third", ["0.333", "0.33", "0.3", "33", "33.3", "33%", "33.3333%"])
def test_rounded_shares_are_stretched(third):
    shares = reading.read(f"a,b,c,d\n{third},{third},{third},0\n".encode(), file="shares.csv")
    assert rules.mean(shares) == (Fraction(1, 3),) * 3 + (0,)


@pytest.mark.parametrize(
    ("row", "total"),
    [
        ("0.33,0.33,0.32", "0.98"),  # rounding takes at most half of the last decimal of each
        ("0.5,0.4,0", "0.9"),
        ("0.5,0.5,0.02", "1.02"),
        ("1,1,1", "3.0"),
        ("1,1,0", "2.0"),
        ("0,0,0", "0.0"),
        ("30,30,30", "90.0"),
        ("33,33,32", "98.0"),
        ("33%,33%,32%", "0.98"),
    ],
)
def test_what_is_off_by_more_than_rounding_is_refused(row, total):
    with pytest.raises(FileRefused, match=f"add up to {total}, not to 1, nor to 100"):
        reading.read(f"a,b,c\n{row}\n".encode(), file="shares.csv")


def test_percentages_and_shares_do_not_go_in_one_file():
    with pytest.raises(FileRefused, match=r"add up to 1\.0, not to 100") as refused:
        reading.read(b"a,b\n25,75\n0.25,0.75\n", file="shares.csv")
    assert refused.value.line == 3
    with pytest.raises(FileRefused, match=r"add up to 100\.0, not to 1") as refused:
        reading.read(b"a,b\n0.25,0.75\n25,75\n", file="shares.csv")
    assert refused.value.line == 3


@pytest.mark.parametrize(
    ("change", "line", "column", "reason"),
    [
        (("0.25,0.75", "0.25,0.7"), 2, "", "add up to 0.95"),
        (("0.25,0.75", "-0.25,1.25"), 2, "a", "below 0"),
        (("0.25,0.75", "veel,0.75"), 2, "a", "not a number"),
        (("0.25,0.75", "%,1"), 2, "a", "not a number"),
        (("y,", "x,"), 3, "voter", "twice"),
        (("y,", ","), 3, "voter", "a voter has no id"),
        (("voter,a,b", "voter,a,a"), 1, "", "twice"),
        (("voter,a,b", "voter"), 2, "", "more cells|name the projects"),
        (("x,0.25,0.75\ny,0.5,0.5\n", ""), None, "", "no voters"),
        ((CSV, ""), None, "", "empty"),
    ],
)
def test_shares_that_can_not_be_are_refused(change, line, column, reason):
    with pytest.raises(FileRefused, match=reason) as refused:
        reading.read(CSV.replace(*change).encode(), file="shares.csv")
    assert refused.value.column == column
    assert refused.value.line in (line, 1)


PB = (
    "META\nkey;value\nbudget;100\nvote_type;cumulative\nPROJECTS\nproject_id;cost\na;60\nb;10\n"
    "VOTES\nvoter_id;vote;points\nv1;a,b;3,1\nv2;b;2\nv3;;\nv4;a;0\n"
)


def test_points_are_shares_of_what_each_voter_gave():
    shares = reading.read(PB.encode(), file="votes.PB")
    assert shares.voters == 2
    assert rules.mean(shares) == (Fraction(3, 8), Fraction(5, 8))


@pytest.mark.parametrize(
    "change", [("cumulative", "approval"), ("v1;a,b;3,1\nv2;b;2\n", ""), ("cost\n", "cost\n\nx\n")]
)
def test_ballots_that_give_nothing_to_divide_by_are_refused(change):
    with pytest.raises(Refused):
        reading.read(PB.replace(*change).encode(), file="votes.pb")


@needs_methods
def test_the_right_answers_of_small_cases():
    names = {"mean": Rule.MEAN, "im": Rule.INDEPENDENT_MARKETS, "util": Rule.COMMON_RANK}
    for case in json.loads((BUDGET / "small_cases_expected.json").read_text()):
        voters = of(*[[str(share) for share in voter] for voter in case["P"]])
        for name, rule in names.items():
            found = [float(share) for share in portion(voters, rule)]
            assert found == pytest.approx(case[name], abs=1e-9), (case["name"], name)


@needs_methods
def test_the_right_answers_of_a_real_election_with_points():
    path = METHODS / "pb" / "Switzerland_Zurich_D5.pb"
    shares = reading.read(path.read_bytes(), file=path.name)
    with (BUDGET / "portioning_Switzerland_Zurich_D5_expected.csv").open(newline="") as file:
        right = {row["project_id"]: row for row in csv.DictReader(file)}
    columns = {"mean": Rule.MEAN, "independent_markets": Rule.INDEPENDENT_MARKETS}
    for column, rule in {**columns, "utilitarian_common_rank": Rule.COMMON_RANK}.items():
        found = dict(zip(shares.ids, map(float, portion(shares, rule)), strict=True))
        assert found == pytest.approx({key: float(row[column]) for key, row in right.items()}, abs=1e-9)
