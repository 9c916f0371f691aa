from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION portal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER step_record_append_only BEFORE UPDATE OR DELETE ON trajecten_steprecord
  FOR EACH ROW EXECUTE FUNCTION portal_refuse_change();
CREATE TRIGGER activity_append_only BEFORE DELETE ON trajecten_activity
  FOR EACH ROW EXECUTE FUNCTION portal_refuse_change();
-- Who leaves becomes nobody in the log (actor set to NULL); nothing else may change.
CREATE TRIGGER activity_unchanged BEFORE UPDATE ON trajecten_activity
  FOR EACH ROW WHEN (
    (OLD.actor_user_id IS NOT DISTINCT FROM NEW.actor_user_id OR NEW.actor_user_id IS NULL) IS NOT TRUE
    OR (OLD.actor_participant_id IS NOT DISTINCT FROM NEW.actor_participant_id
        OR NEW.actor_participant_id IS NULL) IS NOT TRUE
    OR (OLD.id, OLD.municipality_id, OLD.verb, OLD.content_type_id, OLD.object_id, OLD.details, OLD.is_public, OLD.at)
       IS DISTINCT FROM
       (NEW.id, NEW.municipality_id, NEW.verb, NEW.content_type_id, NEW.object_id, NEW.details, NEW.is_public, NEW.at)
  ) EXECUTE FUNCTION portal_refuse_change();
"""

UNDO = """
DROP TRIGGER activity_unchanged ON trajecten_activity;
DROP TRIGGER activity_append_only ON trajecten_activity;
DROP TRIGGER step_record_append_only ON trajecten_steprecord;
DROP FUNCTION portal_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0001_core")]

    operations = [migrations.RunSQL(APPEND_ONLY, UNDO)]
