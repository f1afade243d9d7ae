package io.twinloom.server.cost;

import io.twinloom.cost.usage.MeasuredUsage;
import io.twinloom.cost.usage.MeasuredUsage.Counts;
import io.twinloom.cost.usage.UsageKey;
import io.twinloom.cost.usage.UsageValue;
import io.twinloom.deployer.Pause;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Device;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Measures how a twin that runs is used. */
public record RunningUsage(TwinControl twin, Project project) {

  private static final int SAMPLED_DEVICES = 10;
  private static final int SAMPLED_ITEMS = 20;

  private static final Set<FunctionKind> READERS =
      EnumSet.of(FunctionKind.HOT_READER, FunctionKind.HOT_READER_LAST_ENTRY);

  /**
   * What was measured in a window, for as long as which this waits; no rates where nothing came in.
   *
   * @throws io.twinloom.model.TwinloomException if the twin cannot be asked
   */
  public Map<UsageKey, UsageValue> measure(Duration window) {
    Counts before = counts(twin.status());
    Pause.sleeping("The measurement was interrupted.", "Run it again.").of(window);
    Counts after = counts(twin.status());
    return new MeasuredUsage(before, after, window, project.devices().size(), itemBytes()).values();
  }

  private Counts counts(StatusReport status) {
    Topology topology = Topology.of(project);
    return new Counts(
        invocations(status, topology, EnumSet.of(FunctionKind.DISPATCHER)),
        status.rules().stream().mapToLong(StatusReport.RuleStatus::fired).sum(),
        status.deadLetters(),
        invocations(status, topology, READERS));
  }

  private static long invocations(StatusReport status, Topology topology, Set<FunctionKind> kinds) {
    Set<String> names =
        topology.functions().stream()
            .filter(f -> kinds.contains(f.kind()))
            .map(DeployedFunction::name)
            .collect(Collectors.toSet());
    return status.functions().stream()
        .filter(f -> names.contains(f.name()))
        .mapToLong(StatusReport.FunctionStatus::invocations)
        .sum();
  }

  /** The average size of the newest items of the first devices. */
  private Optional<BigDecimal> itemBytes() {
    long bytes = 0;
    long items = 0;
    for (Device device : project.devices().stream().limit(SAMPLED_DEVICES).toList()) {
      HistoryRequest newest =
          HistoryRequest.of(device.id()).newestFirst(true).limit(SAMPLED_ITEMS).build();
      for (JsonObject item : twin.query(newest).items()) {
        bytes += Json.bytes(item).length;
        items++;
      }
    }
    return items == 0
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(items), MathContext.DECIMAL128));
  }
}
