package io.twinloom.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class TimeArgumentTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final TimeArgument times = new TimeArgument(() -> NOW);

  @ParameterizedTest
  @CsvSource({
    "now, 2026-03-01T12:00:00Z",
    "-30s, 2026-03-01T11:59:30Z",
    "-5m, 2026-03-01T11:55:00Z",
    "-1h, 2026-03-01T11:00:00Z",
    "-2d, 2026-02-27T12:00:00Z",
    "2026-02-01, 2026-02-01T00:00:00Z",
    "2026-02-01T12:30:00+01:00, 2026-02-01T11:30:00Z",
    "1767225600, 2026-01-01T00:00:00Z"
  })
  void aTimeIsSoLongAgoOrWhatADeviceMaySend(String text, Instant expected) {
    assertThat(times.convert(text)).isEqualTo(expected);
  }

  @Test
  void whatIsNoTimeIsRefusedWithTheForms() {
    assertThatThrownBy(() -> times.convert("soon"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("\"soon\" cannot be read as a time")
        .hasMessageContaining("2026-03-01T12:00:00Z");
  }

  @Test
  void aDurationWithoutItsMinusIsToldHowToWriteIt() {
    assertThatThrownBy(() -> times.convert("1h")).hasMessageContaining("write -1h");
  }
}
