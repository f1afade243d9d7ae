package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.ConnectionStore;
import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryPage.TierPart;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.LogQuery;
import io.twinloom.deployer.control.ReplayReport;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.StatusReport.FunctionStatus;
import io.twinloom.deployer.control.TierMove;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.terraform.PlannedChanges.Action;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.testkit.project.ProjectBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of a twin that is deployed to AWS and Google Cloud. */
class TwinOnCloudsTest {

  private static final String WRITER = "aws_l2_to_gcp_l3";

  @TempDir Path folder;

  private final RecordedClouds clouds = new RecordedClouds();
  private final List<String> settledAfter = new ArrayList<>();
  private CloudTarget target;
  private TwinControl twin;

  @BeforeEach
  void deploy() {
    Path project = folder.resolve("hall");
    ProjectBuilder.of("hall")
        .on(Layer.L3_HOT, KnownClouds.GOOGLE)
        .on(Layer.L3_COLD, KnownClouds.GOOGLE)
        .on(Layer.L5, KnownClouds.AWS)
        .without(Layer.L4)
        .writeTo(project);
    Map<Provider, CloudSupport> accounts = new TreeMap<>();
    accounts.put(KnownClouds.AWS, clouds.support(KnownClouds.AWS));
    accounts.put(KnownClouds.GOOGLE, clouds.support(KnownClouds.GOOGLE));
    PreparedProject prepared =
        Preparation.of(
                project, UserCodeChecker.of(folder.resolve("cache"), "", InstantSource.system()))
            .project()
            .orElseThrow();
    target =
        new CloudTarget(
            project,
            project.resolve(".twinloom"),
            () -> prepared,
            TargetWiring.builder()
                .clouds(accounts)
                .variables(clouds.variables())
                .provisioner(clouds.provisioner())
                .confirmation(changes -> true)
                .pause(
                    d ->
                        settledAfter.add(d.toSeconds() + " s after " + clouds.tokensApplied.size()))
                .clock(InstantSource.system())
                .random(new SecureRandom())
                .environment(Map.of())
                .build());
    twin = target.deploy(prepared, Progress.SILENT);
  }

