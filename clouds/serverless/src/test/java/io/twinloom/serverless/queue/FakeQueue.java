package io.twinloom.serverless.queue;

import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Queues that remember what was sent. */
final class FakeQueue implements FunctionQueue {
  final List<Outgoing> sent = new ArrayList<>();
  final List<String> settled = new ArrayList<>();
  Predicate<Outgoing> refuses = message -> false;

  @Override
  public List<Optional<InvocationException>> send(List<Outgoing> messages) {
    List<Optional<InvocationException>> refused = new ArrayList<>();
    for (Outgoing message : messages) {
      if (refuses.test(message)) {
        refused.add(Optional.of(InvocationException.unavailable("full", "queue", "wait")));
      } else {
        sent.add(message);
        refused.add(Optional.empty());
      }
    }
    return refused;
  }

  @Override
  public void settle(String function, List<String> receipts) {
    settled.addAll(receipts);
  }

  /** The events of what was sent, message by message. */
  List<List<QueuedEvent>> events() {
    return sent.stream().map(message -> read(message.body())).toList();
  }

  static List<QueuedEvent> read(String body) {
    JsonObject json = Json.parseObject(body.getBytes(StandardCharsets.UTF_8));
    return QueueMessage.read(json).orElseThrow();
  }
}
