package io.twinloom.local;

import static io.twinloom.model.cloud.KnownClouds.AWS;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Connections;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerFunctionsTest {

  @TempDir Path folder;

  /** Calls what it is given only when the test does. */
  private static final class Timer extends ScheduledThreadPoolExecutor {
    private final List<Runnable> given = new ArrayList<>();

    Timer() {
      super(0);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable command, long initialDelay, long delay, TimeUnit unit) {
      given.add(command);
      return schedule(() -> {}, 1, TimeUnit.DAYS);
    }
  }

  @Test
  @DisplayName("a function goes at a later look where one before could not see whether it may")
  void looksAgain() {
    Project project =
        ProjectBuilder.of("hall")
            .device("s1", "t")
            .on(Layer.L1, AWS)
            .readFrom(folder.resolve("hall"));
    Topology topology = Topology.of(project);
    DeployedFunction leaving =
        topology.functions().stream().filter(f -> f.cloud() == AWS).findFirst().orElseThrow();
    List<DeployedFunction> removed = new ArrayList<>();
    Map<Provider, LocalCloud> running = new TreeMap<>();
    LocalTwinSpec twin =
        new LocalTwinSpec(project, topology, List.of(), (of, endpoints) -> Connections.NONE);
    try (Timer timer = new Timer();
        LocalClouds clouds =
            LocalClouds.start(twin, LocalOptions.defaults(folder.resolve("data")))) {
      FormerFunctions former = new FormerFunctions(running, removed::add, () -> {});
      former.lookBy(timer);
      former.add(List.of(leaving), topology);
      Runnable look = timer.given.getFirst();

      look.run();
      assertThat(removed).as("while its cloud cannot be read").isEmpty();

      running.putAll(clouds.byProvider());
      look.run();
      look.run();
      assertThat(removed).as("what may have come from another cloud since").isEmpty();
      look.run();
      assertThat(removed).containsExactly(leaving);
      timer.shutdownNow();
    }
  }
}
