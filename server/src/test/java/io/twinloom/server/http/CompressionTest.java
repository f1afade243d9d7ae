package io.twinloom.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.http.RequestHead;
import io.twinloom.http.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {

  private static final byte[] LARGE = "{\"a\":1}\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);

  private static RequestHead taking(String encodings) {
    Map<String, String> headers =
        encodings.isEmpty() ? Map.of() : Map.of("accept-encoding", encodings);
    return new RequestHead("GET", "/x", headers, Map.of(), "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "deflate, gzip;q=0.5", "br;q=1.0, *;q=0.1", "x-gzip"})
  void whoTakesGzipGetsIt(String encodings) throws IOException {
    Response packed = Compression.of(taking(encodings), Response.json(200, LARGE));

    assertThat(packed.headers())
        .containsEntry("Content-Encoding", "gzip")
        .containsEntry("Vary", "Accept-Encoding");
    assertThat(packed.body().length).isLessThan(LARGE.length / 10);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
        .isEqualTo(LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "br", "gzip;q=0", "gzip; q=0.000", "*;q=0", "identity", "gzip;q=0, *"})
  void whoDoesNotGetsItAsItIs(String encodings) {
    Response plain = Compression.of(taking(encodings), Response.json(200, LARGE));

    assertThat(plain.headers())
        .doesNotContainKey("Content-Encoding")
        .containsEntry("Vary", "Accept-Encoding");
    assertThat(plain.body()).isEqualTo(LARGE);
  }

  @Test
  void whatIsSmallOrAProblemOrPackedAlreadyStaysAsItIs() {
    assertThat(isPacked(Response.json(200, new byte[1_000]))).isFalse();
    assertThat(isPacked(new Response(400, Problems.MEDIA_TYPE, LARGE))).isFalse();
    assertThat(isPacked(new Response(200, "application/zip", LARGE))).isFalse();
    assertThat(isPacked(new Response(200, "text/event-stream", LARGE))).isFalse();
    assertThat(isPacked(Response.ofFile(200, "application/json", Path.of("x")))).isFalse();
  }

  private static boolean isPacked(Response response) {
    return Compression.of(taking("gzip"), response).headers().containsKey("Content-Encoding");
  }

  @Test
  void aFileOfThePageHasATagOfItsOwnWhereItIsPacked() {
    StaticFiles files = new StaticFiles(Optional.empty());
    Response whole = files.file(request(taking("")), "main.js");
    Response packed = files.file(request(taking("gzip")), "main.js");

    assertThat(packed.headers()).containsEntry("Content-Encoding", "gzip");
    assertThat(packed.body().length).isLessThan(whole.body().length);
    String tag = packed.headers().getOrDefault("ETag", "");
    assertThat(whole.headers().get("ETag")).isNotEqualTo(tag);
    RequestHead again =
        new RequestHead(
            "GET",
            "/web/main.js",
            Map.of("accept-encoding", "gzip", "if-none-match", tag),
            Map.of(),
            "");
    assertThat(files.file(request(again), "main.js").status()).isEqualTo(304);
  }

  private static ApiRequest request(RequestHead head) {
    return new ApiRequest("id", head, Map.of(), new byte[0]);
  }
}
