package io.twinloom.model.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Provider;
import io.twinloom.model.trace.TraceParent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmazonTraceTest {

  private static final String ID = "0af76519-16cd-43dd-8448-eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @Test
  void aTraceHasTheSameDigitsForXRayAsForTheW3c() {
    String header = AmazonTrace.of(ID, SPAN, true).orElseThrow();
    assertThat(header)
        .isEqualTo("Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=1");
    assertThat(AmazonTrace.traceId(header))
        .contains(ID)
        .isEqualTo(TraceParent.traceId(TraceParent.of(ID, SPAN, true).orElseThrow()));
    assertThat(AmazonTrace.of(ID, SPAN, false).orElseThrow()).endsWith(";Sampled=0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Root=1-0af76519-16cd43dd8448eb211c80319c",
        "Self=1-67891234-12456789abcdef012345678;Root=1-0af76519-16cd43dd8448eb211c80319c",
        "Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a:0",
        "Sampled=0; Root=1-0af76519-16cd43dd8448eb211c80319c ;Parent=53995c3f42cd8ad8",
      })
  void theRootIsReadWhateverStandsBesideIt(String header) {
    assertThat(AmazonTrace.traceId(header)).contains(ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Root=",
        "Root=1-0af76519-16cd43dd8448eb211c80319",
        "Root=1-0af76519-16cd43dd8448eb211c80319cc",
        "Root=2-0af76519-16cd43dd8448eb211c80319c",
        "Root=1-00000000-000000000000000000000000",
        "NotRoot=1-0af76519-16cd43dd8448eb211c80319c",
        "Parent=1-0af76519-16cd43dd8448eb211c80319c",
      })
  void aMalformedHeaderNamesNoTrace(String header) {
    assertThat(AmazonTrace.traceId(header)).isEmpty();
  }

  @Test
  void whatIsNoTracesIdHasNoHeaderOnAnyCloud() {
    assertThat(AmazonTrace.of("trace-1", SPAN, true)).isEmpty();
    for (Provider cloud : Provider.all()) {
      assertThat(cloud.conventions().traceHeaders("trace-1", SPAN, true)).isEmpty();
    }
    assertThat(KnownClouds.AWS.conventions().traceHeaders(ID, SPAN, true))
        .isEqualTo(Map.of(AmazonTrace.HEADER, AmazonTrace.of(ID, SPAN, true).orElseThrow()));
    assertThat(KnownClouds.AZURE.conventions().traceHeaders(ID, SPAN, true)).isEmpty();
  }
}
