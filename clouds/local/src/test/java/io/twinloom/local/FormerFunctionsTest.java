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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
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

  private final List<DeployedFunction> removed = new ArrayList<>();
  private Project project;
  private Topology topology;
  private DeployedFunction leaving;

  @BeforeEach
  void makeTwin() {
    project =
        ProjectBuilder.of("hall")
            .device("s1", "t")
            .on(Layer.L1, AWS)
            .readFrom(folder.resolve("hall"));
    topology = Topology.of(project);
    leaving = topology.functions().stream().filter(f -> f.cloud() == AWS).findFirst().orElseThrow();
  }

  private LocalClouds clouds() {
    return LocalClouds.start(
        new LocalTwinSpec(project, topology, List.of(), (of, endpoints) -> Connections.NONE),
        LocalOptions.defaults(folder.resolve("data")));
  }

  @Test
  @DisplayName(
      "a function goes once the settings of no other name it, and nothing runs with former")
  void unnamedBeforeItIsRemoved() {
    CompletableFuture<Void> running = new CompletableFuture<>();
    List<List<DeployedFunction>> named = new ArrayList<>();
    try (Timer timer = new Timer();
        LocalClouds clouds = clouds()) {
      AtomicReference<FormerFunctions> former = new AtomicReference<>();
      former.set(
          new FormerFunctions(
              clouds.byProvider(),
              () -> {
                named.add(former.get().all());
                if (named.size() <= 2) {
                  throw new IllegalStateException("the settings cannot be made now");
                }
                return running;
              },
              removed::addAll));
      former.get().lookBy(timer);
      former.get().add(List.of(leaving), topology);
      Runnable look = timer.given.getFirst();

      look.run();
      look.run();
      look.run();
      assertThat(former.get().all()).as("where the settings cannot be made").contains(leaving);
      look.run();
      assertThat(clouds.warnings())
          .as("said once, though it failed twice")
          .filteredOn(w -> w.contains("not removed yet"))
          .hasSize(1);
      look.run();
      assertThat(named).hasSize(3).allMatch(List::isEmpty);
      assertThat(removed).as("while something runs with the former settings").isEmpty();
      running.complete(null);
      assertThat(removed).containsExactly(leaving);
      timer.shutdownNow();
    }
  }

  @Test
  @DisplayName("a function goes at a later look where one before could not see whether it may")
  void looksAgain() {
    Map<Provider, LocalCloud> running = new TreeMap<>();
    try (Timer timer = new Timer();
        LocalClouds clouds = clouds()) {
      FormerFunctions former =
          new FormerFunctions(
              running, () -> CompletableFuture.completedFuture(null), removed::addAll);
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
