"""The residents' alternative: the mean rule, and what stands beside it."""

from collections import Counter
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.domain.alternative import majority, mean
from budget.domain.alternative.groups import by_group
from budget.domain.alternative.lines import Line
from budget.domain.alternative.outcome import work_out
from budget.domain.alternative.proposals import LARGEST, Change, gather
from tests.budget.proposals import LINES, proposals, rows
from trajecten.refusals import Refused

SIGNS = (("a", 1), ("b", -1))


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def test_it_is_the_mean_over_everybody_also_who_changed_nothing():
    made = gather(
        lines=LINES,
        changes=[Change("r1", "6.1", 10), Change("r1", "0.4", -10)],
        unchanged=["r2", "r3", "r1"],
    )
    result = work_out(made)
    assert result.residents == 3
    first = result.lines[0]
    assert (first.mean_exact, first.raised_by, first.lowered_by, first.unchanged_by) == (
        Fraction(10, 3),
        1,
        0,
        2,
    )
    assert [line.mean_rounded for line in result.lines] == [3, 0, 0, -3]


@pytest.mark.parametrize(
    ("means", "expected"),
    [
        ("1/2 -1/2", (1, -1)),
        ("-1/2 1/2", (0, 0)),
        ("1/3 1/3 1/3 -1", (1, 0, 0, -1)),
        ("1/3 1/3 -2/3", (1, 0, -1)),
        ("2 -2", (2, -2)),
    ],
)
def test_rounding_is_by_largest_remainder_and_the_earlier_line_goes_first(means, expected):
    assert mean.rounded([Fraction(text) for text in means.split()]) == expected


def test_what_does_not_add_up_to_a_whole_can_not_be_rounded():
    with pytest.raises(ValueError):
        mean.rounded([Fraction(1, 2)])


def test_the_median_lies_halfway_with_an_even_number():
    made = proposals((10, 0, 0, -10), (3, 0, 0, -3), (0, 0, 0, 0), (0, 0, 0, 0))
    assert majority.medians(made) == (Fraction(3, 2), 0, 0, Fraction(-3, 2))


def test_the_common_rank_moves_a_line_only_where_a_majority_wants_it():
    few = proposals((10, 0, 0, -10), (10, 0, 0, -10), *[(0, 0, 0, 0)] * 3)
    many = proposals(*[(10, 0, 0, -10)] * 3, (0, 0, 0, 0), (0, 0, 0, 0))
    assert majority.common_rank(few) == (0, 0, 0, 0)
    assert majority.common_rank(many) == (10, 0, 0, -10)


def test_the_common_rank_is_the_moving_phantom():
    made = proposals((20, 10, -20, -10), (-10, 0, 10, 0), (20, 0, -20, 0), (0, 5, 5, -10))
    assert [float(change) for change in majority.common_rank(made)] == pytest.approx(
        _by_bisection(made), abs=1e-9
    )


@settings(max_examples=100, deadline=None)
@given(rows())
def test_the_common_rank_is_exact_and_within_bounds(given_rows):
    made = proposals(*given_rows)
    outcome = majority.common_rank(made)
    assert sum(outcome) == 0
    for line, change in zip(LINES, outcome, strict=True):
        assert line.floor <= line.baseline + change <= line.cap
    assert [float(change) for change in outcome] == pytest.approx(_by_bisection(made), abs=1e-6)


def _by_bisection(made):
    """As it is defined: phantoms over shares of the whole, moved until the shares add up to 1."""
    total = sum(line.baseline for line in LINES)
    residents = len(made.residents)
    shares = [
        sorted((line.baseline + int(change)) / total for change in made.changes[:, number])
        for number, line in enumerate(LINES)
    ]

    def at(t):
        phantoms = [min(max(t * (residents + 1) - k, 0), 1) for k in range(residents + 1)]
        return [
            max(min(phantom, share) for phantom, share in zip(phantoms, [*line, 9], strict=True))
            for line in shares
        ]

    low, high = 0.0, 1.0
    for _step in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(at(middle)) < 1 else (low, middle)
    return [share * total - line.baseline for share, line in zip(at(high), LINES, strict=True)]


@settings(max_examples=200, deadline=None)
@given(rows())
def test_it_always_balances_and_stays_within_floors_and_caps(given_rows):
    result = work_out(proposals(*given_rows))
    assert sum(line.mean_exact for line in result.lines) == 0
    assert sum(line.mean_rounded for line in result.lines) == 0
    for line, outcome in zip(LINES, result.lines, strict=True):
        assert line.floor <= line.baseline + outcome.mean_exact <= line.cap
        assert line.floor <= line.baseline + outcome.mean_rounded <= line.cap
        assert abs(outcome.mean_rounded - outcome.mean_exact) < 1
        assert outcome.raised_by + outcome.lowered_by + outcome.unchanged_by == len(given_rows)


@settings(max_examples=60, deadline=None)
@given(rows(most=4))
def test_the_order_of_the_proposals_changes_nothing(given_rows):
    first = work_out(proposals(*given_rows))
    assert all(work_out(proposals(*other)) == first for other in permutations(given_rows))


@settings(max_examples=100, deadline=None)
@given(rows(), st.data())
def test_one_resident_moves_a_line_by_no_more_than_its_room_divided_by_all(given_rows, data):
    (other,) = data.draw(rows(most=1))
    before = mean.exact(proposals(*given_rows))
    after = mean.exact(proposals(other, *given_rows[1:]))
    for line, one, two in zip(LINES, before, after, strict=True):
        assert abs(one - two) <= Fraction(line.cap - line.floor, len(given_rows))


