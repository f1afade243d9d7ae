package io.twinloom.bench.calls;

import io.twinloom.aws.FunctionHandler;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/**
 * Measurements of a hundred devices through the functions of a twin wholly on AWS, each as Lambda
 * would hand them out of its queue.
 *
 * <p>The model of Lambda's pollers: five at the first queue, each of which gathers for a second or
 * until it has a hundred messages. The functions behind it are handed each message at once, as they
 * are where nothing waits: in a busy twin up to ten come together, and the figures are lower.
 */
final class CallsBench {

  private static final int POLLERS = 5;
  private static final int MOST = 100;
  private static final int DEVICES = 100;
  private static final List<FunctionKind> WAY =
      List.of(
          FunctionKind.DISPATCHER,
          FunctionKind.PROCESSOR,
          FunctionKind.PERSISTER,
          FunctionKind.EVENT_CHECKER);

  /**
   * What is run.
   *
   * @param rate events a second
   * @param events how many in all
   * @param rules whether rules are checked
   * @param own whether each device has a processor of its own, instead of one for all
   */
  record Setting(int rate, int events, boolean rules, boolean own) {

    /** How many messages of the first queue are handed out together. */
    int firstBatch() {
      return Math.clamp(rate / POLLERS, 1, MOST);
    }
  }

  private final Setting setting;
  private final AwsFront front;
  private final CountedLog log = new CountedLog();
  private final Map<FunctionKind, FunctionHandler> handlers = new EnumMap<>(FunctionKind.class);
  private final Map<String, Integer> invocations = new TreeMap<>();
  private int receives;

  private CallsBench(Setting setting, AwsFront front) {
    this.setting = setting;
    this.front = front;
    for (FunctionKind kind : WAY) {
      if (setting.rules() || kind != FunctionKind.EVENT_CHECKER) {
        handlers.put(
            kind, new FunctionHandler(CallsTwin.variables(kind, setting, front.uri()), log));
      }
    }
    // What functions say when they are made is not of the events.
    log.forget();
  }

  static Calls run(Setting setting) throws IOException {
    try (AwsFront front = new AwsFront()) {
      return new CallsBench(setting, front).run();
    }
  }

  private Calls run() {
    for (int from = 0; from < setting.events(); from += setting.firstBatch()) {
      List<String> messages = new ArrayList<>();
      for (int i = from; i < Math.min(setting.events(), from + setting.firstBatch()); i++) {
        messages.add(message(i));
      }
      // Each is a request of the topic rule's; the pollers receive ten at most with one.
      front.sends.addAndGet(messages.size());
      receives += (messages.size() + 9) / 10;
      handle(FunctionKind.DISPATCHER, messages);
      for (FunctionKind kind : WAY) {
        Queue<String> waiting = front.queue(CallsTwin.name(kind));
        for (String body; (body = waiting.poll()) != null; ) {
          receives++;
          handle(kind, List.of(body));
        }
      }
    }
    return new Calls(
        setting,
        invocations,
        front.userCalls.get(),
        front.sends.get(),
        receives,
        front.writes.get(),
        log.bytes());
  }

  private void handle(FunctionKind kind, List<String> bodies) {
    invocations.merge(kind.id(), 1, Integer::sum);
    List<JsonValue> records = new ArrayList<>();
    for (String body : bodies) {
      records.add(
          JsonObject.builder()
              .put("messageId", "m" + records.size())
              .put("receiptHandle", "r" + records.size())
              .put("body", body)
              .put("eventSource", "aws:sqs")
              .build());
    }
    FunctionHandler handler = handlers.get(kind);
    if (handler == null) {
      throw new IllegalStateException("nothing is to be handed to " + kind.id());
    }
    byte[] event = Json.bytes(JsonObject.builder().put("Records", new JsonArray(records)).build());
    byte[] answer = handler.answer(event, Instant.now().plus(Duration.ofMinutes(15)));
    String text = new String(answer, StandardCharsets.UTF_8);
    if (!text.equals("{\"batchItemFailures\":[]}") || front.delayed.get() > 0) {
      throw new IllegalStateException(kind.id() + " failed: " + text + " " + log.last());
    }
  }

  private static String message(int number) {
    Instant time = Instant.ofEpochSecond(1_772_366_400).plus(Duration.ofMillis(number));
    String payload =
        "{\"timestamp\":\""
            + time
            + "\",\"temperature\":21.5,\"note\":\""
            + "n".repeat(220)
            + "\"}";
    return Json.text(
        JsonObject.builder()
            .put("channel_device", "device-" + number % DEVICES)
            .put("client_id", "device-" + number % DEVICES)
            .put("accepted_ms", time.toEpochMilli())
            .put("message_id", "id-" + number)
            .put(
                "payload_base64",
                Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8)))
            .build());
  }

  static int devices() {
    return DEVICES;
  }
}
