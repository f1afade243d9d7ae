package io.twinloom.http;

import static io.twinloom.http.RawHttp.post;
import static io.twinloom.http.TestHandler.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEndpointTest extends EndpointFixture {
  @Test
  void aRequestReachesTheHandlerOfItsName() throws IOException {
    start();
    RawHttp.Response response = exchange(post("/twin-echo?a=1&b=x%20y", TOKEN, "{\"v\":1.0}"));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"v\":1.0}");
    assertThat(response.headers()).containsEntry("content-type", "application/json");
    assertThat(echo.heads.get(0).query()).isEqualTo(Map.of("a", "1", "b", "x y"));
    assertThat(echo.heads.get(0).headers()).containsEntry("x-inter-cloud-token", TOKEN);
  }

  @Test
  void aNameIsPercentDecoded() throws IOException {
    handlers.put("twin-Gerät 1+", TestHandler.echo());
    start();
    assertThat(exchange(post("/twin-Ger%C3%A4t%201+", TOKEN, "{}")).status()).isEqualTo(200);
    assertThat(exchange(post("/twin-echo%", TOKEN, "{}")).status()).isEqualTo(404);
    assertThat(exchange(post("/twin-echo/", TOKEN, "{}")).status()).isEqualTo(404);
    assertThat(exchange(post("/", TOKEN, "{}")).status()).isEqualTo(404);
  }

  @Test
  void anUnknownNameIsNotFoundWhateverElseIsWrong() throws IOException {
    start(small());
    RawHttp.Response unknown =
        exchange("DELETE /nothing HTTP/1.1\r\nContent-Length: 999999\r\n\r\n");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(error(unknown)).isNotBlank();
  }

  @Test
  void theMethodIsRefusedBeforeTheToken() throws IOException {
    start(small());
    assertThat(exchange("PUT /twin-echo HTTP/1.1\r\nContent-Length: 999999\r\n\r\n").status())
        .isEqualTo(405);
    assertThat(exchange("HEAD /twin-echo HTTP/1.1\r\nHost: x\r\n\r\n").status()).isEqualTo(405);
  }

  @Test
  void theTokenIsRefusedBeforeTheSizeAndWithoutTheBody() throws IOException {
    start(small());
    RawHttp.Response refused =
        exchange(
            "POST /twin-echo HTTP/1.1\r\n"
                + "X-Inter-Cloud-Token: wrong\r\n"
                + "Content-Length: 999999\r\n\r\n");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).doesNotContain(TOKEN);
  }

  @Test
  void aTokenThatStandsTwiceMatchesNone() throws IOException {
    start();
    String twice = "X-Inter-Cloud-Token: " + TOKEN + "\r\nX-Inter-Cloud-Token: " + TOKEN + "\r\n";
    assertThat(
            exchange("POST /twin-echo HTTP/1.1\r\n" + twice + "Content-Length: 0\r\n\r\n").status())
        .isEqualTo(403);
  }

  @Test
  void aBodyInChunksArrivesWhole() throws IOException {
    start(small());
    assertThat(
            exchange(
                    "POST /twin-echo HTTP/1.1\r\nX-Inter-Cloud-Token: "
                        + TOKEN
                        + "\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + "3\r\n"
                        + "abc\r\n"
                        + "5\r\n"
                        + "defgh\r\n"
                        + "0\r\n\r\n")
                .body())
        .isEqualTo("abcdefgh");
  }

  @Test
  void whoAsksBeforeSendingIsToldToContinueOrRefused() throws IOException {
    start(small());
    String head = "POST /twin-echo HTTP/1.1\r\nExpect: 100-continue\r\nX-Inter-Cloud-Token: ";
    try (RawHttp client = new RawHttp(endpoint.uri())) {
      client.send(head + TOKEN + "\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(100);
      client.send("{}");
      assertThat(client.read().status()).isEqualTo(200);
    }
    assertThat(exchange(head + "wrong\r\nContent-Length: 2\r\n\r\n").status()).isEqualTo(403);
  }

  @Test
  void aQueryThatCannotBeDecodedIsABadRequestOnceTheTokenIsRight() throws IOException {
    start();
    assertThat(exchange(post("/twin-echo?a=%zz", TOKEN, "{}")).status()).isEqualTo(400);
    assertThat(exchange(post("/twin-echo?a=%zz", "wrong", "{}")).status()).isEqualTo(403);
  }

  @Test
  void aParameterThatStandsTwiceIsABadRequestOnceTheTokenIsRight() throws IOException {
    start();
    assertThat(exchange(post("/twin-echo?a=1&a=2", TOKEN, "{}")).status()).isEqualTo(400);
    assertThat(exchange(post("/twin-echo?a=1&a=2", "wrong", "{}")).status()).isEqualTo(403);
  }

  @Test
  void requestsInARowOnOneConnectionAreAnsweredInTheirOrder() throws IOException {
    start();
    try (RawHttp client = new RawHttp(endpoint.uri())) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        all.append(post(i % 10 == 9 ? "/nothing" : "/twin-echo", TOKEN, "{\"n\":" + i + "}"));
      }
      client.send(all.toString());
      for (int i = 0; i < 50; i++) {
        RawHttp.Response response = client.read();
        assertThat(response.status()).isEqualTo(i % 10 == 9 ? 404 : 200);
        if (i % 10 != 9) {
          assertThat(response.body()).isEqualTo("{\"n\":" + i + "}");
        }
      }
    }
  }

  @Test
  void malformedHttpIsABadRequestAndTheEndpointGoesOn() throws IOException {
    start(small());
    for (String nonsense :
        List.of(
            "nonsense\r\n\r\n",
            "POST /twin-echo HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
            "POST /twin-echo HTTP/1.1\r\nContent-Length: abc\r\n\r\n",
            "POST /twin-echo HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
            "POST /twin-echo HTTP/1.1\r\nbad header\r\n\r\n")) {
      try (RawHttp client = new RawHttp(endpoint.uri())) {
        RawHttp.Response response = client.send(nonsense).read();
        assertThat(response.status()).as(nonsense).isEqualTo(400);
        assertThat(error(response)).doesNotContain("Exception");
      }
    }
    assertThat(exchange(post("/twin-echo", TOKEN, "{}")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zz\\r\\nabc | 400",
        "3;\\r\\nabc\\r\\n-1\\r\\n | 400",
        "3\\r\\nabc\\r\\n99999999999\\r\\n | 400",
        "0\\r\\nx: {long}\\r\\n\\r\\n | 431"
      })
  @DisplayName("a body's chunks are malformed")
  void aChunkThatIsMalformedIsABadRequestAndEndsTheConnection(String chunks, int status)
      throws IOException {
    start(small());
    try (RawHttp client = new RawHttp(endpoint.uri())) {
      client.send(
          "POST /twin-echo HTTP/1.1\r\nX-Inter-Cloud-Token: "
              + TOKEN
              + "\r\nTransfer-Encoding: chunked\r\n\r\n"
              + chunks.replace("\\r\\n", "\r\n").replace("{long}", "x".repeat(3_000)));
      assertThat(client.read().status()).isEqualTo(status);
      assertThat(client.ended()).isTrue();
    }
    assertThat(echo.bodies).isEmpty();
    assertThat(exchange(post("/twin-echo", TOKEN, "{}")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ZZ\\r\\nabc\\r\\n", "-1\\r\\n", "FFFFFFFFFFFFFFFFF\\r\\n"})
  void aRefusalIsSentThoughTheBodyThatComesWithItIsMalformed(String chunks) throws IOException {
    start(small());
    try (RawHttp client = new RawHttp(endpoint.uri())) {
      client.send(
          "POST /twin-echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
              + chunks.replace("\\r\\n", "\r\n"));
      assertThat(client.read().status()).isEqualTo(403);
      assertThat(client.ended()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Content-Length: 0\r\nHost: a\r\nHost: b"
      })
  void aRequestThatCouldBeReadInTwoWaysIsABadRequest(String headers) throws IOException {
    start(small());
    RawHttp.Response response =
        exchange(
            "POST /twin-echo HTTP/1.1\r\nX-Inter-Cloud-Token: "
                + TOKEN
                + "\r\n"
                + headers
                + "\r\n\r\n0\r\n\r\n");
    assertThat(response.status()).isEqualTo(400);
    assertThat(echo.bodies).isEmpty();
  }

  @Test
  void whatAFunctionThrowsStaysInside() throws IOException {
    handlers.put(
        "twin-broken",
        TestHandler.doing(
            (head, body) -> {
              throw new IllegalStateException("inner secret");
            }));
    start();
    RawHttp.Response response = exchange(post("/twin-broken", TOKEN, "{}"));
    assertThat(response.status()).isEqualTo(500);
    assertThat(error(response)).doesNotContain("secret").doesNotContain("Exception");
  }

  @Test
  void manyRequestsAtOnceEachGetTheirOwnAnswer() throws Exception {
    start();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int caller = 0; caller < 20; caller++) {
        int n = caller;
        all.add(
            callers.submit(
                () -> {
                  try (RawHttp client = new RawHttp(endpoint.uri())) {
                    boolean right = true;
                    for (int i = 0; i < 50; i++) {
                      String body = "{\"caller\":" + n + ",\"i\":" + i + "}";
                      right &=
                          client.send(post("/twin-echo", TOKEN, body)).read().body().equals(body);
                    }
                    return right;
                  }
                }));
      }
      for (Future<Boolean> one : all) {
        assertThat(one.get(60, TimeUnit.SECONDS)).isTrue();
      }
    }
  }
}
