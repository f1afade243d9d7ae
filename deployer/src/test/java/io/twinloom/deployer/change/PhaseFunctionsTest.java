package io.twinloom.deployer.change;

import static io.twinloom.model.cloud.KnownClouds.AWS;
import static io.twinloom.model.cloud.KnownClouds.GOOGLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.change.Change.Standing;
import io.twinloom.deployer.change.Change.Step;
import io.twinloom.deployer.control.ChangeProgress;
import io.twinloom.deployer.control.StoreMode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.Topology;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cold tier of {@code hall} is copied from AWS to Google Cloud. */
class PhaseFunctionsTest {

  private static final PhaseOutcome DONE = new PhaseOutcome.Done();
  private static final String IDLE = "{\"suspended\": \"a store is moved\", \"open_plan\": false}";
  private static final String BUSY = "{\"suspended\": \"a store is moved\", \"open_plan\": true}";

  @TempDir Path folder;
  private Project project;
  private final Deque<String> answers = new ArrayDeque<>();
  private final List<String> calls = new ArrayList<>();

  @BeforeEach
  void readTheProject() {
    project = ProjectBuilder.of("hall").readFrom(folder.resolve("hall"));
  }

  private Change in(Phase.Kind kind) {
    return in(kind, Layer.L3_COLD, GOOGLE);
  }

  private Change in(Phase.Kind kind, Layer layer, Provider to) {
    Layout from = Layout.of(project);
    List<Phase> phases =
        ChangePlan.between(
            from, from.placement().with(layer, to), Map.of(layer, StoreMode.COPY), Set.of());
    int at =
        IntStream.range(0, phases.size())
            .filter(i -> phases.get(i).kind() == kind)
            .findFirst()
            .orElseThrow();
    return new Change(
        "c1",
        "old",
        "new",
        Map.of(Layer.L3_COLD, StoreMode.COPY),
        Set.of(),
        phases,
        at,
        new Standing(Step.ACTING, "", Instant.EPOCH));
  }

  private PhaseFunctions functionsOf(Change change) {
    Layout layout = change.phase().layout();
    return new PhaseFunctions(
        Topology.of(project.withLegs(layout.placement(), layout.legs())),
        (function, event) -> {
          assertThat(function.cloud()).as("where the old store is").isEqualTo(AWS);
          calls.add(function.name() + " " + Json.text(event));
          return json(answers.remove());
        });
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }

  private PhaseOutcome idleMovers(String... answered) {
    answers.addAll(List.of(answered));
    Change change = in(Phase.Kind.IDLE_MOVERS);
    return functionsOf(change).idleMovers();
  }

  private PhaseOutcome copy(String answered) {
    answers.add(answered);
    Change change = in(Phase.Kind.COPY);
    return functionsOf(change).copy(change);
  }

  private PhaseOutcome verify(String status, String answered) {
    answers.addAll(List.of(status, answered));
    Change change = in(Phase.Kind.VERIFY);
    return functionsOf(change).verify(change);
  }

