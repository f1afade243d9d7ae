package io.twinloom.deployer.control.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.control.ChangeProgress;
import io.twinloom.deployer.control.ChangeStatus;
import io.twinloom.deployer.control.ConnectionState;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryPage.TierPart;
import io.twinloom.deployer.control.MoveReport;
import io.twinloom.deployer.control.PendingChunk;
import io.twinloom.deployer.control.ReplayReport;
import io.twinloom.deployer.control.RestoreReport;
import io.twinloom.deployer.control.RotationReport;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.deployer.control.TokenList;
import io.twinloom.deployer.control.VerifyReport;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Connections;
import io.twinloom.model.Layer;
import io.twinloom.model.cloud.KnownClouds;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The machine-readable results have the keys that commands and endpoints promise. */
class ResultsJsonTest {

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theStatusOfATwinThatRuns() {
    StatusReport status =
        StatusReport.of("local", "hall")
            .running(true)
            .layers(
                List.of(
                    new StatusReport.LayerStatus(
                        Layer.L3_HOT,
                        KnownClouds.GOOGLE,
                        true,
                        Map.of("http", URI.create("http://h")),
                        Optional.of("T"))))
            .functions(
                List.of(
                    new StatusReport.FunctionStatus(
                        "f", "F", KnownClouds.AZURE, Optional.of(URI.create("http://u")), 4, 1)))
            .connections(
                List.of(
                    new StatusReport.ConnectionStatus(
                        "c", KnownClouds.AWS, KnownClouds.AZURE, ConnectionState.OPEN)))
            .rules(List.of(new StatusReport.RuleStatus(1, "a > b", "function f", 2, 3)))
            .deadLetters(5)
            .alarms(List.of("alarm"))
            .backlog(6)
            .counters(Map.of("odd", 7L))
            .warnings(List.of("warning"))
            .tiers(
                List.of(
                    new TierSize.Items(Layer.L3_HOT, KnownClouds.GOOGLE, 8),
                    new TierSize.Chunks(Layer.L3_COLD, KnownClouds.AWS, 9, 10, 11)))
            .dashboards(Optional.of("https://v"))
            .build();
    JsonObject expected =
        json(
            """
            {"target": "local", "twin": "hall", "running": true,
             "layers": [{"layer": "L3 hot", "cloud": "google", "healthy": true,
                         "http": "http://h", "lastEvent": "T"}],
             "functions": [{"name": "f", "cloudName": "F", "cloud": "azure", "url": "http://u",
                            "invocations": 4, "errors": 1}],
             "connections": [{"id": "c", "from": "aws", "to": "azure", "state": "open"}],
             "rules": [{"rule": 1, "condition": "a > b", "does": "function f",
                        "fired": 2, "skipped": 3}],
             "deadLetters": 5, "alarms": ["alarm"], "backlog": 6, "counters": {"odd": 7},
             "warnings": ["warning"],
             "tiers": [{"tier": "L3 hot", "cloud": "google", "items": 8},
                       {"tier": "L3 cold", "cloud": "aws", "chunks": 9, "bytes": 10,
                        "storedBytes": 11}],
             "dashboards": "https://v"}
            """);
    assertThat(StatusJson.write(status)).isEqualTo(expected);
    assertThat(StatusJson.read(expected)).isEqualTo(status);
  }

  private static ChangeStatus change(Optional<String> why, Optional<ChangeProgress> progress) {
    return new ChangeStatus(
        "c",
        new ChangeStatus.At(4, 9, "copy", Layer.L3_HOT, "the data is copied"),
        "acting",
        "T",
        why,
        progress,
        true);
  }

  @Test
  void aChangeHasItsProgressWithNullForWhatIsNotKnown() {
    ChangeStatus far =
        change(
            Optional.empty(),
            Optional.of(
                new ChangeProgress(7, 0, 80, OptionalLong.of(200), 5, OptionalLong.empty())));
    JsonObject expected =
        json(
            """
            {"id": "c", "phase": 4, "of": 9, "kind": "copy", "layer": "L3 hot",
             "words": "the data is copied", "state": "acting", "since": "T",
             "progress": {"items": 7, "chunks": 0, "bytes": 80, "totalBytes": 200,
                          "itemsPerSecond": 5, "eta": null},
             "cancellable": true}
            """);
    assertThat(ChangeStatusJson.write(far)).isEqualTo(expected);
    assertThat(ChangeStatusJson.change(expected)).isEqualTo(far);
    ChangeStatus waiting = change(Optional.of("events"), Optional.empty());
    JsonObject written = ChangeStatusJson.write(waiting);
    assertThat(written.get("progress")).isNull();
    assertThat(ChangeStatusJson.change(written)).isEqualTo(waiting);
  }

  @Test
  void theStatusOfATwinThatDoesNotRunHasNeitherTiersNorDashboards() {
    assertThat(StatusJson.write(StatusReport.of("cloud", "hall").build()))
        .isEqualTo(
            json(
                """
                {"target": "cloud", "twin": "hall", "running": false, "layers": [],
                 "functions": [], "connections": [], "rules": [], "deadLetters": 0, "alarms": [],
                 "backlog": 0, "counters": {}, "warnings": []}
                """));
  }

