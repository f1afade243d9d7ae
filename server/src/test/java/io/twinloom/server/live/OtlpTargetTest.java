package io.twinloom.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpTargetTest {

  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";

  @Test
  void noSpansAreSentWhereNobodyIsNamed() {
    assertThat(OtlpTarget.of(Map.of())).isEmpty();
    assertThat(OtlpTarget.of(Map.of(ENDPOINT, " "))).isEmpty();
  }

  @Test
  void theAddressOfTracesIsTakenAsItIs() {
    Map<String, String> both =
        Map.of(ENDPOINT, "http://a:4318", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://b/t");

    assertThat(OtlpTarget.of(both).orElseThrow()).hasToString("http://b/t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"collector:4318", "ftp://a", "http://", "http://a b", "/v1"})
  void anAddressThatIsNotOneOfHttpIsRefusedByTheNameOfItsVariable(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OtlpTarget.of(Map.of(ENDPOINT, address)))
        .withMessageContaining(ENDPOINT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"host=hidden", "a b=hidden", "x=hidden%0d%0a", "x=hidden%2"})
  void aHeaderThatCannotBeSentIsRefusedWithoutItsValue(String pair) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> OtlpTarget.of(Map.of(ENDPOINT, "http://a", HEADERS, "x-api-key=1," + pair)))
        .withMessageContaining(HEADERS)
        .withMessageNotContaining("hidden");
  }
}
