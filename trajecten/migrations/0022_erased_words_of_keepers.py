from django.db import migrations

# Who keeps a promise and has themselves erased may take along the words that they told; nothing else may change.
CHANGED = """
DROP TRIGGER promise_turn_unchanged ON trajecten_commitmentupdate;
CREATE TRIGGER promise_turn_unchanged BEFORE UPDATE ON trajecten_commitmentupdate
  FOR EACH ROW WHEN (
    (OLD.by_id IS NOT DISTINCT FROM NEW.by_id OR NEW.by_id IS NULL) IS NOT TRUE
    OR (OLD.by_participant_id IS NOT DISTINCT FROM NEW.by_participant_id
        OR NEW.by_participant_id IS NULL) IS NOT TRUE
    OR (OLD.words = NEW.words OR (OLD.told_by_resident AND NEW.words = '')) IS NOT TRUE
    OR (OLD.evidence = NEW.evidence OR (OLD.told_by_resident AND NEW.evidence = '')) IS NOT TRUE
    OR (to_jsonb(OLD) - 'by_id' - 'by_participant_id' - 'words' - 'evidence') IS DISTINCT FROM
       (to_jsonb(NEW) - 'by_id' - 'by_participant_id' - 'words' - 'evidence')
  ) EXECUTE FUNCTION portal_refuse_change();
"""
BEFORE = """
DROP TRIGGER promise_turn_unchanged ON trajecten_commitmentupdate;
CREATE TRIGGER promise_turn_unchanged BEFORE UPDATE ON trajecten_commitmentupdate
  FOR EACH ROW WHEN (
    (OLD.by_id IS NOT DISTINCT FROM NEW.by_id OR NEW.by_id IS NULL) IS NOT TRUE
    OR (OLD.by_participant_id IS NOT DISTINCT FROM NEW.by_participant_id
        OR NEW.by_participant_id IS NULL) IS NOT TRUE
    OR (to_jsonb(OLD) - 'by_id' - 'by_participant_id') IS DISTINCT FROM
       (to_jsonb(NEW) - 'by_id' - 'by_participant_id')
  ) EXECUTE FUNCTION portal_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0021_promises_of_residents")]
    operations = [migrations.RunSQL(CHANGED, BEFORE)]
