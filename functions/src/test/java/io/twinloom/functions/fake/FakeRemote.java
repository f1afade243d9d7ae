package io.twinloom.functions.fake;

import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Another cloud that answers what the test scripts; the last answer is repeated. With {@link
 * #leadsTo} it only remembers, and another client sends.
 */
public final class FakeRemote implements RemoteCloud {

  /** A request that came. */
  public record Request(
      String method, URI url, Map<String, String> headers, byte[] body, Duration timeout) {
    /** Its body. */
    public JsonObject json() {
      return Json.parseObject(body);
    }
  }

  @FunctionalInterface
  private interface Reply {
    Answer get() throws IOException;
  }

  private final List<Request> requests = new ArrayList<>();
  private final Deque<Reply> replies = new ArrayDeque<>();
  private Optional<RemoteCloud> cloud = Optional.empty();

  public FakeRemote answers(int status) {
    return answers(status, -1, "{}");
  }

  public FakeRemote answers(int status, long retryAfter, String body) {
    Optional<String> header =
        retryAfter < 0 ? Optional.empty() : Optional.of(Long.toString(retryAfter));
    replies.add(() -> new Answer(status, header, body.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  /** From now on requests are answered by this. */
  public FakeRemote leadsTo(RemoteCloud others) {
    cloud = Optional.of(others);
    return this;
  }

  public FakeRemote fails(IOException failure) {
    replies.add(
        () -> {
          throw failure;
        });
    return this;
  }

  public List<Request> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** The only request that came. */
  public Request onlyRequest() {
    if (requests.size() != 1) {
      throw new AssertionError("expected one request, found " + requests.size());
    }
    return requests.getFirst();
  }

  @Override
  public Answer send(
      String method, URI url, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    synchronized (requests) {
      requests.add(new Request(method, url, Map.copyOf(headers), body.clone(), timeout));
    }
    if (cloud.isPresent()) {
      return cloud.get().send(method, url, headers, body, timeout);
    }
    return scripted();
  }

  private synchronized Answer scripted() throws IOException {
    Reply reply = replies.size() > 1 ? replies.poll() : replies.peek();
    return reply == null
        ? new Answer(200, Optional.empty(), "{}".getBytes(StandardCharsets.UTF_8))
        : reply.get();
  }
}
