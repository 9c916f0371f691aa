"""Files of Pabulib, in and out."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shared import METHODS, needs_methods
from trajecten.counting.ballots import Ballot, Election, Project, VoteType
from trajecten.counting.pabulib.reading import read
from trajecten.counting.pabulib.writing import decimal, write
from trajecten.counting.reading import FileRefused
from trajecten.refusals import Refused

META = "META\nkey;value\nbudget;100\nvote_type;approval\n"
PROJECTS = 'PROJECTS\nproject_id;cost;name\na;60;"Bankjes; en meer"\nb;12,50;Bomen\n'
VOTES = "VOTES\nvoter_id;vote;age\nv1;a,b;30\nv2;;\nv3;b;\n"
FILE = META + PROJECTS + VOTES
POINTS = (
    "META\nkey;value\nbudget;100\nvote_type;cumulative\nmax_sum_points;5\n"
    "PROJECTS\nproject_id;cost\na;60\nb;10\nVOTES\nvoter_id;vote;points\nv1;a,b;3,2\nv2;b;2.5\n"
)


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def election(text):
    return read(text.encode(), file="f.pb").election


def test_everything_in_the_file_is_there():
    found = election(FILE)
    assert found == Election(
        Fraction(100),
        VoteType.APPROVAL,
        (
            Project("a", Fraction(60), (("name", "Bankjes; en meer"),)),
            Project("b", Fraction(25, 2), (("name", "Bomen"),)),
        ),
        (
            Ballot("v1", ("a", "b"), None, (("age", "30"),)),
            Ballot("v2", (), None, (("age", ""),)),
            Ballot("v3", ("b",), None, (("age", ""),)),
        ),
    )


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + FILE,
        FILE.replace("\n", "\r\n"),
        FILE.replace("\n", "\n\n"),
        FILE.replace("\n", ";;\n").replace("voter_id;vote;age;;", "voter_id;vote;age;;"),
        FILE.replace("a,b", " a , b "),
        FILE.replace("META", "meta").replace("approval", "Approval"),
    ],
)
def test_what_programs_make_of_it_reads_the_same(text):
    assert election(text) == election(FILE)


def test_points_go_along_with_projects():
    assert election(POINTS).ballots[0].points == (3, 2)
    assert election(POINTS).ballots[1].points == (Fraction(5, 2),)


@pytest.mark.parametrize(
    ("change", "line", "column", "reason"),
    [
        (("budget;100\n", ""), None, "budget", "what the budget is"),
        (("budget;100", "budget;veel"), 3, "budget", "“veel” is not a number"),
        (("budget;100", "budget;0"), 3, "budget", "more than 0"),
        (("budget;100", "budget;1e9"), 3, "budget", "not a number"),
        (("budget;100", "budget;100\nbudget;200"), 4, "key", "twice"),
        (("vote_type;approval\n", ""), None, "vote_type", "how people voted"),
        (("approval", "loterij"), 4, "vote_type", "“loterij” is not a kind of ballot"),
        (("project_id;cost", "project_id;kosten"), 6, "", "no column “cost”"),
        (("b;12,50", "a;12,50"), 8, "project_id", "project “a” is there twice"),
        (("b;12,50", "b;-1"), 8, "cost", "below 0"),
        (("b;12,50", "b;"), 8, "cost", "not a number"),
        (("b;12,50", ";12,50"), 8, "project_id", "can't be the id"),
        (("v1;a,b", "v1;a,x"), 11, "vote", "voter “v1” votes for the unknown project “x”"),
        (("v1;a,b", "v1;a,a"), 11, "vote", "names a project twice"),
        (("v1;a,b", "v1;a,,b"), 11, "vote", "unknown project “”"),
        (("v3;b", "v1;b"), 13, "voter_id", "voter “v1” is there twice"),
        (("v3;b", ";b"), 13, "voter_id", "no id"),
        (("v3;b;", "v3;b;1;2"), 13, "", "more cells"),
        (("v3;b;", 'v3;b;"1'), 13, "", "never ends"),
        (("voter_id;vote;age", "voter_id;age"), 10, "", "no column “vote”"),
        (("voter_id;vote;age", "voter_id;vote;vote"), 10, "", "there twice"),
        (("VOTES\n", ""), None, "", "no section VOTES"),
        (("META\n", ""), 1, "", "begins with a line META"),
        (("PROJECTS\n", "META\n"), 5, "", "section META is there twice"),
        (("key;value\n", ""), 2, "", "key;value"),
        (("vote_type;approval", "vote_type;approval\nmax_length;1"), 12, "vote", "too many projects"),
        (("approval", "choose-1"), 11, "vote", "too many projects"),
        (("approval", "cumulative"), 10, "", "no column “points”"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(change, line, column, reason):
    assert change[0] in FILE
    with pytest.raises(FileRefused) as refused:
        election(FILE.replace(*change, 1))
    assert (refused.value.line, refused.value.column) == (line, column)
    assert reason in refused.value.reason
    assert refused.value.message.startswith("f.pb")


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (("3,2", "3"), 12, "gives points 1 times"),
        (("3,2", "3,3"), 12, "too many points"),
        (("3,2", "6,-1"), 12, "too few points"),
        (("3,2", "3,x"), 12, "not a number"),
        (("max_sum_points;5", "max_points;2"), 12, "a project too many points"),
    ],
)
def test_points_that_can_not_be_are_refused(change, line, reason):
    with pytest.raises(FileRefused, match=reason) as refused:
        election(POINTS.replace(*change, 1))
    assert (refused.value.line, refused.value.column) == (line, "points")


@pytest.mark.parametrize("key", ["META", "projects", "votes"])
@pytest.mark.parametrize("last", [True, False])
def test_the_name_of_a_section_can_be_an_id(key, last):
    """A row that has more cells than a title is one only where the names of its columns follow."""
    text = FILE.replace("b;12,50;Bomen", f"b;12,50;Bomen\n{key};5;").replace("v2;;", f"{key};;")
    text = text.replace("vote_type;approval", f"vote_type;approval\n{key};")
    if last:
        text = (
            text.replace("v3;b;\n", "").replace(f"\n{key};5;", "").replace(f"v1;a,b;30\n{key};;", f"{key};;")
        )
    found = election(text)
    assert Ballot(key, (), None, (("age", ""),)) in found.ballots
    assert found.meta == ((key, ""),)
    assert [project.id for project in found.projects] == (["a", "b"] if last else ["a", "b", key])
    assert read(write(found), file="again.pb").election == found


SCORES = POINTS.replace("cumulative\nmax_sum_points;5", "scoring\ndefault_score;1")


@pytest.mark.parametrize("score", ["1", "0.5", "-1"])
def test_points_for_what_a_ballot_does_not_name_are_refused(score):
    with pytest.raises(FileRefused, match="default_score") as refused:
        election(SCORES.replace("default_score;1", f"default_score;{score}"))
    assert (refused.value.line, refused.value.column) == (5, "default_score")


@pytest.mark.parametrize(
    "change", [("default_score;1", "default_score;0"), ("default_score;1", "default_score;")]
)
def test_no_points_for_what_a_ballot_does_not_name_are_counted(change):
    assert election(SCORES.replace(*change)).ballots[0].points == (3, 2)


def test_a_default_score_that_is_no_number_is_refused():
    with pytest.raises(FileRefused, match="not a number"):
        election(SCORES.replace("default_score;1", "default_score;veel"))


@pytest.mark.parametrize("raw", [b"\xff\xfe", FILE.encode("utf-16"), b"", b"PK\x03\x04\0"])
def test_other_files_are_refused(raw):
    with pytest.raises(FileRefused):
        read(raw, file="f.pb")


def test_the_line_of_a_wrong_byte_is_told():
    with pytest.raises(FileRefused, match="line 8"):
        read(FILE.replace("Bomen", "Bomén").encode("latin-1"), file="f.pb")


def test_what_is_odd_is_told_and_counts():
    text = FILE.replace("budget;100", "budget;100\nnum_votes;9\nmin_length;2")
    found = read(text.encode(), file="f.pb")
    assert len(found.election.ballots) == 3
    assert found.remarks == (
        "META says num_votes 9; in the file there are 3.",
        "Ballots that use less than they were asked to, and count: 2.",
    )


def test_out_and_in_is_the_same():
    for text in (FILE, POINTS):
        again = read(write(election(text)), file="again.pb")
        assert again.election == election(text)
        assert again.remarks == ()


WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0\x03", exclude_categories=("Cs", "Cc")), max_size=8
)
KEYS = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=6)
AMOUNTS = st.fractions(min_value=0, max_value=10**9, max_denominator=1).map(lambda n: n / 100)


@st.composite
def elections(draw):
    keys = draw(st.lists(KEYS, min_size=1, max_size=5, unique=True))
    vote_type = draw(st.sampled_from(VoteType))
    most = 1 if vote_type is VoteType.CHOOSE_ONE else None
    voters = draw(st.lists(KEYS.map(lambda key: f"v{key}"), max_size=5, unique=True))
    ballots = []
    for voter in voters:
        choices = draw(st.lists(st.sampled_from(keys), unique=True, max_size=most))
        points = tuple(draw(AMOUNTS) for _choice in choices) if vote_type.has_points else None
        ballots.append(Ballot(voter, tuple(choices), points, (("wijk", draw(WORDS).strip()),)))
    projects = tuple(
        Project(key, draw(AMOUNTS), (("name", draw(WORDS).strip()), ("target", ""))) for key in keys
    )
    meta = (("description", draw(WORDS).strip()), ("comment", 'met "quotes"; en meer'))
    return Election(draw(AMOUNTS) + 1, vote_type, projects, tuple(ballots), meta)


@settings(max_examples=150, deadline=None)
@given(elections())
def test_any_election_comes_back(made):
    assert read(write(made), file="f.pb").election == made


@pytest.mark.parametrize(
    ("amount", "text"), [(Fraction(12), "12"), (Fraction(25, 2), "12.5"), (Fraction(-1, 100), "-0.01")]
)
def test_amounts_are_written_with_as_many_decimals_as_needed(amount, text):
    assert decimal(amount) == text


def test_an_amount_without_end_is_refused():
    with pytest.raises(Refused):
        decimal(Fraction(1, 3))


@needs_methods
@pytest.mark.parametrize("path", sorted((METHODS / "pb").glob("*.pb")), ids=lambda path: path.stem)
def test_real_files_come_back(path):
    found = read(path.read_bytes(), file=path.name)
    assert found.remarks == ()
    assert read(write(found.election), file="again.pb").election == found.election
