package io.twinloom.functions.intercloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeRemote.Request;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.settings.RemoteRouteSetting.Route.Remote;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.error.NetworkFailure;
import io.twinloom.model.trace.TraceParent;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteSenderTest {

  private static final URI URL = URI.create("https://user:pw@azure.test:444/w?code=geheim#x");
  private static final byte[] BODY = {1, 2, 3};

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
  private final RemoteSender sender = cloud.senders().to(new Remote(URL, Twin.TOKEN));

  static List<IOException> networkErrors() {
    return List.of(
        new ConnectException("Connection refused"),
        new UnknownHostException("azure.test"),
        new HttpTimeoutException("request timed out"),
        new IOException());
  }

  @Test
  void aSuccessIsPostedOnceWithItsHeaders() {
    cloud.remote.answers(200, -1, "{\"id\": 1}");
    assertThat(sender.post(BODY, "trace-1", "key-1")).asString().isEqualTo("{\"id\": 1}");
    Request request = cloud.remote.onlyRequest();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.url()).isEqualTo(URL);
    assertThat(request.body()).isEqualTo(BODY);
    assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(request.headers())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("X-Inter-Cloud-Token", Twin.TOKEN)
        .containsEntry("Idempotency-Key", "key-1");
    assertThat(cloud.pauses).isEmpty();
  }

  @Test
  void aRequestSaysOfWhichTraceItIsAndWhichFunctionSendsIt() {
    String trace = "3f0e6c1e-0000-4000-8000-000000000001";
    RemoteSender called =
        cloud.senders().calledBy("plant-connector").to(new Remote(URL, Twin.TOKEN));
    cloud.remote.answers(200, -1, "{}");

    called.post(BODY, trace, "key-1");

    assertThat(cloud.remote.onlyRequest().headers())
        .containsEntry(
            "traceparent",
            "00-3f0e6c1e000040008000000000000001-"
                + TraceParent.spanId(trace, "aws", "plant-connector", 1)
                + "-00")
        .containsEntry(
            "X-Amzn-Trace-Id",
            "Root=1-3f0e6c1e-000040008000000000000001;Parent="
                + TraceParent.spanId(trace, "aws", "plant-connector", 1)
                + ";Sampled=0");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 599, 429, 408})
  void whatMayPassIsTriedAgainThreeTimesWithDoublingDelays(int status) {
    cloud.remote.answers(status);
    RemoteException failure = failure();
    assertThat(failure.retryable()).isTrue();
    assertThat(failure.attempts()).isEqualTo(4);
    assertThat(cloud.remote.requests()).hasSize(4);
    assertThat(cloud.pauses).hasSize(3);
    assertThat(cloud.pauses.get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(cloud.pauses.get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(cloud.pauses.get(2)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @ParameterizedTest
  @MethodSource("networkErrors")
  void aNetworkErrorIsTriedAgainAndDescribed(IOException error) {
    cloud.remote.fails(error);
    RemoteException failure = failure();
    assertThat(failure.retryable()).isTrue();
    assertThat(failure.status()).isZero();
    assertThat(failure.attempts()).isEqualTo(4);
    assertThat(failure.what())
        .contains(
            "https://azure.test:444/w", NetworkFailure.reason(error), "after 4 attempts", "trace-1")
        .doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 409, 413, 422, 301, 302, 307})
  void aRefusalFailsAtOnce(int status) {
    cloud.remote.answers(status);
    RemoteException failure = failure();
    assertThat(failure.isRefusal()).isTrue();
    assertThat(failure.status()).isEqualTo(status);
    assertThat(cloud.remote.requests()).hasSize(1);
    assertThat(cloud.pauses).isEmpty();
    assertThat(failure)
        .hasMessage(
            "https://azure.test:444/w answered " + status + " after 1 attempt (trace trace-1).");
  }

  @Test
  void aSuccessAfterFailuresIsASuccess() {
    cloud.remote.answers(503).fails(new IOException("reset")).answers(200, -1, "ok");
    assertThat(sender.post(BODY, "t", "k")).asString().isEqualTo("ok");
    assertThat(cloud.remote.requests()).hasSize(3);
  }

  @Test
  void allTriesCarryTheSameKeyAndBody() {
    cloud.remote.answers(503);
    failure();
    assertThat(cloud.remote.requests())
        .allSatisfy(
            request -> {
              assertThat(request.headers()).containsEntry("Idempotency-Key", "key-1");
              assertThat(request.body()).isEqualTo(BODY);
            });
  }

  @Test
  void aPauseThatTheReceiverAsksForIsHonouredUpToThirtySeconds() {
    cloud.remote.answers(503, 7, "").answers(429, 3_600, "").answers(503, 0, "").answers(200);
    sender.post(BODY, "t", "k");
    assertThat(cloud.pauses.get(0)).isEqualTo(Duration.ofSeconds(7));
    assertThat(cloud.pauses.get(1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(cloud.pauses.get(2)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void theErrorShowsNoSecretOfTheAddressNorTheToken() {
    cloud.remote.fails(new IOException("bad header " + Twin.TOKEN));
    RemoteException failure = failure();
    assertThat(failure.what() + failure.where() + failure.fix() + failure)
        .contains("(bad header ***)")
        .doesNotContain(Twin.TOKEN, "geheim", "user", "pw");
    assertThat(failure.getCause()).isNull();
  }

  @Test
  void aReceiverThatFailsTenTimesIsNotAskedForAWhileByAnybody() {
    cloud.remote.answers(503);
    failure();
    failure();
    RemoteException third = failure();
    assertThat(third.attempts()).as("its second failure is the tenth").isEqualTo(2);
    assertThat(third.isCircuitOpen()).isFalse();
    RemoteSender another = cloud.senders().to(new Remote(URL, Twin.TOKEN));
    RemoteException held =
        catchThrowableOfType(RemoteException.class, () -> another.post(BODY, "trace-2", "key-2"));
    assertThat(held.isCircuitOpen()).isTrue();
    assertThat(held.retryable()).isTrue();
    assertThat(held.isRefusal()).isFalse();
    assertThat(held)
        .hasMessageContaining("https://azure.test:444/w")
        .hasMessageContaining("trace-2");
    assertThat(cloud.remote.requests()).hasSize(10);
  }

  @Test
  void refusalsSayThatTheReceiverIsWell() {
    cloud.remote.answers(400);
    for (int i = 0; i < 50; i++) {
      assertThat(failure().isRefusal()).isTrue();
    }
    assertThat(cloud.remote.requests()).hasSize(50);
  }

  @Test
  void anInterruptionEndsTheTrying() {
    cloud.remote.answers(503);
    FunctionRuntime interrupting =
        new FunctionRuntime(
            KnownClouds.AWS,
            cloud.runtime().clock(),
            cloud.runtime().random(),
            cloud.runtime().traceIds(),
            duration -> {
              throw new InterruptedException();
            });
    RemoteSenders senders =
        new RemoteSenders(cloud.remote, cloud.senders().circuits(), interrupting);
    try {
      assertThatThrownBy(() -> senders.to(new Remote(URL, Twin.TOKEN)).post(BODY, "t", "k"))
          .isInstanceOf(RemoteException.class);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(cloud.remote.requests()).hasSize(1);
  }

  private RemoteException failure() {
    return catchThrowableOfType(RemoteException.class, () -> sender.post(BODY, "trace-1", "key-1"));
  }
}
