package io.twinloom.local.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.port.FunctionInvoker.Call;
import io.twinloom.functions.port.FunctionInvoker.Called;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.JsonObject;
import io.twinloom.local.worker.UserFunctions;
import io.twinloom.model.FunctionKind;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.Topology;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** User code is given together what comes together, and each event of it is counted. */
class ObservedUserFunctionsTest {

  @TempDir Path folder;

  private final List<Integer> handed = new ArrayList<>();
  private TwinActivity activity;
  private UserFunctions observed;
  private String function;

  @BeforeEach
  void observe() {
    Topology topology =
        Topology.of(
            ProjectBuilder.of("plant")
                .device("press-1", "heat")
                .pythonProcessor("press-1", "def process(event):\n    return event\n")
                .readFrom(folder.resolve("plant")));
    activity = new TwinActivity(topology, InstantSource.system(), new Random(1));
    observed = activity.observed(new EverySecondFails());
    function = topology.functions(FunctionKind.USER_PROCESSOR).getFirst().name();
  }

  private final class EverySecondFails implements UserFunctions {
    @Override
    public List<Called> callAll(String name, List<Call> calls) {
      handed.add(calls.size());
      List<Called> ended = new ArrayList<>();
      for (int i = 0; i < calls.size(); i++) {
        ended.add(
            i % 2 == 0
                ? new Called.Returned(calls.get(i).event())
                : new Called.NotReturned(InvocationException.unknownFunction(name)));
      }
      return ended;
    }

    @Override
    public void close() {}
  }

  private static List<Call> calls(int count) {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(new Call(JsonObject.builder().put("number", i).build(), "t"));
    }
    return calls;
  }

  @Test
  void eventsThatComeTogetherAreHandedOverTogether() {
    List<Called> ended = observed.callAll(function, calls(50));
    assertThat(handed).containsExactly(50);
    assertThat(ended).hasSize(50);
    assertThat(activity.function(function).total()).isEqualTo(50);
    assertThat(activity.function(function).totalErrors()).isEqualTo(25);
  }

  @Test
  void oneEventIsCountedAsOne() {
    JsonObject event = JsonObject.builder().put("number", 7).build();
    assertThat(observed.call(function, event, "t")).isEqualTo(event);
    assertThat(activity.function(function).total()).isEqualTo(1);
    assertThat(activity.function(function).totalErrors()).isZero();
  }

  @Test
  void whatHasItsOwnPipelineIsNotCountedTwice() {
    assertThat(observed.callAll("plant-persister", calls(3))).hasSize(3);
    assertThat(handed).containsExactly(3);
    assertThat(activity.function("plant-persister").total()).isZero();
  }
}
