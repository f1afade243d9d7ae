package io.twinloom.model.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.Json;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-01-02T03:04:05Z               | 2026-01-02T03:04:05.000000Z",
        "2026-01-02T03:04:05                | 2026-01-02T03:04:05.000000Z",
        "2026-01-02t03:04:05z               | 2026-01-02T03:04:05.000000Z",
        "2026-01-02 03:04:05                | 2026-01-02T03:04:05.000000Z",
        "2026-01-02T03:04Z                  | 2026-01-02T03:04:00.000000Z",
        "2026-01-02                         | 2026-01-02T00:00:00.000000Z",
        "20260102T030405Z                   | 2026-01-02T03:04:05.000000Z",
        "20260102T0304                      | 2026-01-02T03:04:00.000000Z",
        "2026-01-02T03:04:05.1Z             | 2026-01-02T03:04:05.100000Z",
        "2026-01-02T03:04:05,25Z            | 2026-01-02T03:04:05.250000Z",
        "2026-01-02T03:04:05.123456Z        | 2026-01-02T03:04:05.123456Z",
        "2026-01-02T03:04:05.1234569999Z    | 2026-01-02T03:04:05.123456Z",
        "2026-01-02T03:04:05+01:00          | 2026-01-02T02:04:05.000000Z",
        "2026-01-02T03:04:05.5-0330         | 2026-01-02T06:34:05.500000Z",
        "2026-01-01T00:30:00+01             | 2025-12-31T23:30:00.000000Z",
        "2026-12-31T23:30:00-23:59          | 2027-01-01T23:29:00.000000Z",
        "2026-01-02T03:04:05-00:00          | 2026-01-02T03:04:05.000000Z",
        "2024-02-29T00:00:00Z               | 2024-02-29T00:00:00.000000Z",
        "2000-02-29T12:00:00Z               | 2000-02-29T12:00:00.000000Z",
        "0000-01-01T00:00:00Z               | 0000-01-01T00:00:00.000000Z",
        "9999-12-31T23:59:59.999999Z        | 9999-12-31T23:59:59.999999Z",
        "1969-12-31T23:59:59.9Z             | 1969-12-31T23:59:59.900000Z",
      })
  void isoTimesWithAnyOffsetAreStoredInUtcWithSixDigits(String given, String stored) {
    assertThat(Timestamps.read(given)).isEqualTo(stored);
    assertThat(Timestamps.read("  " + given + "\t")).isEqualTo(stored);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00.000000Z",
    "1767225600, 2026-01-01T00:00:00.000000Z",
    "1767225600.5, 2026-01-01T00:00:00.500000Z",
    "1767225600.1234569, 2026-01-01T00:00:00.123456Z",
    "1.7672256e9, 2026-01-01T00:00:00.000000Z",
    "1767225600000, 2026-01-01T00:00:00.000000Z",
    "1767225600123, 2026-01-01T00:00:00.123000Z",
    "1767225600123.4567, 2026-01-01T00:00:00.123456Z",
    "1000000000001, 2001-09-09T01:46:40.001000Z",
    "1000000000000.5, 2001-09-09T01:46:40.000500Z",
    "253402300799, 9999-12-31T23:59:59.000000Z",
    "-1, 1969-12-31T23:59:59.000000Z",
    "-0.0000001, 1969-12-31T23:59:59.999999Z",
    "0.0000009, 1970-01-01T00:00:00.000000Z",
    "1e-9999, 1970-01-01T00:00:00.000000Z",
    "-62167219200, 0000-01-01T00:00:00.000000Z",
  })
  void epochTimesAreSecondsOrAboveATrillionMillisecondsAsNumberOrText(String given, String stored) {
    assertThat(Timestamps.read(value(given))).isEqualTo(stored);
    assertThat(Timestamps.read(value("\" " + given + " \""))).isEqualTo(stored);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2026-13-01T00:00:00Z",
        "2026-00-10T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-01-02T24:00:00Z",
        "2026-01-02T25:00:00Z",
        "2026-01-02T03:60:00Z",
        "2026-01-02T03:04:60Z",
        "2016-12-31T23:59:60Z",
        "2026-01-02T03:04:05.Z",
        "2026-01-02T03",
        "2026-01-02T",
        "2026-01",
        "2026-1-2T03:04:05Z",
        "26-01-02T03:04:05Z",
        "+12026-01-02T03:04:05Z",
        "2026-01-02T03:04:05+24:00",
        "2026-01-02T03:04:05+01:60",
        "2026-01-02T03:04:05+1",
        "2026-01-02T03:04:05ZZ",
        "2026-01-02T03:04:05 Europe/Vienna",
        "2026-W01-5",
        "0000-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "٢٠٢٦-٠١-٠٢T٠٣:٠٤:٠٥Z",
        "1e3000000000",
        "1e99",
        "-62167219201",
        "253402300800",
        "1000000000000",
        "253402300800000",
        "1.2.3",
        "--5",
        "1e",
        "e5",
        "-",
        ".",
        "NaN",
        "Infinity",
        "0x10",
      })
  void whatIsNoTimeOrOutOfRangeIsNotRead(String given) {
    assertThat(Timestamps.read(given)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "{}", "[]", "null", "[1767225600]"})
  void onlyTextsAndNumbersAreTimes(String json) {
    assertThat(Timestamps.read(value(json))).isNull();
  }

  @Test
  void aNumberOfAbsurdLengthIsRefusedQuickly() {
    assertThat(Timestamps.read("1" + "0".repeat(100_000))).isNull();
  }

  @Test
  void nullAndBlankCountAsAbsent() {
    assertThat(Timestamps.isAbsent(null)).isTrue();
    assertThat(Timestamps.isAbsent(value("null"))).isTrue();
    assertThat(Timestamps.isAbsent(value("\" \\t\""))).isTrue();
    assertThat(Timestamps.isAbsent(value("0"))).isFalse();
    assertThat(Timestamps.isAbsent(value("false"))).isFalse();
  }

  @Test
  void anInstantIsCutToMicroseconds() {
    assertThat(Timestamps.of(Instant.parse("2026-01-02T03:04:05.123456789Z")))
        .isEqualTo("2026-01-02T03:04:05.123456Z");
    assertThat(Timestamps.of(Instant.ofEpochSecond(-1, 999_999_999)))
        .isEqualTo("1969-12-31T23:59:59.999999Z");
  }

  @Test
  void aMicrosecondIsAddedOverAllBounds() {
    assertThat(Timestamps.plusMicros("2023-12-31T23:59:59.999999Z", 1))
        .isEqualTo("2024-01-01T00:00:00.000000Z");
    assertThat(Timestamps.plusMicros("2024-01-01T00:00:00.000000Z", -1))
        .isEqualTo("2023-12-31T23:59:59.999999Z");
    assertThat(Timestamps.plusMicros(Timestamps.MAX, 1)).isNull();
    assertThat(Timestamps.after(Timestamps.MAX)).isEqualTo(Timestamps.END);
    assertThat(Timestamps.before(Timestamps.END)).isEqualTo(Timestamps.MAX);
    assertThat(Timestamps.before(Timestamps.MIN)).isNull();
    assertThat(Timestamps.END)
        .isGreaterThan(Timestamps.MAX)
        .matches(end -> !Timestamps.isStored(end));
    assertThat(Timestamps.plusMicros(Timestamps.MIN, -1)).isNull();
  }

  private static JsonValue value(String json) {
    try {
      return Json.parse(json);
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
