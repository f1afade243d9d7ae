package io.twinloom.local;

import io.twinloom.json.JsonObject;
import io.twinloom.local.schedule.DayLength;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinConfig;
import io.twinloom.topology.Schedule;
import java.time.Duration;
import java.time.Instant;

/** What the movers of a twin on local clouds are given, where a day may be shorter than a day. */
public final class MoverOrders {

  private volatile TwinConfig config;
  private final DayLength day;

  MoverOrders(TwinConfig config, Duration dayLength) {
    this.config = config;
    this.day = new DayLength(dayLength);
  }

  /** Items stay in the tiers for other times from now on. */
  void use(TwinConfig other) {
    config = other;
  }

  DayLength day() {
    return day;
  }

  /** What a mover is given whose schedule is due. */
  JsonObject scheduled(Schedule schedule, Instant now) {
    return schedule.continues()
        ? JsonObject.builder().put("continue", true).build()
        : order(schedule.kind(), now);
  }

  /**
   * What a mover is given that is to move what is due at a time.
   *
   * @param mover one of the two movers
   * @param now what counts as the present
   */
  public JsonObject order(FunctionKind mover, Instant now) {
    TwinConfig present = config;
    int days = present.hotDays();
    if (mover == FunctionKind.COLD_TO_ARCHIVE_MOVER) {
      days += present.coldDays();
    }
    return JsonObject.builder().put("now", day.toldTo(now, days).toString()).build();
  }
}
