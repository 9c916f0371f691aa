"""Figures of the reports of a municipality, or of one walk: how many, how fast, and whether it was solved.

Formulas, for each theme, area, month, kind and way in:

- received: reports by the month in which they came in, in Dutch time;
- time to the first answer and time to done: in whole working days, from the day on which a report came in (which does
  not count) up to and including the day itself; 0 is the same day. Working days are no weekends and no public holidays
  (``trajecten.domain.workdays``). A question to the reporter is an answer. Done is closed as done, for the last time;
  not refused, forwarded or handled with another report. The working days on which the clock stood still, from each
  question to the reporter until they answered or an official went on, are no part of the time to done;
- median and 90th percentile: the value below which half, or nine in ten, of these times lie, with the line between
  the two nearest ones (as PostgreSQL's ``percentile_cont``); of those that were answered or done;
- solved according to residents: the share of "yes" in the verdicts of reporters on the last time that their report was
  called closed.
"""