  private static void assertUnknown(ThrowingCallable asked, String function) {
    assertThatThrownBy(asked)
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.error()).isEqualTo(ChangeError.CHANGE_ANSWER);
              assertThat(e.what()).startsWith(function + " answered ");
              assertThat(e.where()).isEqualTo(function + " on aws");
              assertThat(e.fix()).isNotEmpty();
            });
  }

  @Test
  void moversAreIdleOnceNoneHasAPlanOpen() {
    assertThat(idleMovers(IDLE, IDLE)).isEqualTo(DONE);

    assertThat(calls)
        .as("they end a plan, and begin none")
        .containsExactly(
            "hall-hot-to-cold-mover {\"continue\":true}",
            "hall-cold-to-archive-mover {\"continue\":true}");
  }

  @Test
  void aMoverWithAnOpenPlanIsWaitedForByName() {
    assertThat(idleMovers(IDLE, BUSY))
        .isEqualTo(
            new PhaseOutcome.Waiting(
                "hall-cold-to-archive-mover on aws has not moved all that it planned"));
  }

  @Test
  void aMoverThatDoesNotSayWhetherItHasAPlanOpenIsNotTakenForIdle() {
    assertUnknown(() -> idleMovers("{\"moved\": 3}"), "hall-hot-to-cold-mover");
    assertUnknown(() -> idleMovers("{}"), "hall-hot-to-cold-mover");
    assertUnknown(() -> idleMovers("{\"open_plan\": \"no\"}"), "hall-hot-to-cold-mover");
  }

  @Test
  void aStoreIsCopiedOnceItsCopierSaysSo() {
    assertThat(copy("{\"state\": \"copied\"}")).isEqualTo(DONE);

    assertThat(calls)
        .as("the copy is of one tier of one change")
        .containsExactly("hall-store-copier {\"copy\":\"c1-L3_COLD\"}");
  }

  @Test
  void aCopyThatWasComparedAlreadyIsCopied() {
    assertThat(copy("{\"state\": \"verified\"}")).isEqualTo(DONE);
  }

  @Test
  void aRunBesideAnotherOneWaits() {
    assertThat(copy("{\"state\": \"copied\", \"busy\": true}"))
        .isEqualTo(new PhaseOutcome.Waiting("another run of hall-store-copier is in progress"));
  }

  @Test
  void aCopyThatCannotGoOnSaysWhatItWaitsForAndHowFarItIs() {
    assertThat(
            copy(
                """
                {"state": "copying", "items": 7, "open": "The disk is nearly full."}
                """))
        .isEqualTo(
            new PhaseOutcome.Waiting(
                "The disk is nearly full.", Optional.of(ChangeProgress.ofItems(7))));
  }

  @Test
  void aCopyThatIsNotOverSaysHowFarItIs() {
    assertThat(
            copy(
                """
                {"state": "copying", "items": 7, "chunks": 0, "bytes": 1400, "totalBytes": 9000,
                 "itemsPerSecond": 3, "eta": 13}
                """))
        .isEqualTo(
            new PhaseOutcome.Further(
                "7 items, 1,400 of 9,000 bytes, 3 a second, about 13 s left",
                new ChangeProgress(7, 0, 1400, OptionalLong.of(9000), 3, OptionalLong.of(13))));
  }

  @Test
  void aCopyIsComparedOnOrder() {
    assertThat(verify("{\"state\": \"copied\"}", "{\"state\": \"verified\"}")).isEqualTo(DONE);

    assertThat(calls)
        .containsExactly(
            "hall-store-copier {\"status\":true}",
            "hall-store-copier {\"copy\":\"c1-L3_COLD\",\"verify\":true}");
  }

  @Test
  void whatWasFoundMissingIsCopiedBeforeItIsComparedAgain() {
    assertThat(
            verify(
                "{\"state\": \"different\"}",
                "{\"state\": \"copied\", \"items\": 1, \"chunks\": 0, \"itemsPerSecond\": 1}"))
        .as("copied is not compared")
        .isInstanceOfSatisfying(
            PhaseOutcome.Further.class,
            further -> assertThat(further.how()).isEqualTo("1 item, 1 a second"));

    assertThat(calls.getLast()).isEqualTo("hall-store-copier {\"copy\":\"c1-L3_COLD\"}");
  }

  @Test
  void theNewestValuesOfATwinAreSentByItsCopierUntilItSaysThatAllWere() {
    project = ProjectBuilder.of("hall").on(Layer.L4, AWS).readFrom(folder.resolve("twin"));
    answers.addAll(
        List.of(
            "{\"state\": \"copying\", \"items\": 7}",
            "{\"state\": \"copying\", \"items\": 7, \"open\": \"It is not there.\"}",
            "{\"state\": \"copied\", \"items\": 9}"));
    Change change = in(Phase.Kind.COPY, Layer.L4, GOOGLE);
    PhaseFunctions functions = functionsOf(change);
    assertThat(functions.copy(change))
        .isEqualTo(new PhaseOutcome.Further("7 items", ChangeProgress.ofItems(7)));
    assertThat(functions.copy(change))
        .isEqualTo(
            new PhaseOutcome.Waiting("It is not there.", Optional.of(ChangeProgress.ofItems(7))));
    assertThat(functions.copy(change)).isEqualTo(DONE);
    assertThat(calls).containsOnly("hall-twin-copier {\"copy\":\"c1-L4\"}");
  }

  @Test
  void aChangeThatHasNothingToCopyTheValuesWithIsRefused() {
    project = ProjectBuilder.of("hall").on(Layer.L4, AWS).readFrom(folder.resolve("twin"));
    Change change = in(Phase.Kind.COPY, Layer.L4, GOOGLE);
    PhaseFunctions functions = new PhaseFunctions(Topology.of(project), (f, event) -> json("{}"));
    assertThatThrownBy(() -> functions.copy(change))
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.fix()).contains("deploy PROJECT --cancel"));
  }

  @Test
  void aTwinServiceThatKeepsNoValuesIsSentNone() {
    project = ProjectBuilder.of("hall").on(Layer.L4, GOOGLE).readFrom(folder.resolve("twin"));
    for (Phase.Kind kind : List.of(Phase.Kind.COPY, Phase.Kind.VERIFY)) {
      Change change = in(kind, Layer.L4, AWS);
      assertThat(functionsOf(change).copy(change)).isEqualTo(DONE);
      assertThat(functionsOf(change).verify(change)).isEqualTo(DONE);
    }
    assertThat(calls).isEmpty();
  }

  @Test
  void aCopierThatDoesNotSayHowFarItIsIsAnError() {
    assertUnknown(() -> copy("{\"ok\": true}"), "hall-store-copier");
    assertUnknown(() -> verify("{}", "{\"state\": \"verified\"}"), "hall-store-copier");
    answers.clear();
    assertUnknown(() -> verify("{\"state\": \"copied\"}", "{}"), "hall-store-copier");
  }
}
