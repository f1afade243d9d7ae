package io.twinloom.testkit.contract;

import io.twinloom.functions.fake.FakeRemote;
import io.twinloom.functions.port.RemoteCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;

/** The recorder of the functions' own tests changes nothing of what the JDK's client does. */
class RemoteCloudContractTest implements RemoteCloudContract {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @AfterAll
  static void close() {
    CLIENT.shutdownNow();
  }

  @Override
  public RemoteCloud remote() {
    return new FakeRemote().leadsTo(RemoteCloudContractTest::send);
  }

  private static RemoteCloud.Answer send(
      String method, URI url, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .method(
                method,
                method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    // The client's own timeout ends with the head of the answer; this one covers its body too.
    CompletableFuture<HttpResponse<byte[]>> answer =
        CLIENT.sendAsync(request.build(), BodyHandlers.ofByteArray());
    try {
      HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new RemoteCloud.Answer(
          response.statusCode(), response.headers().firstValue("Retry-After"), response.body());
    } catch (TimeoutException | ExecutionException e) {
      answer.cancel(true);
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
