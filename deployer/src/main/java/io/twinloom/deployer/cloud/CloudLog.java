package io.twinloom.deployer.cloud;

import io.twinloom.deployer.DeployedTwin;
import io.twinloom.deployer.LogSelection;
import io.twinloom.deployer.cloud.AccountOperations.LogRequest;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.LogQuery;
import io.twinloom.model.Provider;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The log of a twin on the clouds: what each of them has, in the order of time. */
final class CloudLog {

  private static final int LINES = 10_000;
  private static final Duration LOOKED_BACK = Duration.ofHours(1);
  private static final Duration FOLLOW_STEP = Duration.ofSeconds(2);

  /** A cloud shows lines of its logs some seconds after they were written, in any order. */
  private static final Duration DELAY = Duration.ofSeconds(15);

  private final Topology topology;
  private final Map<Provider, AccountOperations> clouds;
  private final InstantSource clock;

  CloudLog(Topology topology, Map<Provider, AccountOperations> clouds, InstantSource clock) {
    this.topology = topology;
    this.clouds = clouds;
    this.clock = clock;
  }

  List<LogLine> read(Optional<DeployedFunction> function, Optional<String> trace, Instant since) {
    List<LogLine> lines = new ArrayList<>();
    clouds.forEach(
        (cloud, operations) -> {
          if (function.isEmpty() || function.get().cloud() == cloud) {
            lines.addAll(operations.log(new LogRequest(function, trace, since, LINES)));
          }
        });
    lines.sort(Comparator.comparing(LogLine::time));
    return lines;
  }

  /**
   * Hands over lines, where the query does not say since when those of the last hour; follows until
   * the thread is interrupted if asked to.
   */
  void show(LogQuery query, Consumer<LogLine> lines) {
    Optional<DeployedFunction> function =
        query
            .function()
            .map(name -> topology.function(name).orElseThrow(() -> DeployedTwin.unknown(name)));
    NewLines fresh = new NewLines();
    LogSelection selection = new LogSelection(query, LogSelection.readers(topology));
    Instant since = query.since().orElseGet(() -> clock.instant().minus(LOOKED_BACK));
    List<LogLine> before =
        read(query.device().isPresent() ? Optional.empty() : function, query.trace(), since);
    before.forEach(selection::learn);
    List<LogLine> wanted = before.stream().filter(fresh::isNew).filter(selection::wants).toList();
    int tail = query.tail().orElse(query.follow() ? LogQuery.TAIL_FOLLOWED : wanted.size());
    wanted.stream().skip(Math.max(0, wanted.size() - tail)).forEach(lines);
    try {
      while (query.follow()) {
        TimeUnit.MILLISECONDS.sleep(FOLLOW_STEP.toMillis());
        read(function, query.trace(), clock.instant().minus(DELAY)).stream()
            .filter(fresh::isNew)
            .filter(selection::wants)
            .forEach(lines);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
