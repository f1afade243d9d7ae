package io.twinloom.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the type of a problem leads to. */
class ErrorTableTest {

  private final ErrorTable table = ErrorTable.load();

  @ParameterizedTest
  @ValueSource(strings = {"TL-API-NOT-FOUND", "TL-LOCAL-NO-COPY", "TL-USER-LOGIC", "TL-UNEXPECTED"})
  void aCodeOfAnyModuleHasItsMeaning(String code) {
    assertThat(table.find(code)).map(ErrorCode::code).contains(code);
    assertThat(table.find(code))
        .map(c -> c.facts().meaning())
        .hasValueSatisfying(meaning -> assertThat(meaning).endsWith("."));
    assertThat(table.find(code))
        .map(ErrorCode::httpStatus)
        .hasValueSatisfying(status -> assertThat(status).isBetween(400, 599));
  }

  @Test
  void whatIsNoCodeHasNone() {
    assertThat(table.find("TL-NOTHING")).isEmpty();
  }
}
