"""Files in the ``.pb`` format of Pabulib, in and out, so that anybody can count again what was counted here.

The format: https://pabulib.org/format and arXiv:2012.06539. Three sections, META, PROJECTS and VOTES, each a table
with ``;`` between cells and a line of column names; lists of projects in one cell with ``,`` between them.
"""
