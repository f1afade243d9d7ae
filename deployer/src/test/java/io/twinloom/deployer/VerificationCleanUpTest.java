package io.twinloom.deployer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.control.VerifyReport;
import io.twinloom.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A verification removes what it has stored, however it ends, and nothing else. */
class VerificationCleanUpTest extends VerificationFixture {
  @Test
  void itsItemIsRemovedInTheEnd() {
    twin.reaches(WAY, true);
    verify();

    assertThat(twin.items).isEmpty();
  }

  @Test
  void itsItemIsRemovedThoughTheLogCannotBeRead() {
    twin.reaches(WAY, true);
    twin.mute = true;

    assertThatThrownBy(this::verify).hasMessageContaining("The log is gone.");
    assertThat(twin.items).isEmpty();
  }

  @Test
  void whatIsStoredJustAfterTheLimitIsRemovedToo() {
    twin.reaches(WAY, true);
    twin.takes = LIMIT.plusMillis(500);

    VerifyReport report = verify();

    assertThat(report.ok()).isFalse();
    assertThat(twin.arrived).isEqualTo(1);
    assertThat(twin.items).isEmpty();
  }

  @Test
  void whatIsTriedAgainIsRemovedOnceTheLimitIsOver() {
    twin.reaches(WAY.subList(0, 6), true);
    twin.fails("twin-updater", "TL-REMOTE-FAILED");
    twin.storedAgain = LIMIT.minusMillis(1);

    assertThat(verify().ok()).isFalse();

    assertThat(twin.arrived).as("stored, and again by the second try").isEqualTo(2);
    assertThat(twin.items).isEmpty();
  }

  @Test
  void itsDeadLettersAreRemovedAndThoseOfOthersStay() {
    twin.reaches(WAY.subList(0, 3), false);
    twin.fails("processor", "TL-USER-LOGIC");
    twin.letters.add("{\"_verify\":\"other\"}");
    twin.givesUp = true;

    verify();

    assertThat(twin.letters).containsExactly("{\"_verify\":\"other\"}");
  }

  @Test
  void theMarkedChunksAreRemovedInTheEnd() {
    twin.reaches(WAY, true);
    verify();

    assertThat(twin.moved).containsExactly("hall-hot-to-cold-mover", "hall-cold-to-archive-mover");
    assertThat(twin.chunks).isEmpty();
  }

  @Test
  void aFunctionThatFailsIsNamedAndEverythingIsRemovedAllTheSame() {
    twin.reaches(WAY, true);
    twin.broken.add("hall-history-reader");

    VerifyReport report = verify();

    assertThat(report.ok()).isFalse();
    assertThat(report.hops())
        .filteredOn(h -> !h.ok())
        .singleElement()
        .satisfies(
            h -> {
              assertThat(h.function()).isEqualTo("hall-history-reader");
              assertThat(h.detail()).contains("It is broken.");
            });
    assertThat(twin.items).isEmpty();
    assertThat(twin.chunks).isEmpty();
  }

  @Test
  void theItemsOfOthersStay() {
    JsonObject other = JsonObject.builder().put("timestamp", "x").put("_verify", "other").build();
    twin.items.add(other);
    twin.reaches(WAY, true);
    verify();

    assertThat(twin.items).containsExactly(other);
  }
}