  private RecordedOperations on(Provider cloud) {
    return clouds.operations.computeIfAbsent(cloud, RecordedOperations::new);
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theStatusTellsOfEveryFunctionWithItsOwnAddress() {
    StatusReport status = twin.status();
    assertThat(status.target()).isEqualTo("cloud");
    assertThat(status.running()).isTrue();
    assertThat(status.warnings()).isEmpty();
    FunctionStatus writer = function(status, "hall-hot-writer");
    assertThat(writer.url()).contains(URI.create("https://hall-hot-writer.example.org"));
    assertThat(writer.invocations()).isEqualTo(7);
    assertThat(function(status, "hall-dispatcher").url()).isEmpty();
    assertThat(status.dashboards()).contains("https://view.example.org");
  }

  private static FunctionStatus function(StatusReport status, String name) {
    return status.functions().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void aFunctionThatIsGoneOrDoesNotRunIsAWarningAndItsCloudIsNotHealthy() {
    on(KnownClouds.AWS).inactive.put("hall-dispatcher", "gone");
    on(KnownClouds.AWS).inactive.put("hall-persister", "its role was deleted");
    StatusReport status = twin.status();
    assertThat(status.warnings())
        .anyMatch(w -> w.contains("hall-dispatcher on aws is not there"))
        .anyMatch(w -> w.contains("its role was deleted"));
    assertThat(status.layers())
        .anyMatch(l -> l.layer() == Layer.L1 && !l.healthy())
        .anyMatch(l -> l.layer() == Layer.L3_HOT && l.healthy());
  }

  @Test
  void aMoverThatIsBehindIsAWarningThatSaysByHowMuch() {
    on(KnownClouds.GOOGLE).overdue = Duration.ofHours(1_040);
    assertThat(twin.status().warnings())
        .singleElement()
        .asString()
        .contains(
            "hall-hot-to-cold-mover on google is behind",
            "the oldest item in the hot store is 1,040 hours past its time",
            "mover_runs");
  }

  @Test
  void aQueryAsksTheReaderThatStandsForAllTiers() {
    on(KnownClouds.GOOGLE).answers =
        (function, event) ->
            function.equals("hall-history-reader")
                ? json("{\"items\":[{\"v\":1}],\"parts\":[{\"tier\":\"cold\",\"items\":1}]}")
                : JsonObject.EMPTY;
    HistoryPage page = twin.query(HistoryRequest.of("sensor-1").build());
    assertThat(page.tiers()).containsExactly(new TierPart("cold", 1));
  }

  @Test
  void aMoverIsCalledWhereItIsWithTheTimeThatCounts() {
    twin.move(TierMove.HOT_TO_COLD, Optional.of(Instant.parse("2026-03-01T00:00:00Z")));
    assertThat(on(KnownClouds.GOOGLE).done)
        .containsExactly("call hall-hot-to-cold-mover {\"now\":\"2026-03-01T00:00:00Z\"}");
  }

  @Test
  void theArchiveIsAskedToRestoreWhereItIs() {
    twin.restore("sensor-1", "2026-01-01", "2026-01-02");
    assertThat(on(KnownClouds.AWS).done).containsExactly("restore sensor-1");
  }

  @Test
  void deadLettersOfAllCloudsComeInTheOrderOfTime() {
    on(KnownClouds.AWS).letters.put("aws-1", letter("aws-1", "2026-03-01T00:00:02Z"));
    on(KnownClouds.GOOGLE).letters.put("google-1", letter("google-1", "2026-03-01T00:00:01Z"));
    DeadLetterPage letters = twin.deadLetters();
    assertThat(letters.total()).isEqualTo(2);
    assertThat(letters.items())
        .extracting(DeadLetterEntry::id)
        .containsExactly("google-1", "aws-1");
    ReplayReport replay = twin.replay(List.of("aws-1", "aws-7"));
    assertThat(replay.replayed()).isEqualTo(1);
    assertThat(replay.left())
        .containsExactly(new ReplayReport.Left("aws-7", "There is no such dead letter."));
    assertThat(twin.replay(List.of())).isEqualTo(new ReplayReport(1, List.of()));
    assertThat(twin.deadLetters().total()).isEqualTo(0);
  }

  @Test
  void aDeadLetterIsReplayedByTheCloudThatCarriesItsFunctionNow() {
    on(KnownClouds.AWS)
        .letters
        .put(
            "aws-1",
            DeadLetterEntry.of("aws-1", KnownClouds.AWS, Instant.parse("2026-03-01T00:00:02Z"))
                .function("hall-hot-writer")
                .event(json("{\"payload\":{},\"replay_of\":\"aws-0\"}"))
                .build());
    assertThat(twin.deadLetters().items().getFirst().replayOf()).contains("aws-0");
    assertThat(twin.replay(List.of()).replayed()).isEqualTo(1);
    assertThat(on(KnownClouds.GOOGLE).done)
        .containsExactly("invoke hall-hot-writer {\"payload\":{},\"replay_of\":\"aws-1\"}");
    assertThat(on(KnownClouds.AWS).done).isEmpty();
    assertThat(twin.deadLetters().total()).isZero();
  }

  @Test
  void aDeadLetterThatCannotBeReplayedDoesNotKeepTheOthers() {
    for (String id : List.of("aws-1", "aws-2", "aws-3")) {
      on(KnownClouds.AWS).letters.put(id, letter(id, "2026-03-01T00:00:02Z"));
    }
    on(KnownClouds.AWS).cannotReplay("aws-2");
    ReplayReport replay = twin.replay(List.of());
    assertThat(replay.replayed()).isEqualTo(2);
    assertThat(replay.left()).extracting(ReplayReport.Left::id).containsExactly("aws-2");
    assertThat(twin.deadLetters().total()).isEqualTo(1);
  }

  private static DeadLetterEntry letter(String id, String time) {
    return DeadLetterEntry.of(id, KnownClouds.AWS, Instant.parse(time)).function("f").build();
  }

  @Test
  void linesOfAllCloudsAreShownOnceInTheOrderOfTime() {
    on(KnownClouds.GOOGLE)
        .log
        .add(new LogLine(json("{\"time\":\"2026-03-01T00:00:01Z\",\"function\":\"a\"}")));
    on(KnownClouds.AWS)
        .log
        .add(new LogLine(json("{\"time\":\"2026-03-01T00:00:02Z\",\"function\":\"b\"}")));
    on(KnownClouds.GOOGLE)
        .log
        .add(new LogLine(json("{\"time\":\"2026-03-01T00:00:03Z\",\"function\":\"c\"}")));
    List<String> shown = new ArrayList<>();
    target.logs(LogQuery.all(), line -> shown.add(line.function()));
    assertThat(shown).containsExactly("a", "b", "c");
  }

  @Test
  void aTokenIsAcceptedBeforeItIsSentAndTheFormerEndsWhenNobodySendsItAnyMore() {
    String former = clouds.tokensApplied.getLast().get(WRITER);
    clouds.tokensApplied.clear();
    twin.rotateTokens(Optional.of(WRITER), false);
    List<List<String>> applied =
        clouds.tokensApplied.stream().map(t -> Arrays.asList(t.get(WRITER).split(","))).toList();
    String next = applied.getLast().getFirst();
    assertThat(next).isNotEqualTo(former);
    assertThat(applied)
        .containsExactly(List.of(former, next), List.of(next, former), List.of(next));
    assertThat(settledAfter)
        .as("the last requests with the former one end")
        .containsExactly("150 s after 2");
    assertThat(
            new ConnectionStore(folder.resolve("hall").resolve(ConnectionStore.FILE))
                .read()
                .byId()
                .get(WRITER)
                .token())
        .isEqualTo(next);
  }

  @Test
  void whatHoldsATokenIsMadeAgainWithTheNewOneAndNothingElseIs() {
    clouds.steps.put("tokens-of-the-view", "aws");
    clouds.steps.put("entities", "aws");
    clouds.made.clear();
    twin.rotateTokens(Optional.of(WRITER), false);
    assertThat(clouds.made).containsExactly("tokens-of-the-view");
  }

  @Test
  @DisplayName("a rotation of tokens would change more than tokens")
  void aRotationThatWouldChangeMoreThanTokensIsRefusedBeforeAnythingIsWrittenDown() {
    ConnectionStore store =
        new ConnectionStore(folder.resolve("hall").resolve(ConnectionStore.FILE));
    String former = store.read().byId().get(WRITER).token();
    clouds.beside.add(
        new Change(Action.REMOVE, "module.aws.aws_dynamodb_table.hot", "table hot", true, true));
    clouds.tokensApplied.clear();
    assertThatThrownBy(() -> twin.rotateTokens(Optional.of(WRITER), false))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-TOKENS-NOT-ALONE");
              assertThat(e.what()).contains("table hot", "Nothing was changed");
              assertThat(e.fix()).contains("Deploy");
            });
    assertThat(clouds.tokensApplied).isEmpty();
    assertThat(store.read().byId().get(WRITER).token()).isEqualTo(former);
    assertThat(target.deployed()).isPresent();
  }

  @Test
  void otherConnectionsKeepTheirTokens() {
    Map<String, String> before = clouds.tokensApplied.getLast();
    assertThat(before.size()).isGreaterThan(1);
    twin.rotateTokens(Optional.of(WRITER), false);
    Map<String, String> after = clouds.tokensApplied.getLast();
    before.forEach(
        (id, token) -> {
          if (!id.equals(WRITER)) {
            assertThat(after).containsEntry(id, token);
          }
        });
  }
}
