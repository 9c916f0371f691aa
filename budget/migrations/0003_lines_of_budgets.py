"""That a line is of a budget that is there is checked once a statement: once a row takes long for many lines."""

from django.db import migrations

REFERENCE = """
CREATE FUNCTION budget_lines_have_budget() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  missing bigint;
BEGIN
  -- Locked as a foreign key does it, so that nobody takes a budget away meanwhile.
  PERFORM 1 FROM budget_budget WHERE id IN (SELECT budget_id FROM made) ORDER BY id FOR KEY SHARE;
  SELECT m.budget_id INTO missing FROM (SELECT DISTINCT budget_id FROM made) m
    WHERE NOT EXISTS (SELECT 1 FROM budget_budget b WHERE b.id = m.budget_id) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'There is no budget %', missing USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION budget_has_no_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM gone WHERE EXISTS (SELECT 1 FROM budget_budgetline l WHERE l.budget_id = gone.id)) THEN
    RAISE EXCEPTION 'A budget still has lines' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER lines_have_budget AFTER INSERT ON budget_budgetline
  REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION budget_lines_have_budget();
CREATE TRIGGER lines_keep_budget BEFORE UPDATE ON budget_budgetline
  FOR EACH ROW WHEN (OLD.budget_id IS DISTINCT FROM NEW.budget_id) EXECUTE FUNCTION portal_refuse_change();
CREATE TRIGGER budget_without_lines AFTER DELETE ON budget_budget
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION budget_has_no_lines();
"""
UNDO = """
DROP TRIGGER budget_without_lines ON budget_budget;
DROP TRIGGER lines_keep_budget ON budget_budgetline;
DROP TRIGGER lines_have_budget ON budget_budgetline;
DROP FUNCTION budget_has_no_lines();
DROP FUNCTION budget_lines_have_budget();
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0002_append_only")]

    operations = [migrations.RunSQL(REFERENCE, UNDO)]
