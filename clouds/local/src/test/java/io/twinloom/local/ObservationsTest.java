package io.twinloom.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.ForwardingLog;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.InvocationLog.RuleKind;
import io.twinloom.functions.port.InvocationLog.RuleRecord;
import io.twinloom.local.observe.TwinActivity;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.Topology;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservationsTest {

  @TempDir Path folder;

  private Observations observations;
  private InvocationLog log;

  @BeforeEach
  void observe() {
    Topology topology = Topology.of(ProjectBuilder.of("plant").readFrom(folder.resolve("plant")));
    observations =
        new Observations(new TwinActivity(topology, InstantSource.system(), new Random(1)));
    log = observations.watching(InvocationLog.SILENT);
  }

  @Test
  @DisplayName("user code warns of each event in other words")
  void theLastWarningOfUserCodeStandsForAllOfItsFunction() {
    log.note(Level.ERROR, "plant-hot-writer", "t", "It failed.", Map.of());
    log.note(Level.WARN, "press-1", "t", "warm: 31", InvocationLog.OF_USER_CODE);
    log.note(Level.WARN, "press-1", "t", "warm: 32", InvocationLog.OF_USER_CODE);
    log.note(Level.WARN, "press-2", "t", "cold: 3", InvocationLog.OF_USER_CODE);

    assertThat(observations.list())
        .containsExactly("plant-hot-writer: It failed.", "press-1: warm: 32", "press-2: cold: 3");
  }

  @Test
  void whatARuleDidReachesTheLogThatIsWatched() {
    List<RuleRecord> kept = new ArrayList<>();
    InvocationLog keeping =
        new ForwardingLog(InvocationLog.SILENT) {
          @Override
          public void ruled(String function, RuleRecord what) {
            kept.add(what);
          }
        };
    RuleRecord fired = new RuleRecord(RuleKind.FIRED, 1, "press-1", "e-1", "t", "It fired.");

    observations.watching(keeping).ruled("plant-event-checker", fired);

    assertThat(kept).containsExactly(fired);
  }
}
