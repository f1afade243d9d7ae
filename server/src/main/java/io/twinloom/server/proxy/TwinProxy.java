package io.twinloom.server.proxy;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.http.Response;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.NetworkFailure;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.projects.TwinPlaces.Address;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Passes requests on to the processes of twins. Safe for threads. */
public final class TwinProxy implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration READ = Duration.ofMinutes(2);

  /** A mover takes as long as it takes. */
  private static final Duration CHANGE = Duration.ofHours(12);

  /** What of a request matters to the twin: who asks, what is sent, and what is wanted. */
  private static final List<String> HEADERS =
      List.of("accept", "content-type", "if-match", "sec-fetch-site", "user-agent");

  private static final String PROJECTS = "/projects/";

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(CONNECT)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  /** Hands a request about a project on. */
  Response forward(Address twin, ApiRequest request) {
    String path = request.head().path();
    int rest = path.indexOf('/', PROJECTS.length());
    String own =
        PROJECTS + URLEncoder.encode(twin.twin(), StandardCharsets.UTF_8).replace("+", "%20");
    return forward(twin, request, own + (rest < 0 ? "" : path.substring(rest)));
  }

  /**
   * Passes a request on under another path.
   *
   * @param path percent-encoded
   */
  Response forward(Address twin, ApiRequest request, String path) {
    String query = query(twin, request);
    URI address = URI.create(twin.api() + path + (query.isEmpty() ? "" : "?" + query));
    String method = request.head().method().equals("HEAD") ? "GET" : request.head().method();
    boolean reads = method.equals("GET");
    HttpRequest.Builder sent =
        HttpRequest.newBuilder(address)
            .timeout(reads ? READ : CHANGE)
            .method(
                method,
                request.body().length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(request.body()));
    for (String name : HEADERS) {
      request.header(name).ifPresent(value -> sent.setHeader(name, value));
    }
    try {
      return response(send(sent.build(), reads));
    } catch (IOException e) {
      throw unreachable(twin, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(twin, e);
    }
  }

  /** A project that a parameter names has the name of its twin there. */
  private static String query(Address twin, ApiRequest request) {
    return Arrays.stream(request.head().rawQuery().split("&", -1))
        .map(
            part ->
                part.startsWith("project=")
                    ? "project=" + URLEncoder.encode(twin.twin(), StandardCharsets.UTF_8)
                    : part)
        .collect(Collectors.joining("&"));
  }

  /**
   * The client loses a request on a connection that was closed just now: what reads is sent again.
   */
  private HttpResponse<byte[]> send(HttpRequest request, boolean again)
      throws IOException, InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      if (again) {
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      }
      throw e;
    }
  }

  private static Response response(HttpResponse<byte[]> answer) {
    Response response =
        new Response(
            answer.statusCode(),
            answer.headers().firstValue("content-type").orElse("application/octet-stream"),
            answer.body());
    for (String name :
        List.of("Cache-Control", "Content-Disposition", "X-Content-Type-Options", "Allow")) {
      Optional<String> value = answer.headers().firstValue(name);
      if (value.isPresent()) {
        response = response.with(name, value.get());
      }
    }
    return response;
  }

  /**
   * Opens the stream of a twin's live events; the caller closes it.
   *
   * @param query of the address
   * @throws IOException if the twin does not answer with one
   */
  InputStream events(Address twin, String query, Optional<String> last)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(twin.api() + "/events?" + query)).timeout(READ);
    last.ifPresent(id -> request.setHeader("Last-Event-ID", id));
    HttpResponse<InputStream> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      answer.body().close();
      throw new IOException("status " + answer.statusCode());
    }
    return answer.body();
  }

  private static TwinloomException unreachable(Address twin, Exception cause) {
    return new TwinloomException(
        DeployerError.LOCAL_UNREACHABLE,
        "The running twin does not answer: " + NetworkFailure.reason(cause) + ".",
        twin.api().toString(),
        DeployerError.LOCAL_UNREACHABLE.fix(),
        true,
        cause);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
