from django.db import migrations

# A report that follows another is one thing with it, so the map counts it there: not by itself, and never as finished
# while the one that it follows is not. What was counted so far is taken off as any other change.
CHANGE = """
CREATE OR REPLACE FUNCTION portal_map_change(report buurtschouw_report, sign integer) RETURNS void LANGUAGE sql AS $$
  INSERT INTO buurtschouw_mapchange
    (municipality_id, x, y, area_id, category_id, schouw_id, kind, is_open, reports, longitude, latitude)
  SELECT report.municipality_id, portal_cell_x(ST_X(report.point), 18), portal_cell_y(ST_Y(report.point), 18),
    report.area_id, report.category_id, report.schouw_id, report.kind, report.closed_at IS NULL,
    sign, sign * ST_X(report.point), sign * ST_Y(report.point)
  WHERE report.point IS NOT NULL {only}
$$;
DROP TRIGGER report_on_map_changed ON buurtschouw_report;
CREATE TRIGGER report_on_map_changed AFTER UPDATE ON buurtschouw_report
  FOR EACH ROW WHEN (
    (OLD.point IS DISTINCT FROM NEW.point)
    OR (OLD.area_id, OLD.category_id, OLD.schouw_id, OLD.kind, OLD.closed_at IS NULL{also_old})
      IS DISTINCT FROM (NEW.area_id, NEW.category_id, NEW.schouw_id, NEW.kind, NEW.closed_at IS NULL{also_new})
  ) EXECUTE FUNCTION portal_map_follow();
"""
COUNT_MERGED = "SELECT portal_map_change(report, {sign}) FROM buurtschouw_report report WHERE merged_into_id IS NOT NULL;"

LEAVE_OUT = COUNT_MERGED.format(sign=-1) + CHANGE.format(
    only="AND report.merged_into_id IS NULL",
    also_old=", OLD.merged_into_id IS NULL",
    also_new=", NEW.merged_into_id IS NULL",
)
TAKE_BACK = CHANGE.format(only="", also_old="", also_new="") + COUNT_MERGED.format(sign=1)


class Migration(migrations.Migration):
    dependencies = [
        ("buurtschouw", "0017_day_of_the_report"),
    ]

    operations = [migrations.RunSQL(LEAVE_OUT, TAKE_BACK)]
