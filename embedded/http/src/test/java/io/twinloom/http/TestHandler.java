package io.twinloom.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** A handler that refuses as the contract says, and then does what a test wants. */
final class TestHandler implements RequestHandler {
  static final String TOKEN = "secret-of-this-connection-0123456789";

  final List<RequestHead> heads = new CopyOnWriteArrayList<>();
  final List<String> bodies = new CopyOnWriteArrayList<>();
  private final BiFunction<RequestHead, byte[], Response> work;

  private TestHandler(BiFunction<RequestHead, byte[], Response> work) {
    this.work = work;
  }

  static TestHandler doing(BiFunction<RequestHead, byte[], Response> work) {
    return new TestHandler(work);
  }

  static TestHandler echo() {
    return doing((head, body) -> Response.json(200, body));
  }

  static Response text(int status, String text) {
    return Response.json(status, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Optional<Response> refuse(RequestHead head) {
    if (!head.method().equals("POST")) {
      return Optional.of(text(405, "{\"error\":\"method\"}"));
    }
    if (!TOKEN.equals(head.headers().get("x-inter-cloud-token"))) {
      return Optional.of(text(403, "{\"error\":\"token\"}"));
    }
    return Optional.empty();
  }

  @Override
  public Response handle(RequestHead head, byte[] body) {
    heads.add(head);
    bodies.add(new String(body, StandardCharsets.UTF_8));
    return work.apply(head, body);
  }
}
