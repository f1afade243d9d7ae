package io.twinloom.aws.queue;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.serverless.queue.Delivered;
import io.twinloom.serverless.queue.QueueMessage;
import io.twinloom.serverless.queue.QueuedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What Lambda gives a function out of its queue, and what it is answered.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Lambda:
 *     partial batch responses</a>
 */
public final class SqsEvent {
  private static final String RECORDS = "Records";
  private static final String SOURCE = "aws:sqs";

  private SqsEvent() {}

  /** Whether an event is messages of a queue. */
  public static boolean isQueued(JsonObject event) {
    List<JsonValue> records = event.array(RECORDS).orElse(JsonArray.EMPTY).values();
    return !records.isEmpty()
        && records.stream()
            .allMatch(
                r ->
                    r instanceof JsonObject o && o.text("eventSource").equals(Optional.of(SOURCE)));
  }

  /**
   * What was handed out: messages, and bodies that are none.
   *
   * @param unreadable as dead letters of the function
   */
  public record Batch(List<Delivered> messages, List<Unreadable> unreadable) {}

  /** A body that is not a JSON object, and the message that it came in. */
  public record Unreadable(String id, DeadLetter letter) {}

  /**
   * Reads the messages of an event.
   *
   * @param function the function's name
   * @param single makes of an event what the function takes; throws {@link
   *     IllegalArgumentException} where that is nothing
   */
  public static Batch read(JsonObject event, String function, UnaryOperator<JsonObject> single) {
    List<Delivered> messages = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    for (JsonValue record : event.array(RECORDS).orElse(JsonArray.EMPTY).values()) {
      if (record instanceof JsonObject message) {
        String id = message.text("messageId").orElse("");
        String body = message.text("body").orElse("");
        Optional<List<QueuedEvent>> events = events(body, single);
        if (events.isPresent()) {
          messages.add(
              new Delivered(
                  id, message.text("receiptHandle").orElse(""), times(message), events.get()));
        } else {
          unreadable.add(
              new Unreadable(
                  id,
                  new DeadLetter(
                      function,
                      new JsonString(body),
                      "What is in its queue is not a JSON object.",
                      1,
                      "")));
        }
      }
    }
    return new Batch(messages, unreadable);
  }

  /**
   * The events of a body, whether it is one of ours or an event by itself; empty where it is
   * invalid JSON.
   */
  public static Optional<List<QueuedEvent>> events(String body) {
    try {
      return Json.parse(body) instanceof JsonObject json
          ? QueueMessage.read(json).or(() -> Optional.of(List.of(QueuedEvent.first(json))))
          : Optional.empty();
    } catch (JsonSyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<List<QueuedEvent>> events(String body, UnaryOperator<JsonObject> single) {
    try {
      return events(body)
          .map(some -> some.stream().map(event -> event.as(single.apply(event.event()))).toList());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static int times(JsonObject message) {
    String count =
        message
            .object("attributes")
            .flatMap(attributes -> attributes.text("ApproximateReceiveCount"))
            .orElse("1");
    return count.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(count) : 1;
  }

  /** The answer that has these messages handed out again, and the others deleted. */
  public static JsonObject answer(List<String> again) {
    List<JsonValue> failures =
        again.stream()
            .<JsonValue>map(id -> JsonObject.builder().put("itemIdentifier", id).build())
            .toList();
    return JsonObject.builder().put("batchItemFailures", new JsonArray(failures)).build();
  }
}
