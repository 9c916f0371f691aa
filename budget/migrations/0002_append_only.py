"""What officials report of adopted money is added to and never changed."""

from django.db import migrations

APPEND_ONLY = """
CREATE TRIGGER spending_append_only BEFORE DELETE ON budget_spendingreport
  FOR EACH ROW EXECUTE FUNCTION portal_refuse_change();
-- Who leaves becomes nobody (by set to NULL); nothing else may change.
CREATE TRIGGER spending_unchanged BEFORE UPDATE ON budget_spendingreport
  FOR EACH ROW WHEN (
    (OLD.by_id IS NOT DISTINCT FROM NEW.by_id OR NEW.by_id IS NULL) IS NOT TRUE
    OR (to_jsonb(OLD) - 'by_id') IS DISTINCT FROM (to_jsonb(NEW) - 'by_id')
  ) EXECUTE FUNCTION portal_refuse_change();
"""
UNDO = """
DROP TRIGGER spending_unchanged ON budget_spendingreport;
DROP TRIGGER spending_append_only ON budget_spendingreport;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("budget", "0001_initial"),
        ("trajecten", "0002_append_only"),
    ]

    operations = [migrations.RunSQL(APPEND_ONLY, UNDO)]
