package io.twinloom.server.proxy;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.http.Response;
import io.twinloom.http.ResponseStream;
import io.twinloom.http.StreamOpener;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.deploy.ServedTargets;
import io.twinloom.server.deploy.ServedTargets.Running;
import io.twinloom.server.error.ServerError;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.projects.Projects;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the server of a project's twin. What is asked here was checked by this server; there it is a
 * request of a program on loopback. Safe for threads.
 */
public final class TwinProxy {

  private static final String PROJECT = "project";
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** A mover takes as long as it takes. */
  private static final Duration LONGEST = Duration.ofHours(12);

  private static final List<String> PASSED_ON =
      List.of("content-type", "accept", "if-none-match", "if-match", "last-event-id");

  private static final List<String> PASSED_BACK =
      List.of("cache-control", "etag", "allow", "retry-after", "content-disposition");

  private final Projects projects;
  private final ServedTargets targets;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1).build();

  public TwinProxy(Projects projects, ServedTargets targets) {
    this.projects = projects;
    this.targets = targets;
  }

  private Running running(String project) {
    return targets
        .running(projects.source(project))
        .orElseThrow(
            () ->
                new TwinloomException(
                    ServerError.API_NOT_RUNNING,
                    "The twin of \"" + project + "\" does not run on this machine.",
                    project));
  }

  /** The answer of the twin's server to a request about a project. */
  public Response pass(ApiRequest request) {
    String project = request.in(PROJECT);
    Running running = running(project);
    // The first two segments name the project, which has the twin's name there.
    String rest = request.head().path().split("/", 4)[3];
    return answer(
        request, URI.create(running.api() + "/projects/" + encoded(running.twin()) + "/" + rest));
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Response answer(ApiRequest request, URI address) {
    String query = request.head().rawQuery();
    return send(request, query.isEmpty() ? address : URI.create(address + "?" + query));
  }

  private Response send(ApiRequest request, URI whole) {
    HttpRequest.Builder asked =
        HttpRequest.newBuilder(whole)
            .timeout(LONGEST)
            .method(
                request.head().method().equals("HEAD") ? "GET" : request.head().method(),
                HttpRequest.BodyPublishers.ofByteArray(request.body()));
    for (String name : PASSED_ON) {
      request.header(name).ifPresent(value -> asked.header(name, value));
    }
    asked.header("User-Agent", "twinloom");
    try {
      HttpResponse<byte[]> answer =
          http.send(asked.build(), HttpResponse.BodyHandlers.ofByteArray());
      Response response =
          new Response(
              answer.statusCode(),
              answer.headers().firstValue("content-type").orElse("application/json"),
              answer.body());
      for (String name : PASSED_BACK) {
        Optional<String> value = answer.headers().firstValue(name);
        if (value.isPresent()) {
          response = response.with(name, value.get());
        }
      }
      return response;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(whole, e);
    } catch (IOException e) {
      throw unreachable(whole, e);
    }
  }

  private static TwinloomException unreachable(URI address, Exception e) {
    return new TwinloomException(
        DeployerError.LOCAL_UNREACHABLE,
        e instanceof ConnectException
            ? "The twin's process does not answer: it has just ended, or hangs."
            : "The twin's process does not answer: " + e.getClass().getSimpleName() + ".",
        address.getAuthority(),
        DeployerError.LOCAL_UNREACHABLE.fix(),
        e);
  }

  /** The same of a request that names its project in the query. */
  public Response passNamed(ApiRequest request) {
    String project =
        Optional.ofNullable(request.head().query().get(PROJECT))
            .orElseThrow(() -> ApiException.parameter(PROJECT, "\"project\" is missing."));
    Running running = running(project);
    StringBuilder query = new StringBuilder();
    request
        .head()
        .query()
        .forEach(
            (name, value) ->
                query
                    .append(query.isEmpty() ? '?' : '&')
                    .append(encoded(name))
                    .append('=')
                    .append(encoded(name.equals(PROJECT) ? running.twin() : value)));
    return send(request, URI.create(running.api() + request.head().path() + query));
  }

  /** A trace of whichever twin has it. */
  public Response trace(ApiRequest request) {
    for (String id : projects.ids()) {
      Optional<Running> running = targets.running(projects.source(id));
      if (running.isPresent()) {
        Response answer =
            answer(
                request,
                URI.create(running.get().api() + "/traces/" + encoded(request.in("trace"))));
        if (answer.status() != 404) {
          return answer;
        }
      }
    }
    throw ApiException.notFound("No twin that runs has a line of this trace.", request.in("trace"));
  }

  /** The metrics of all twins that run, one after the other. */
  public Response metrics(ApiRequest request) {
    StringBuilder all = new StringBuilder();
    for (String id : projects.ids()) {
      Optional<Running> running = targets.running(projects.source(id));
      if (running.isPresent()) {
        Response answer = answer(request, URI.create(running.get().api() + "/metrics"));
        all.append(MetricText.merged(all.isEmpty(), answer.body()));
      }
    }
    return new Response(
        200,
        "text/plain; version=0.0.4; charset=utf-8",
        all.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The live events of a project's twin. */
  public StreamOpener events(ApiRequest request) {
    String project =
        Optional.ofNullable(request.head().query().get(PROJECT))
            .orElseThrow(() -> ApiException.parameter(PROJECT, "\"project\" is missing."));
    Running running = running(project);
    String topics =
        Optional.ofNullable(request.head().query().get("topics"))
            .orElseThrow(() -> ApiException.parameter("topics", "\"topics\" is missing."));
    HttpRequest.Builder asked =
        HttpRequest.newBuilder(
            URI.create(
                running.api()
                    + "/events?topics="
                    + URLEncoder.encode(topics, StandardCharsets.UTF_8)));
    request.header("last-event-id").ifPresent(id -> asked.header("Last-Event-ID", id));
    return new Events(http, asked.build());
  }

  /** Lines of another server's stream, passed on as they come. */
  private record Events(HttpClient http, HttpRequest asked) implements StreamOpener {
    @Override
    public String contentType() {
      return "text/event-stream";
    }

    @Override
    public Map<String, String> headers() {
      return Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no");
    }

    @Override
    public void opened(ResponseStream stream) {
      var unused = Thread.startVirtualThread(() -> pass(stream));
    }

    /** A client that is too slow is cut, and asks again with the last event that it has. */
    private void pass(ResponseStream stream) {
      try {
        HttpResponse<InputStream> answer =
            http.send(asked, HttpResponse.BodyHandlers.ofInputStream());
        stream.onClose(() -> close(answer.body()));
        try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
          StringBuilder event = new StringBuilder();
          for (String line; (line = lines.readLine()) != null; ) {
            event.append(line).append('\n');
            if (line.isEmpty()) {
              if (!stream.write(event.toString())) {
                break;
              }
              event.setLength(0);
            }
          }
        }
      } catch (IOException e) {
        // The twin has ended: the client sees the stream end, and asks again.
        stream.close();
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      stream.close();
    }

    private static void close(InputStream body) {
      try {
        body.close();
      } catch (IOException e) {
        // It is gone already.
        return;
      }
    }
  }
}
