package io.twinloom.aws.deploy;

import io.twinloom.aws.store.S3DeadLetters;
import io.twinloom.deployer.CloudOperations.Replayable;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.telemetry.DeviceMessage;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.time.Timestamps;
import io.twinloom.topology.Topology;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The dead letters of a twin on AWS, which come in three shapes: those that functions write
 * themselves, those that Lambda writes of invocations that failed to the end, and those that the
 * rule of the devices' messages writes where it could not even begin. Which function one is of, and
 * is replayed by, its key says ({@link DeadLetterKey}).
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Lambda:
 *     records of asynchronous invocations</a>
 * @see <a href="https://docs.aws.amazon.com/iot/latest/developerguide/rule-error-handling.html">AWS
 *     IoT: error handling of rules</a>
 */
final class DeadLetterBucket {

  /** What ids begin with: which cloud a letter is on. */
  static final String ID = "aws:";

  /** S3 counts in seconds; within one the names tell, which begin with the time. */
  private static final Comparator<S3Object> OLDEST_FIRST =
      Comparator.comparing(S3Object::lastModified)
          .thenComparing(object -> object.key().substring(object.key().lastIndexOf('/') + 1))
          .thenComparing(S3Object::key);

  /** What a message has that did not come to the dispatcher. */
  private static final String PAYLOAD = "payload_base64";

  /** This machine's clock need not be right to the minute. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  private final Supplier<S3Client> s3;
  private final Optional<String> bucket;
  private final Topology topology;

  /**
   * @param bucket empty where nothing of the twin runs here
   */
  DeadLetterBucket(Supplier<S3Client> s3, Optional<String> bucket, Topology topology) {
    this.s3 = s3;
    this.bucket = bucket;
    this.topology = topology;
  }

  DeadLetterPage list(int limit) {
    if (bucket.isEmpty()) {
      return new DeadLetterPage(List.of(), 0);
    }
    List<S3Object> all = all(bucket.get());
    List<DeadLetterEntry> oldest = new ArrayList<>();
    all.stream()
        .sorted(OLDEST_FIRST)
        .limit(limit)
        .forEach(object -> letter(object.key(), object.lastModified()).ifPresent(oldest::add));
    return new DeadLetterPage(oldest, all.size());
  }

  /** The ids of all, the oldest first. */
  List<String> ids() {
    return bucket.stream()
        .flatMap(name -> all(name).stream())
        .sorted(OLDEST_FIRST)
        .map(object -> ID + object.key())
        .toList();
  }

  private DeadLetterEntry.Builder letterOf(String key, Instant time) {
    String function =
        DeadLetterKey.of(key, topology).map(named -> named.function(topology)).orElse("");
    return DeadLetterEntry.of(ID + key, KnownClouds.AWS, time).function(function);
  }

  private List<S3Object> all(String name) {
    return AwsFailures.asking(
        "The dead letters cannot be listed",
        name,
        () -> {
          List<S3Object> all = new ArrayList<>();
          for (String prefix : DeadLetterKey.PREFIXES) {
            s3.get()
                .listObjectsV2Paginator(r -> r.bucket(name).prefix(prefix))
                .contents()
                .forEach(all::add);
          }
          return all;
        });
  }

  /** Removes those kept since a time whose event has this text in it. */
  void remove(String text, Instant since) {
    if (bucket.isEmpty()) {
      return;
    }
    for (S3Object object : all(bucket.get())) {
      boolean young = object.lastModified().isAfter(since.minus(CLOCKS_DIFFER));
      if (young && letter(object.key(), since).filter(l -> holds(l.event(), text)).isPresent()) {
        AwsFailures.asking(
            "The dead letter cannot be removed",
            object.key(),
            () -> s3.get().deleteObject(r -> r.bucket(bucket.get()).key(object.key())));
      }
    }
  }

  private static boolean holds(JsonValue event, String text) {
    return event instanceof JsonObject message && message.has(PAYLOAD)
        ? new String(DeviceMessage.of(message).payload(), StandardCharsets.UTF_8).contains(text)
        : Json.text(event).contains(text);
  }

  /**
   * What a replay of a letter does; empty where there is no such letter.
   *
   * @throws TwinloomException if the letter may not be replayed; it stays
   */
  Optional<Replayable> replayable(String id) {
    Optional<DeadLetterEntry> letter = key(id).flatMap(key -> letter(key, Instant.EPOCH));
    if (letter.isEmpty()) {
      return Optional.empty();
    }
    DeadLetterKey named =
        DeadLetterKey.of(id.substring(ID.length()), topology)
            .orElseThrow(() -> DeadLetterKey.refused(id, "its key names no function"));
    if (!(letter.get().event() instanceof JsonObject event)) {
      throw DeadLetterKey.refused(id, "its event is not a JSON object");
    }
    return Optional.of(new Replayable(named.replayedBy(id, topology), event));
  }

