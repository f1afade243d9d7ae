package io.twinloom.local;

import io.twinloom.functions.history.Restoration;
import io.twinloom.functions.tier.ChunkKey;
import io.twinloom.json.JsonObject;
import io.twinloom.local.schedule.DayLength;
import io.twinloom.local.store.LocalObjectStore;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Schedule;
import io.twinloom.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The tiers of a twin on its local clouds: what their movers are told, what they hold, and what
 * only the deployer may do with it.
 */
public final class LocalTiers {

  private static final int PAGE = 1_000;

  /**
   * How much a tier holds.
   *
   * @param cloud the one that the tier is on
   * @param items of the hot store; of colder tiers it is not counted
   * @param chunks of the colder tiers
   * @param bytes of the chunks' JSON
   * @param storedBytes of their files
   */
  public record Size(
      Layer tier, Provider cloud, long items, long chunks, long bytes, long storedBytes) {}

  private final Project project;
  private final Topology topology;
  private final DayLength day;
  private final Map<Provider, LocalCloud> clouds;

  LocalTiers(
      Project project, Topology topology, Duration dayLength, Map<Provider, LocalCloud> clouds) {
    this.project = project;
    this.topology = topology;
    this.day = new DayLength(dayLength);
    this.clouds = clouds;
  }

  DayLength day() {
    return day;
  }

  /** What a mover is given whose schedule is due. */
  JsonObject scheduled(Schedule schedule, Instant now) {
    return schedule.continues()
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

  /**
   * Runs a mover now and waits for its result.
   *
   * @param mover one of the two movers
   * @param now what counts as the present
   */
  public JsonObject move(FunctionKind mover, Instant now) {
    DeployedFunction function = topology.function(mover).orElseThrow();
    return cloud(function.cloud()).host().dispatch(function.name(), order(mover, now))
            instanceof JsonObject result
        ? result
        : JsonObject.EMPTY;
  }

  /** How much each holds, the hottest first. */
  public List<Size> sizes() {
    LocalCloud hot = cloud(project.placement().l3Hot());
    LocalCloud cold = cloud(project.placement().l3Cold());
    LocalCloud archive = cloud(project.placement().l3Archive());
    long items = hot.hotStore().counts().values().stream().mapToLong(Long::longValue).sum();
    return List.of(
        new Size(Layer.L3_HOT, hot.provider(), items, 0, 0, 0),
        size(Layer.L3_COLD, cold, cold.coldStore().usage()),
        size(Layer.L3_ARCHIVE, archive, archive.archiveStore().usage()));
  }

  private static Size size(Layer tier, LocalCloud cloud, LocalObjectStore.Usage usage) {
    return new Size(tier, cloud.provider(), 0, usage.objects(), usage.bytes(), usage.storedBytes());
  }

  /**
   * Asks the archive for what must be restored of a range.
   *
   * @param start inclusive, any form of time that a device may use
   * @param end inclusive
   */
  public Restoration.Asked restore(String device, String start, String end) {
    return Restoration.of(
        cloud(project.placement().l3Archive()).archiveStore(),
        project::hasDevice,
        device,
        start,
        end);
  }

  /** Removes an item from the hot store. */
  public void removeItem(String device, String timestamp) {
    cloud(project.placement().l3Hot()).hotStore().remove(device, timestamp);
  }

  /** Removes a device's chunks from the colder tiers. */
  public void removeChunks(String device) {
    remove(cloud(project.placement().l3Cold()).coldStore(), device);
    remove(cloud(project.placement().l3Archive()).archiveStore(), device);
  }

  private LocalCloud cloud(Provider provider) {
    LocalCloud cloud = clouds.get(provider);
    if (cloud == null) {
      throw new IllegalStateException(provider.id() + " does not run");
    }
    return cloud;
  }

  private static void remove(LocalObjectStore store, String device) {
    String prefix = ChunkKey.devicePrefix(device);
    LocalObjectStore.Page page;
    do {
      page = store.list(prefix, "", PAGE);
      page.entries().forEach(entry -> store.delete(entry.key()));
    } while (page.more());
  }
}
