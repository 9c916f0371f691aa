"""The figures of a budget as people read them.

Formulas. Amounts are whole euros.

- Spent and received: the sums of the lines, without what is only moved within the books (the ``moved`` amounts of a
  line), and without task fields 0.10 (changes of the reserves) and 0.11 (result of the accounts), which are money that
  goes from one year to another. Pages say what is left out; together with it, they are the rows of the file.
- Over years: by the code of one number behind the point ("6.7" for 6.711, 6.71a and 6.71; ``iv3.codes.comparable``).
- Per inhabitant and household: divided by those of that year; where that is not known, by the sum of the areas.
- Similar municipalities: those of the same class of size (``method.SIZE_CLASSES``) in that year with the same kind of
  figures. The mean and median are of the amounts per inhabitant, in which each municipality counts once.
- Areas: what is divided by a key is rounded by largest remainders, so that the areas add up to the whole.
"""
