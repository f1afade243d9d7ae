package io.twinloom.model.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkFailureTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new UnknownHostException("h"), "its name is not found"),
        Arguments.of(
            caused(new ConnectException(), new UnresolvedAddressException()),
            "its name is not found"),
        Arguments.of(new SocketTimeoutException("Read timed out"), "it did not answer in time"),
        Arguments.of(
            caused(new HttpConnectTimeoutException("x"), new ConnectException()),
            "it did not answer in time"),
        Arguments.of(new ConnectException("Connection refused"), "the connection was refused"),
        Arguments.of(
            caused(new ConnectException(), new ClosedChannelException()),
            "the connection was refused"),
        Arguments.of(new NoRouteToHostException("No route"), "its address cannot be reached"),
        Arguments.of(new SSLHandshakeException("x"), "no encrypted connection can be made"),
        Arguments.of(new SocketException("Connection reset"), "the connection was closed"),
        Arguments.of(new EOFException(), "the connection was closed"),
        Arguments.of(
            caused(new IOException("No whole answer came"), new IOException("Broken pipe")),
            "the connection was closed"),
        Arguments.of(new IOException("a secret"), "the connection failed"));
  }

  private static Throwable caused(Throwable e, Throwable by) {
    return e.initCause(by);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsSaidInPlainWords(Throwable e, String words) {
    assertThat(NetworkFailure.reason(e)).isEqualTo(words);
  }

  @Test
  void whatIsNotOfTheNetworkIsNotSaidToBe() {
    assertThat(NetworkFailure.known(new IllegalStateException("no credentials"))).isEmpty();
  }

  @Test
  void thePlatformsClientFailsSo() throws Exception {
    int unused;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = server.getLocalPort();
    }
    assertThat(NetworkFailure.reason(failure("http://127.0.0.1:" + unused)))
        .isEqualTo("the connection was refused");
    assertThat(NetworkFailure.reason(failure("http://not-there.invalid")))
        .isEqualTo("its name is not found");
  }

  private static Throwable failure(String address) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(30)).build();
      return catchThrowable(() -> client.send(request, BodyHandlers.discarding()));
    }
  }
}
