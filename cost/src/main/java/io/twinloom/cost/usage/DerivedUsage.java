package io.twinloom.cost.usage;

import io.twinloom.cost.estimate.Decimals;
import io.twinloom.cost.estimate.Estimate;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.EventRule;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.Project;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a project itself says of its usage. */
public final class DerivedUsage {

  private static final BigDecimal KIB = BigDecimal.valueOf(1024);

  /** Stored chunks of measurements are a fifth of their JSON; a tenth where values repeat. */
  private static final Estimate COMPRESSED = Estimate.of("0.1", "0.2", "0.4");

  private DerivedUsage() {}

  /** The numbers that follow from a project. */
  public static Map<UsageKey, UsageValue> of(Project project) {
    Map<UsageKey, UsageValue> values = new EnumMap<>(UsageKey.class);
    int devices = project.devices().size();
    put(values, UsageKey.DEVICES, Decimals.of(devices), "config_iot_devices.json");
    put(values, UsageKey.HOT_MONTHS, months(project.config().hotDays()), "config.json");
    put(values, UsageKey.COLD_MONTHS, months(project.config().coldDays()), "config.json");
    put(values, UsageKey.ENTITIES, Decimals.of(entities(project)), "the hierarchy");
    long ruled = project.rules().stream().map(EventRule::device).distinct().count();
    if (devices > 0) {
      BigDecimal share = Decimals.divide(Decimals.of(ruled), Decimals.of(devices));
      put(values, UsageKey.RULED_SHARE, share, "config_events.json");
    }
    if (!project.simulatorPayloads().isEmpty()) {
      put(values, UsageKey.MESSAGE_SIZE, messageSize(project), "the simulator's payloads");
    }
    if (project.config().compressChunks()) {
      values.put(
          UsageKey.STORED_SHARE,
          new UsageValue(COMPRESSED, Origin.DERIVED, "compress_chunks of config.json"));
    }
    return values;
  }

  private static void put(
      Map<UsageKey, UsageValue> values, UsageKey key, BigDecimal value, String file) {
    if (key.allows(value)) {
      values.put(key, new UsageValue(Estimate.exactly(value), Origin.DERIVED, file));
    }
  }

  private static BigDecimal months(int days) {
    return Decimals.divide(Decimals.of(days), Decimals.DAYS);
  }

  private static long entities(Project project) {
    return entities(project.hierarchy().roots());
  }

  private static long entities(List<Hierarchy.Entity> roots) {
    return roots.stream().mapToLong(entity -> 1 + entities(entity.children())).sum();
  }

  private static BigDecimal messageSize(Project project) {
    long bytes = 0;
    for (JsonObject payload : project.simulatorPayloads()) {
      bytes += Json.bytes(payload).length;
    }
    BigDecimal count = Decimals.of(project.simulatorPayloads().size());
    return Decimals.divide(Decimals.divide(Decimals.of(bytes), count), KIB);
  }
}
