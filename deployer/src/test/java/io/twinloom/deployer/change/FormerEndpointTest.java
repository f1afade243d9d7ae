package io.twinloom.deployer.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.StoreLegs;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FormerEndpointTest {

  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
  private static final Legs FORWARDING =
      Legs.NONE.with(
          Layer.L1,
          new StoreLegs(
              List.of(new StoreLegs.Leg(KnownClouds.AWS, StoreLegs.Use.READ, false)),
              Optional.empty()));

  private static FormerEndpoint endpoint() {
    return FormerEndpoint.endedBy(ChangeOrder.retire(Layer.L1, false), FORWARDING, NOW)
        .orElseThrow();
  }

  private static Instant days(int before) {
    return NOW.minus(Duration.ofDays(before));
  }

  @Test
  void onlyAnOrderThatEndsItHasOne() {
    assertThat(endpoint().cloud()).isEqualTo(KnownClouds.AWS);
    assertThat(FormerEndpoint.endedBy(ChangeOrder.retire(Layer.L1, true), FORWARDING, NOW))
        .as("whether it is used or not")
        .isEmpty();
    assertThat(FormerEndpoint.endedBy(ChangeOrder.retire(Layer.L5, false), FORWARDING, NOW))
        .isEmpty();
    assertThat(FormerEndpoint.endedBy(ChangeOrder.retire(Layer.L1, false), Legs.NONE, NOW))
        .isEmpty();
  }

  @Test
  void theDevicesThatHaveUsedItWithinSevenDaysAreNamed() {
    assertThatThrownBy(
            () ->
                endpoint()
                    .refuseUsedBy(Map.of("late", days(6), "early", days(8), "again", days(1))))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e ->
                assertThat(e.what())
                    .isEqualTo(
                        "2 devices have used the former endpoint on aws within seven days:"
                            + " again, late."));
    assertThatCode(() -> endpoint().refuseUsedBy(Map.of("early", days(8))))
        .doesNotThrowAnyException();
  }

  @Test
  void ofManyDevicesTenAreNamedAndTheOthersCounted() {
    Map<String, Instant> seen = new HashMap<>();
    IntStream.range(0, 25).forEach(i -> seen.put("sensor-" + (10 + i), days(2)));
    assertThatThrownBy(() -> endpoint().refuseUsedBy(seen))
        .hasMessageContaining("25 devices have")
        .hasMessageContaining("sensor-19 and 15 more.")
        .hasMessageNotContaining("sensor-20");
  }

  @Test
  void whatItsFunctionsWereGivenLatelyIsAReasonToo() {
    assertThatThrownBy(() -> endpoint().refuseUsedAt(Optional.of("2026-03-09T00:00:00Z")))
        .hasMessageContaining("last at 2026-03-09T00:00:00Z");
    assertThatCode(() -> endpoint().refuseUsedAt(Optional.empty())).doesNotThrowAnyException();
  }
}
