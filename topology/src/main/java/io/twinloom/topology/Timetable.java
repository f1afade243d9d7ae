package io.twinloom.topology;

import io.twinloom.model.FunctionKind;
import java.util.ArrayList;
import java.util.List;

/** When functions run by themselves. */
final class Timetable {
  private static final String DAILY = "0 2 * * *";
  private static final String WEEKLY = "0 3 * * 0";
  private static final String QUARTER_HOURLY = "*/15 * * * *";

  private Timetable() {}

  static List<Schedule> of(List<DeployedFunction> functions) {
    List<Schedule> schedules = new ArrayList<>();
    for (DeployedFunction function : functions) {
      if (function.kind() == FunctionKind.HOT_TO_COLD_MOVER) {
        add(schedules, function.name(), "daily", DAILY, "daily at 02:00 UTC");
      } else if (function.kind() == FunctionKind.COLD_TO_ARCHIVE_MOVER) {
        add(schedules, function.name(), "weekly", WEEKLY, "Sundays at 03:00 UTC");
      }
    }
    return List.copyOf(schedules);
  }

  private static void add(
      List<Schedule> schedules, String function, String rhythm, String cron, String when) {
    schedules.add(
        new Schedule(function + "-" + rhythm, function, cron, "moves what is due, " + when));
    schedules.add(
        new Schedule(
            function + Schedule.CONTINUE,
            function,
            QUARTER_HOURLY,
            "continues a plan that is still open, every 15 minutes"));
  }
}