def test_sums_of_the_largest_changes_are_exact_and_larger_ones_are_refused():
    """9,000 residents who change a line by 10^15 still add up within 64 bits; 10,000 would not."""
    lines = [Line("a", "", 0, -LARGEST, LARGEST), Line("b", "", 0, -LARGEST, LARGEST)]

    def of(residents):
        changes = [Change(f"r{r}", line, sign * LARGEST) for r in range(residents) for line, sign in SIGNS]
        return gather(lines=lines, changes=changes)

    assert [line.mean_exact for line in work_out(of(9000)).lines] == [LARGEST, -LARGEST]
    with pytest.raises(Refused, match="too large to add up"):
        of(10_000)


def test_amounts_of_lines_that_are_too_large_to_add_up_are_refused():
    with pytest.raises(Refused, match="too large to add up"):
        gather(
            lines=[Line(f"{n}", "", LARGEST, 0, LARGEST) for n in range(10_000)], changes=[], unchanged=["r"]
        )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ([("r7", "6.1", 10)], "Resident r7: the proposal does not balance.*add up to 10, not to 0.*6.1"),
        ([("r7", "6.60", -1), ("r7", "6.1", 1)], "Resident r7: line 6.60 becomes 49, below its floor of 50"),
        ([("r7", "6.60", 11), ("r7", "6.1", -11)], "Resident r7: line 6.1 becomes 89, below its floor of 90"),
        ([("r7", "0.4", 1), ("r7", "6.1", -1)], "Resident r7: line 0.4 becomes 201, above its cap of 200"),
        ([("r7", "6.6", 1), ("r7", "6.1", -1)], "Resident r7: there is no line 6.6"),
        ([("r7", "6.1", 0), ("r7", "6.1", 0)], "Resident r7: line 6.1 is there twice"),
        ([("r7", "6.1", 10**16)], "Resident r7: the change of line 6.1 is too large"),
        ([], "no proposals"),
    ],
)
def test_what_can_not_be_is_refused_with_resident_and_line(changes, reason):
    good = [("r1", "6.1", 5), ("r1", "0.4", -5)] if changes else []
    with pytest.raises(Refused, match=reason):
        gather(lines=LINES, changes=[Change(*change) for change in [*good, *changes]])


@pytest.mark.parametrize(("baseline", "floor", "cap"), [(5, 6, 9), (5, 1, 4)])
def test_a_line_outside_its_own_bounds_is_refused(baseline, floor, cap):
    with pytest.raises(Refused, match=r"Line 6\.1 is 5"):
        Line("6.1", "", baseline, floor, cap)


def test_lines_come_once():
    with pytest.raises(Refused, match="each once"):
        gather(lines=[LINES[0], LINES[0]], changes=[Change("r1", "6.1", 0)])


def groups(**sizes):
    keys = [name for name, size in sizes.items() for _one in range(size)]
    made = proposals(*[(10, 0, 0, -10) if number % 2 else (0, 0, 0, 0) for number in range(len(keys))])
    return by_group(made, dict(zip(made.residents, keys, strict=True)))


def test_a_group_that_is_too_small_is_hidden_and_so_is_what_would_tell_it():
    found = groups(noord=20, zuid=12, oost=3)
    assert found["oost"] is None
    assert found["zuid"] is None
    assert found["noord"].residents == 20
    assert found["noord"].means == (5, 0, 0, -5)
    assert found["noord"].counts[0].raised_by == 10


def test_counts_under_five_are_hidden_in_every_group():
    found = groups(noord=40, zuid=8)
    assert found["zuid"].counts[0] is None
    assert found["noord"].counts[0] is None
    assert found["noord"].counts[1].unchanged_by == 40
    assert (found["noord"].means, found["zuid"].means) == ((None, 0, 0, None), (None, 0, 0, None))


def test_what_hidden_groups_come_to_is_not_what_the_others_leave_of_the_whole():
    found = groups(noord=50, zuid=30, west=1, oost=2)
    assert (found["west"], found["oost"], found["zuid"]) == (None, None, None)
    assert found["noord"].residents == 50


def test_what_one_person_changes_is_not_shown_as_that_of_a_group():
    made = proposals((10, 0, -10, 0), *[(0, 0, 0, 0)] * 9, *[(0, 10, 0, -10)] * 10)
    found = by_group(
        made, {one: "noord" if place < 10 else "zuid" for place, one in enumerate(made.residents)}
    )
    assert found["noord"].means == (None, 0, None, 0)
    assert found["zuid"].means == (None, 10, None, -10)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(-3, 3)), min_size=1, max_size=70),
)
def test_nothing_of_fewer_than_five_people_follows_from_what_is_shown(people):
    """Of each line: what is shown is of none or of five and more, and so is what the whole leaves for the rest."""
    made = proposals(*[(one, 0, -one, 0) for _key, one in people])
    keys = dict(zip(made.residents, (key for key, _one in people), strict=True))
    found = by_group(made, keys)
    shown = [key for key, group in found.items() if group]
    hidden = sum(keys[one] not in shown for one in made.residents)
    assert hidden == 0 or hidden >= 5 or not shown
    for line in (0, 2):
        changed = Counter(
            keys[one] for one, row in zip(made.residents, made.changes, strict=True) if row[line]
        )
        open_ones = [key for key in shown if found[key].means[line] is not None]
        left = sum(people for key, people in changed.items() if key not in open_ones)
        assert all(changed[key] == 0 or changed[key] >= 5 for key in open_ones)
        assert left == 0 or left >= 5 or not open_ones


def test_every_resident_is_in_a_group():
    made = proposals((0, 0, 0, 0))
    with pytest.raises(Refused, match="r0"):
        by_group(made, {})
