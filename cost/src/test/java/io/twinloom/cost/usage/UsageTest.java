package io.twinloom.cost.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.cost.estimate.Estimate;
import io.twinloom.cost.estimate.Level;
import io.twinloom.cost.usage.MeasuredUsage.Counts;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Where the numbers of a usage are from, and which of several holds. */
class UsageTest {

  @Test
  @DisplayName(
      "A number of the usage file holds over the measured one, and that over the project's")
  void theEarlierOriginHolds() {
    Map<UsageKey, UsageValue> file = UsageFile.read(json("{\"numberOfDevices\": 7}"), "u.json");
    Map<UsageKey, UsageValue> measured = of(UsageKey.DEVICES, "6", Origin.MEASURED);
    Map<UsageKey, UsageValue> derived = of(UsageKey.DEVICES, "5", Origin.DERIVED);
    Map<UsageKey, UsageValue> input =
        UsageFile.readInput(
            json(
                """
                {"result": {"inputParamsUsed":
                  {"useEventChecking": true, "numberOfDevices": 4, "averageSizeOfMessageInKb": 3}}}
                """));
    Usage usage = Usage.of(List.of(derived, input, measured, file));
    assertThat(usage.of(UsageKey.DEVICES).origin()).isEqualTo(Origin.USAGE_FILE);
    assertThat(usage.at(UsageKey.DEVICES, Level.HIGH)).isEqualByComparingTo("7");
    assertThat(Usage.of(List.of(derived, input, measured)).of(UsageKey.DEVICES).origin())
        .isEqualTo(Origin.MEASURED);
    assertThat(Usage.of(List.of(derived, input)).at(UsageKey.DEVICES, Level.LOW))
        .isEqualByComparingTo("4");
    assertThat(usage.of(UsageKey.MESSAGE_SIZE).origin()).isEqualTo(Origin.PROJECT_INPUT);
    assertThat(usage.of(UsageKey.EDITORS).origin()).isEqualTo(Origin.ASSUMED);
  }

  @Test
  void aUsageFileMayGiveThreeLevels() {
    Map<UsageKey, UsageValue> read =
        UsageFile.read(
            json(
                "{\"deviceSendingIntervalInMinutes\": {\"low\": 10, \"expected\": 5, \"high\": 1}}"),
            "u.json");
    assertThat(read.get(UsageKey.INTERVAL))
        .isEqualTo(UsageValue.of(Estimate.of("10", "5", "1"), Origin.USAGE_FILE));
  }

  @Test
  void whatIsWrongInAUsageFileIsSaidWithItsPlaceAndFix() {
    refused("{\"numberOfDevice\": 1}", "no number of this name", "numberOfDevices");
    refused("{\"numberOfDevices\": -1}", "-1", "from 0");
    refused("{\"numberOfDevices\": \"many\"}", "not a number", "devices");
    refused(
        "{\"eventTriggerRate\": {\"low\": 0.5, \"expected\": 0.1, \"high\": 1}}",
        "wrong order",
        "least");
  }

  @Test
  void ratesAreMeasuredBetweenTwoMoments() {
    MeasuredUsage measured =
        new MeasuredUsage(
            new Counts(100, 1, 0, 0),
            new Counts(220, 13, 3, 10),
            Duration.ofSeconds(30),
            4,
            Optional.of(new BigDecimal("512")));
    Map<UsageKey, UsageValue> values = measured.values();
    assertThat(values.get(UsageKey.INTERVAL).value().expected())
        .isEqualByComparingTo("0.01666666666666666666666666666666667");
    assertThat(values.get(UsageKey.INTERVAL).detail()).isEqualTo("in 30 s");
    assertThat(values.get(UsageKey.MESSAGE_SIZE).value().expected()).isEqualByComparingTo("0.5");
    assertThat(values.get(UsageKey.FAILED_SHARE).value().expected()).isEqualByComparingTo("0.025");
    assertThat(values.get(UsageKey.TRIGGER_RATE).value().expected()).isEqualByComparingTo("0.1");
    assertThat(values.get(UsageKey.REFRESHES).value().expected()).isEqualByComparingTo("1200");
  }

  @Test
  void whereNothingCameInNoRateIsMeasured() {
    Counts same = new Counts(5, 0, 0, 0);
    MeasuredUsage measured =
        new MeasuredUsage(same, same, Duration.ofSeconds(30), 4, Optional.empty());
    assertThat(measured.values()).isEmpty();
  }

  private static void refused(String file, String what, String fix) {
    assertThatThrownBy(() -> UsageFile.read(json(file), "u.json"))
        .isInstanceOf(TwinloomException.class)
        .hasMessageContaining(what)
        .satisfies(
            e -> {
              assertThat(((TwinloomException) e).where()).startsWith("u.json /");
              assertThat(((TwinloomException) e).fix()).contains(fix);
            });
  }

  private static Map<UsageKey, UsageValue> of(UsageKey key, String value, Origin origin) {
    return Map.of(key, UsageValue.of(Estimate.exactly(new BigDecimal(value)), origin));
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }
}