  /**
   * Keeps one that another cloud kept; a second time it is written over by itself.
   *
   * @param replayedBy empty where it may not be replayed
   */
  void takeOver(DeadLetterEntry letter, Optional<String> replayedBy) {
    String name =
        bucket.orElseThrow(
            () -> new IllegalStateException("nothing of the twin is on AWS to take letters over"));
    String key = DeadLetterKey.takenOver(letter, replayedBy);
    DeadLetter kept =
        new DeadLetter(
            replayedBy.orElse(letter.function()),
            letter.keptEvent(),
            letter.error(),
            letter.attempts(),
            letter.traceId());
    AwsFailures.asking(
        "The dead letter cannot be kept",
        key,
        () -> {
          S3DeadLetters.put(s3.get(), name, key, kept, Timestamps.of(letter.time()));
          return key;
        });
  }

  boolean discard(String id) {
    Optional<String> key = key(id).filter(k -> content(k).isPresent());
    key.ifPresent(
        k ->
            AwsFailures.asking(
                "The dead letter cannot be removed",
                k,
                () -> s3.get().deleteObject(r -> r.bucket(bucket.orElse("")).key(k))));
    return key.isPresent();
  }

  /** The key of a letter's object; empty where the id is none of this bucket's. */
  private Optional<String> key(String id) {
    if (bucket.isEmpty() || !id.startsWith(ID)) {
      return Optional.empty();
    }
    String key = id.substring(ID.length());
    return DeadLetterKey.PREFIXES.stream().anyMatch(key::startsWith)
        ? Optional.of(key)
        : Optional.empty();
  }

  private Optional<DeadLetterEntry> letter(String key, Instant stored) {
    Optional<byte[]> content = content(key);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonObject json = Json.parseObject(content.get());
      return Optional.of(
          key.startsWith(DeadLetterKey.OF_LAMBDA)
              ? ofLambda(key, json, stored)
              : key.startsWith(DeadLetterKey.OF_RULE)
                  ? ofRule(key, json, stored)
                  : own(key, json, stored));
    } catch (IllegalArgumentException e) {
      // Somebody else has put it there: it is shown, and cannot be replayed.
      return Optional.of(
          letterOf(key, stored).error("It cannot be read.").event(JsonArray.EMPTY).build());
    }
  }

  private Optional<byte[]> content(String key) {
    try {
      return Optional.of(
          AwsFailures.asking(
              "The dead letter cannot be read",
              key,
              () ->
                  s3.get()
                      .getObjectAsBytes(r -> r.bucket(bucket.orElse("")).key(key))
                      .asByteArray()));
    } catch (TwinloomException e) {
      if (e.getCause() instanceof NoSuchKeyException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private DeadLetterEntry own(String key, JsonObject json, Instant stored) {
    DeadLetter letter = S3DeadLetters.read(json);
    Instant time = json.text("time").map(DeadLetterBucket::time).orElse(stored);
    DeadLetterEntry.Builder entry = letterOf(key, time);
    if (key.startsWith(DeadLetterKey.TAKEN_OVER)) {
      entry.function(letter.function());
    }
    return entry
        .error(letter.error())
        .attempts(letter.attempts())
        .traceId(letter.traceId())
        .event(letter.event())
        .build();
  }

  private static Instant time(String text) {
    return Instant.parse(text);
  }

  private DeadLetterEntry ofLambda(String key, JsonObject json, Instant stored) {
    JsonObject context = json.object("requestContext").orElse(JsonObject.EMPTY);
    String error =
        json.object("responsePayload")
            .flatMap(answer -> answer.text("errorMessage"))
            .orElseGet(() -> context.text("condition").orElse("The function failed."));
    JsonValue event = json.get("requestPayload");
    int attempts =
        context.get("approximateInvokeCount") instanceof JsonNumber n
            ? n.asDecimal().intValue()
            : 0;
    return letterOf(key, json.text("timestamp").map(DeadLetterBucket::time).orElse(stored))
        .error(error)
        .attempts(attempts)
        .traceId(event instanceof JsonObject o ? o.text("trace_id").orElse("") : "")
        .event(event == null ? JsonObject.EMPTY : event)
        .build();
  }

  private DeadLetterEntry ofRule(String key, JsonObject json, Instant stored) {
    String[] topic = json.text("topic").orElse("").split("/", -1);
    String error =
        json.array("failures").orElse(JsonArray.EMPTY).values().stream()
            .filter(JsonObject.class::isInstance)
            .map(failure -> ((JsonObject) failure).text("errorMessage").orElse(""))
            .findFirst()
            .orElse("The rule of the devices' messages failed.");
    JsonObject event =
        JsonObject.builder()
            .put("channel_device", topic.length > 2 ? topic[2] : "")
            .put("client_id", json.text("clientId").orElse(""))
            .put("accepted_ms", stored.toEpochMilli())
            .put("message_id", json.text("cloudwatchTraceId").orElse(""))
            .put(PAYLOAD, json.text("base64OriginalPayload").orElse(""))
            .build();
    return letterOf(key, stored).error(error).attempts(1).event(event).build();
  }
}
