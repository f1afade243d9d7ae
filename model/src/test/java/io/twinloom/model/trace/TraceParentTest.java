package io.twinloom.model.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

  private static final String ID = "0af76519-16cd-43dd-8448-eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @Test
  void aTracesIdIsThatOfTheW3cWithoutHyphens() {
    assertThat(TraceParent.of(ID, SPAN, true))
        .contains("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    assertThat(TraceParent.of(ID, SPAN, false).orElseThrow()).endsWith("-00");
    assertThat(TraceParent.traceId(TraceParent.of(ID, SPAN, true).orElseThrow())).contains(ID);
  }

  @Test
  void whatIsNoUuidHasNoHeader() {
    assertThat(TraceParent.of("trace-1", SPAN, true)).isEmpty();
    assertThat(TraceParent.of("00000000-0000-0000-0000-000000000000", SPAN, true)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01",
        "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
      })
  void aMalformedHeaderNamesNoTrace(String header) {
    assertThat(TraceParent.traceId(header)).isEmpty();
  }

  @Test
  void aLaterVersionMayHaveMore() {
    assertThat(TraceParent.traceId("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-09-what"))
        .contains(ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0af7651916cd43dd8448eb211c80319c",
        "0af76519-16cd-43dd-8448-eb211c80319",
        "0af76519-16cd-43dd-8448-eb211c80319g",
        "0af76519-16cd-43dd-8448eb211-c80319c",
        "0af76519\u221216cd-43dd-8448-eb211c80319c",
        "00000000-0000-0000-0000-000000000000",
        "\u0661af76519-16cd-43dd-8448-eb211c80319c",
      })
  void onlyAUuidIsATracesId(String id) {
    assertThat(TraceId.isValid(id)).isFalse();
    assertThat(TraceId.ofW3c("0AF7651916CD43DD8448EB211C80319C")).isEqualTo(ID);
  }

  @Test
  void oneTraceInSoManyIsSampledByItsIdAlone() {
    long sampled =
        Stream.iterate(0L, i -> i + 1)
            .limit(20_000)
            .map(
                i ->
                    UUID.nameUUIDFromBytes(
                        new byte[] {(byte) (i >> 16), (byte) (i >> 8), (byte) (long) i}))
            .filter(id -> TraceSampling.DEFAULT.has(id.toString()))
            .count();
    assertThat(sampled).isBetween(130L, 270L);
    assertThat(TraceSampling.ALL.has(ID)).isTrue();
    assertThat(TraceSampling.DEFAULT.has(ID.toUpperCase(java.util.Locale.ROOT)))
        .isEqualTo(TraceSampling.DEFAULT.has(ID));
  }

  @Test
  void aSpansIdHasSixteenDigitsAndIsTheSameWhereverItIsMade() {
    assertThat(TraceParent.spanId(ID, "aws", "hall-dispatcher", 1))
        .hasSize(16)
        .isEqualTo(TraceParent.spanId(ID, "aws", "hall-dispatcher", 1))
        .isNotEqualTo(TraceParent.spanId(ID, "aws", "hall-dispatcher", 2));
  }
}