  @Test
  void aPageOfHistorySumsItsPartsByTier() {
    HistoryPage page =
        new HistoryPage(
            List.of(json("{\"t\": 1.50}"), json("{\"t\": 2}"), json("{\"t\": 3}")),
            List.of(new TierPart("cold", 1), new TierPart("hot", 1), new TierPart("cold", 1)),
            List.of(new PendingChunk("k", Optional.empty(), Duration.ofHours(12))),
            Optional.of("next"));
    JsonObject expected =
        json(
            """
            {"items": [{"t": 1.50}, {"t": 2}, {"t": 3}],
             "tiers": [{"tier": "hot", "items": 1}, {"tier": "cold", "items": 2}],
             "parts": [{"tier": "cold", "items": 1}, {"tier": "hot", "items": 1},
                       {"tier": "cold", "items": 1}],
             "pending": [{"key": "k", "since": null, "takes": "PT12H"}], "nextToken": "next"}
            """);
    assertThat(HistoryJson.write(page)).isEqualTo(expected);
    assertThat(HistoryJson.read(expected)).isEqualTo(page);
  }

  @Test
  void anEmptyPageOfHistoryIsOfTheHotTier() {
    assertThat(
            HistoryJson.write(new HistoryPage(List.of(), List.of(), List.of(), Optional.empty())))
        .isEqualTo(
            json(
                """
                {"items": [], "tiers": [{"tier": "hot", "items": 0}], "parts": [], "pending": []}
                """));
  }

  @Test
  void whatIsRestoredSaysSinceWhen() {
    RestoreReport report =
        new RestoreReport(2, List.of(new PendingChunk("k", Optional.of("T"), Duration.ZERO)));
    JsonObject expected =
        json(
            "{\"readable\": 2, \"pending\": [{\"key\": \"k\", \"since\": \"T\", \"takes\": \"PT0S\"}]}");
    assertThat(HistoryJson.write(report)).isEqualTo(expected);
    assertThat(HistoryJson.readRestore(expected)).isEqualTo(report);
  }

  @Test
  void aMoveSaysWhatIsLeftAndWhetherAnotherRunIsAtWork() {
    MoveReport report =
        new MoveReport(
            new MoveReport.Moved(3, 2, 100),
            List.of(new MoveReport.Left("k", "no")),
            5,
            Optional.of("later"),
            true,
            Optional.of("moving"));
    JsonObject expected =
        json(
            """
            {"items": 3, "chunks": 2, "bytes": 100, "left": [{"key": "k", "why": "no"}],
             "left_count": 5, "open": "later", "busy": true, "suspended": "moving"}
            """);
    assertThat(MoveJson.write(report)).isEqualTo(expected);
    assertThat(MoveJson.read(expected)).isEqualTo(report);
    assertThat(MoveJson.write(MoveJson.read(JsonObject.EMPTY)))
        .isEqualTo(json("{\"items\": 0, \"chunks\": 0, \"bytes\": 0, \"left\": []}"));
  }

  @Test
  void deadLettersHaveTheirEvents() {
    DeadLetterPage page =
        new DeadLetterPage(
            List.of(
                DeadLetterEntry.of("aws-1", KnownClouds.AWS, Instant.parse("2026-03-01T00:00:00Z"))
                    .function("f")
                    .error("why")
                    .attempts(3)
                    .traceId("t")
                    .event(json("{\"a\": 1}"))
                    .build()),
            12);
    JsonObject expected =
        json(
            """
            {"items": [{"id": "aws-1", "time": "2026-03-01T00:00:00Z", "function": "f",
                        "cloud": "aws", "error": "why", "attempts": 3, "trace_id": "t",
                        "event": {"a": 1}}],
             "total": 12}
            """);
    assertThat(DeadLettersJson.write(page)).isEqualTo(expected);
    assertThat(DeadLettersJson.read(expected)).isEqualTo(page);
    assertThat(
            DeadLettersJson.write(new ReplayReport(1, List.of(new ReplayReport.Left("b", "gone")))))
        .isEqualTo(json("{\"replayed\": 1, \"left\": [{\"id\": \"b\", \"why\": \"gone\"}]}"));
  }

  @Test
  void verifyRoundsMillisecondsAndHasNullWhereNothingCame() {
    VerifyReport report =
        new VerifyReport(
            "d",
            List.of(
                new VerifyReport.Hop(
                    "f", KnownClouds.AWS, true, OptionalDouble.of(1.2345), Optional.empty()),
                new VerifyReport.Hop(
                    "g", KnownClouds.GOOGLE, false, OptionalDouble.empty(), Optional.of("no"))));
    assertThat(VerifyJson.write(report))
        .isEqualTo(
            json(
                """
                {"ok": false, "device": "d", "hops": [
                  {"function": "f", "cloud": "aws", "ok": true, "ms": 1.23},
                  {"function": "g", "cloud": "google", "ok": false, "ms": null, "detail": "no"}]}
                """));
  }

  @Test
  void tokensAreDistinguishedByFingerprintsAndNeverShown() {
    String first = "first-token-that-nobody-may-see-0123";
    String second = "second-token-that-nobody-may-see-012";
    JsonObject json =
        TokensJson.write(
            TokenList.of(
                new Connections(
                    Map.of(
                        "c",
                        new Connections.Connection(
                            KnownClouds.AZURE,
                            "ingestion",
                            URI.create("http://x/f"),
                            first + "," + second)))));
    assertThat(json.toString())
        .matches(
            "\\{\"tokens\":\\[\\{\"id\":\"c\",\"provider\":\"azure\",\"function\":\"ingestion\","
                + "\"url\":\"http://x/f\",\"fingerprints\":\\[\"[0-9a-f]{8}\",\"[0-9a-f]{8}\"]}]}")
        .doesNotContain(first, second);
    assertThat(TokensJson.write(new RotationReport(List.of(new RotationReport.Rotated("c", true)))))
        .isEqualTo(json("{\"rotated\": [{\"id\": \"c\", \"formerValid\": true}]}"));
  }
}
