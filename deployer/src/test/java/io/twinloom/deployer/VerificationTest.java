package io.twinloom.deployer;

import static io.twinloom.deployer.FakeTwin.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.control.VerifyReport;
import io.twinloom.deployer.control.VerifyReport.Hop;
import io.twinloom.deployer.control.codec.VerifyJson;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.VerifyMark;
import io.twinloom.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a verification reports: every hop with its time, and where it ends and why. */
class VerificationTest extends VerificationFixture {
  @Test
  void aMeasurementThatArrivesHasEveryHopWithItsTime() {
    twin.reaches(WAY, true);

    VerifyReport report = verify();

    assertThat(report.ok()).isTrue();
    assertThat(report.hops().stream().map(Hop::function))
        .containsExactly(
            "device-channel",
            "hall-dispatcher",
            "hall-connector",
            "hall-ingestion",
            "hall-processor",
            "hall-persister",
            "hall-hot-writer",
            "hall-hot-reader",
            "hall-twin-updater",
            "hall-history-reader",
            "hall-hot-to-cold-mover",
            "hall-cold-to-archive-mover");
    assertThat(report.hops()).allSatisfy(h -> assertThat(h.millis().getAsDouble()).isNotNegative());
  }

  @Test
  void itSaysOnTheWayHowLongItIsWaitedFor() {
    twin.reaches(WAY, true);
    verify();

    assertThat(VerifyMark.isLate(twin.published, START.plus(LIMIT))).isFalse();
    assertThat(VerifyMark.isLate(twin.published, START.plus(LIMIT).plusMillis(1))).isTrue();
  }

  @Test
  void aChunkThatIsLeftEndsTheWayToTheTiersWithTheReason() {
    twin.reaches(WAY, true);
    twin.stuck =
        new JsonArray(
            List.of(
                JsonObject.builder().put("key", "k").put("why", "The writer refuses.").build()));

    VerifyReport report = verify();

    assertThat(report.ok()).isFalse();
    Hop last = report.hops().getLast();
    assertThat(last.function()).isEqualTo("hall-hot-to-cold-mover");
    assertThat(last.detail()).contains("the marked chunk was left: The writer refuses.");
  }

  @Test
  void whereItFailsTheReportEndsWithTheReason() {
    twin.reaches(WAY.subList(0, 3), false);
    twin.fails("processor", "TL-USER-LOGIC");

    VerifyReport report = verify();

    assertThat(report.ok()).isFalse();
    Hop last = report.hops().get(report.hops().size() - 1);
    assertThat(last.function()).isEqualTo("hall-processor");
    assertThat(last.detail()).contains("TL-USER-LOGIC, tried once");
  }

  @Test
  void whereItNeverCameTheReportSaysSo() {
    twin.reaches(WAY.subList(0, 2), false);

    Hop last = verify().hops().get(3);

    assertThat(last.function()).isEqualTo("hall-ingestion");
    assertThat(last.ok()).isFalse();
    assertThat(last.detail()).contains("it did not come here in time");
  }

  @Test
  void aChannelThatDoesNotAcknowledgeIsTheFirstAndOnlyHop() {
    twin.deaf = true;

    VerifyReport report = verify();

    assertThat(report.ok()).isFalse();
    assertThat(report.hops()).hasSize(1);
    assertThat(report.hops().get(0).detail()).contains("Nobody listens.");
  }

  @Test
  void aMessageThatIsNotAcknowledgedWithinTheLimitIsTheFirstAndOnlyHop() {
    twin.silent = true;

    VerifyReport report =
        new Verification(project, Topology.of(project), twin, twin, new Random(1))
            .run(Optional.empty(), Duration.ofMillis(1));

    assertThat(report.hops())
        .singleElement()
        .satisfies(hop -> assertThat(hop.detail().orElse("")).contains("did not acknowledge"));
  }

  @Test
  void theResultHasTheShapeThatIsDocumented() {
    twin.reaches(WAY.subList(0, 2), false);

    JsonObject json = VerifyJson.write(verify());

    assertThat(json.members()).containsKeys("ok", "hops");
    JsonObject hop = (JsonObject) json.array("hops").orElse(JsonArray.EMPTY).values().get(1);
    assertThat(hop.toString())
        .isEqualTo("{\"function\":\"hall-dispatcher\",\"cloud\":\"aws\",\"ok\":true,\"ms\":1.5}");
  }
}
