package io.twinloom.local.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.local.observe.Conservation.Ledger;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConservationTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private final Conservation counts = new Conservation(START);

  private static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  @Property
  void allThatIsOnItsWayIsAccountedFor(
      @ForAll @IntRange(max = 1_000) int stored,
      @ForAll @IntRange(max = 100) int letters,
      @ForAll @IntRange(max = 100) int queued) {
    Conservation counts = new Conservation(START);
    counts.published(at(1), stored + letters + queued);
    counts.stored(at(2), stored, 0);
    counts.deadLettered(at(2), letters);

    Ledger ledger = counts.ledger(START, at(3), queued);
    assertThat(ledger.missing()).isZero();
    assertThat(ledger.queued()).isEqualTo(queued);
    assertThat(ledger.published()).isEqualTo(stored + letters + queued);
  }

  @Test
  @DisplayName("a measurement was acknowledged and is nowhere")
  void whatIsNowhereIsMissing() {
    counts.published(at(1), 10);
    counts.stored(at(2), 7, 0);

    assertThat(counts.ledger(START, at(3), 1).missing()).isEqualTo(2);
  }

  @Test
  void whatWasPublishedTwiceIsStoredOnce() {
    counts.published(at(1), 4);
    counts.stored(at(2), 2, 2);

    Ledger ledger = counts.ledger(START, at(3), 0);
    assertThat(ledger.missing()).isZero();
    assertThat(ledger.stored()).isEqualTo(4);
  }

  @Test
  void whatAnEarlierRunLeftMayBeMeasurementsOrNot() {
    counts.left(3);
    counts.stored(at(1), 2, 0);

    assertThat(counts.ledger(START, at(2), 1).missing()).isZero();
  }

  @Test
  void atAnInstantItIsAsItWasThen() {
    counts.published(at(1), 5);
    counts.stored(at(10), 3, 0);
    counts.stored(at(20), 2, 0);
    counts.published(at(30), 4);

    Ledger then = counts.past(START, at(15), at(40), 4);
    assertThat(then.published()).isEqualTo(5);
    assertThat(then.stored()).isEqualTo(3);
    assertThat(then.queued()).isEqualTo(2);
    assertThat(then.missing()).isZero();
    assertThat(counts.past(START, at(25), at(40), 4).stored()).isEqualTo(5);
  }

  @Test
  void countsOfThePastAreThoseOfTheBeginningOfAStep() {
    counts.published(at(4), 1);
    counts.published(at(5), 1);
    counts.published(at(9), 1);
    counts.published(at(61), 1);

    assertThat(counts.past(START, at(5), at(70), 4).published()).isEqualTo(1);
    assertThat(counts.past(START, at(10), at(70), 4).published()).isEqualTo(3);
    assertThat(counts.past(START, at(60), at(70), 4).published()).isEqualTo(3);
    assertThat(counts.past(START, at(65), at(70), 4).published()).isEqualTo(4);
  }

  @Test
  @DisplayName("a window begins with a step, and says so")
  void aWindowBeginsWithAStep() {
    counts.published(at(4), 1);
    counts.stored(at(6), 1, 0);
    counts.published(at(12), 1);

    Ledger ledger = counts.ledger(at(7), at(13), 1);
    assertThat(ledger.from()).isEqualTo(at(5));
    assertThat(ledger.stored()).isEqualTo(1);
    assertThat(ledger.queued()).isEqualTo(1);
  }

  @Test
  void oneThatWaitsAloneGetsOlder() {
    counts.published(at(12), 1);

    assertThat(counts.ledger(START, at(13), 1).oldestQueued()).contains(Duration.ZERO);
    assertThat(counts.ledger(START, at(60), 1).oldestQueued()).contains(Duration.ofSeconds(45));
  }

  @Test
  @DisplayName("a measurement was lost, and somebody goes back to when it was on its way")
  void whatIsMissingByNowWasSoThen() {
    counts.published(at(1), 5);
    counts.stored(at(10), 4, 0);
    counts.published(at(30), 1);
    counts.stored(at(31), 1, 0);

    assertThat(counts.past(START, at(15), at(40), 0).missing()).isEqualTo(1);
    assertThat(counts.past(START, at(15), at(40), 0).queued()).isZero();
  }

  @Test
  void whatIsDroppedOnPurposeIsNotMissing() {
    counts.published(at(1), 2);
    counts.stored(at(2), 1, 0);
    counts.filtered(at(2), 1);

    assertThat(counts.ledger(START, at(3), 0).missing()).isZero();
    assertThat(counts.ledger(START, at(3), 0).filtered()).isEqualTo(1);
  }

  @Test
  void aWindowHasWhatCameInItAndWhatWasOnItsWay() {
    counts.published(at(1), 5);
    counts.stored(at(10), 3, 0);
    counts.published(at(20), 4);
    counts.stored(at(30), 4, 0);

    Ledger ledger = counts.ledger(at(22), at(40), 2);
    assertThat(ledger.stored()).isEqualTo(4);
    assertThat(ledger.queued()).isEqualTo(2);
    assertThat(ledger.published()).isEqualTo(6);
  }
}
