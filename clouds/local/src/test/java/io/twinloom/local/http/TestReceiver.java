package io.twinloom.local.http;

import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** A receiver that refuses as the contract says, and then does what a test wants. */
public final class TestReceiver implements HostedFunction {
  static final String TOKEN = "secret-of-this-connection-0123456789";

  final List<HttpHead> heads = new CopyOnWriteArrayList<>();
  final List<String> bodies = new CopyOnWriteArrayList<>();
  private final BiFunction<HttpHead, byte[], HttpAnswer> work;
  private final boolean receiver;

  TestReceiver(boolean receiver, BiFunction<HttpHead, byte[], HttpAnswer> work) {
    this.receiver = receiver;
    this.work = work;
  }

  static TestReceiver doing(BiFunction<HttpHead, byte[], HttpAnswer> work) {
    return new TestReceiver(true, work);
  }

  static TestReceiver echo() {
    return doing((head, body) -> new HttpAnswer(200, body));
  }

  static HttpAnswer text(int status, String text) {
    return new HttpAnswer(status, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public JsonValue invoke(JsonObject event) {
    return event;
  }

  @Override
  public List<Outcome> invokeAll(List<JsonObject> events, AsyncInvoker later) {
    throw new AssertionError("it was called over HTTP");
  }

  @Override
  public Optional<HttpAnswer> refuse(HttpHead head) {
    if (!head.method().equals("POST")) {
      return Optional.of(text(405, "{\"error\":\"method\"}"));
    }
    if (!TOKEN.equals(head.headers().get("x-inter-cloud-token"))) {
      return Optional.of(text(403, "{\"error\":\"token\"}"));
    }
    return Optional.empty();
  }

  @Override
  public HttpAnswer receive(HttpHead head, byte[] body) {
    heads.add(head);
    bodies.add(new String(body, StandardCharsets.UTF_8));
    return work.apply(head, body);
  }

  @Override
  public boolean isReceiver() {
    return receiver;
  }
}
