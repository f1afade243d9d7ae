package io.twinloom.local;

import io.twinloom.functions.tier.ChunkKey;
import io.twinloom.local.schedule.DayLength;
import io.twinloom.local.store.LocalObjectStore;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import io.twinloom.model.json.JsonObject;
import io.twinloom.topology.Schedule;
import io.twinloom.topology.Topology;
import java.time.Duration;
import java.time.Instant;

/** What the local clouds tell their movers, and what they keep in the tiers. */
final class LocalTiers {

  private static final int PAGE = 1_000;

  private final Project project;
  private final Topology topology;
  private final DayLength day;

  LocalTiers(Project project, Topology topology, Duration dayLength) {
    this.project = project;
    this.topology = topology;
    this.day = new DayLength(dayLength);
  }

  DayLength day() {
    return day;
  }

  /** What a mover is given whose schedule is due. */
  JsonObject scheduled(Schedule schedule, Instant now) {
    boolean continues = schedule.name().endsWith("-continue");
    return continues
        ? JsonObject.builder().put("continue", true).build()
        : topology
            .function(schedule.function())
            .map(f -> order(f.kind(), now))
            .orElse(JsonObject.EMPTY);
  }

  /** What a mover is given that is to move what is due at a time. */
  JsonObject order(FunctionKind mover, Instant now) {
    int days = project.config().hotDays();
    if (mover == FunctionKind.COLD_TO_ARCHIVE_MOVER) {
      days += project.config().coldDays();
    }
    return JsonObject.builder().put("now", day.toldTo(now, days).toString()).build();
  }

  /** Removes a device's chunks from a store. */
  static void remove(LocalObjectStore store, String device) {
    String prefix = ChunkKey.devicePrefix(device);
    LocalObjectStore.Page page;
    do {
      page = store.list(prefix, "", PAGE);
      page.entries().forEach(entry -> store.delete(entry.key()));
    } while (page.more());
  }
}
