"""Small elections for tests, and Equal Shares once more, as simply as can be, to compare with."""

from fractions import Fraction

from hypothesis import strategies as st

from trajecten.counting.ballots import Ballot, Election, Project, VoteType


def election(costs, votes, budget, points=None):
    """``costs`` by id; ``votes`` a word of one-letter ids for each voter; ``points`` a list for each voter."""
    return Election(
        Fraction(budget),
        VoteType.CUMULATIVE if points else VoteType.APPROVAL,
        tuple(Project(key, Fraction(cost)) for key, cost in costs.items()),
        tuple(
            Ballot(f"v{number}", tuple(vote), tuple(map(Fraction, points[number])) if points else None)
            for number, vote in enumerate(votes)
        ),
    )


@st.composite
def elections(draw, most_budget=400):
    """With many ties: few different costs, and few voters."""
    costs = draw(
        st.lists(st.sampled_from([0, 1, 5, 10, 10, 20, 30, 60, Fraction(25, 2)]), min_size=1, max_size=6)
    )
    ids = "fbdace"[: len(costs)]
    votes = draw(st.lists(st.lists(st.sampled_from(ids), unique=True), min_size=1, max_size=8))
    points = None
    if draw(st.booleans()):
        points = [draw(st.lists(st.integers(0, 4), min_size=len(vote), max_size=len(vote))) for vote in votes]
    return election(dict(zip(ids, costs, strict=True)), votes, draw(st.integers(1, most_budget)), points)


def supporters(given):
    """By project what it is worth to the number of each voter for it."""
    costs = {project.id: project.cost for project in given.projects}
    found = {key: {} for key in costs}
    for voter, ballot in enumerate(given.ballots):
        for choice, points in zip(ballot.choices, ballot.points or [None] * len(ballot.choices), strict=True):
            if points is None or points > 0:
                found[choice][voter] = costs[choice] if points is None else points
    return found


def simply(given, share):
    """Who wins, and what everybody has left; straight from the definition, in fractions."""
    costs = {project.id: project.cost for project in given.projects}
    supports = supporters(given)
    money = [share] * len(given.ballots)
    won = [key for key in costs if not costs[key] and supports[key]]
    while True:
        prices = {key: _price(costs[key], supports[key], money) for key in costs if key not in won}
        prices = {key: price for key, price in prices.items() if price is not None}
        if not prices:
            return sorted(won), money
        cheapest = min(prices, key=lambda key: (prices[key], key))
        won.append(cheapest)
        for voter, worth in supports[cheapest].items():
            money[voter] -= min(money[voter], prices[cheapest] * worth)


def _price(cost, supports, money):
    if not cost or not supports or sum(money[voter] for voter in supports) < cost:
        return None
    return min(
        price
        for price in _candidates(cost, supports, money)
        if sum(min(money[voter], price * worth) for voter, worth in supports.items()) >= cost
    )


def _candidates(cost, supports, money):
    """Prices at which the poorest of the supporters, one more each time, give all they have."""
    order = sorted(supports, key=lambda voter: money[voter] / supports[voter])
    for poorer in range(len(order)):
        rest = sum(supports[voter] for voter in order[poorer:])
        yield (cost - sum(money[voter] for voter in order[:poorer])) / rest


def one_by_one(given):
    """The last winners before the first that cost too much, trying every single step."""
    costs = {project.id: project.cost for project in given.projects}
    supported = sorted({choice for ballot in given.ballots for choice in ballot.supported()})
    if sum(costs[key] for key in supported) <= given.budget:
        return supported
    share, last = given.budget / len(given.ballots), None
    while True:
        won, _money = simply(given, share)
        if sum(costs[key] for key in won) > given.budget:
            return last
        last, share = won, share + 1
