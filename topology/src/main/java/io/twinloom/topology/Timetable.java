package io.twinloom.topology;

import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Rhythm;
import java.util.ArrayList;
import java.util.List;

/** When functions run by themselves. */
final class Timetable {
  private Timetable() {}

  static List<Schedule> of(List<DeployedFunction> functions) {
    List<Schedule> schedules = new ArrayList<>();
    for (DeployedFunction function : functions) {
      FunctionSpec.of(function.kind())
          .rhythm()
          .ifPresent(rhythm -> add(schedules, function, rhythm));
    }
    return List.copyOf(schedules);
  }

  private static void add(List<Schedule> schedules, DeployedFunction of, Rhythm rhythm) {
    String function = of.name();
    if (rhythm != Rhythm.CONTINUED) {
      schedules.add(
          new Schedule(
              function + "-" + rhythm.id(),
              of.id(),
              of.kind(),
              rhythm.cron(),
              "moves what is due, " + rhythm.words()));
    }
    schedules.add(
        new Schedule(
            function + Schedule.CONTINUE,
            of.id(),
            of.kind(),
            Rhythm.CONTINUED.cron(),
            "continues a plan that is still open, " + Rhythm.CONTINUED.words()));
  }
}
