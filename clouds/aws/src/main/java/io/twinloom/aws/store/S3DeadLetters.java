package io.twinloom.aws.store;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Names;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.time.Timestamps;
import java.time.InstantSource;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Dead letters as objects {@code dead-letters/{writer}/{function}/{time}-{id}.json}, both by their
 * names on AWS: the writer is the function that failed, so each may only write its own; the
 * function is the one that a replay invokes. A replay reads it from the key alone, never from the
 * content.
 */
public final class S3DeadLetters implements DeadLetters {

  /** What the keys of the dead letters begin with that functions write themselves. */
  public static final String PREFIX = "dead-letters/";

  private final Supplier<S3Client> client;
  private final String bucket;
  private final String lambda;
  private final InstantSource clock;
  private final Supplier<String> ids;

  /**
   * @param lambda the name on AWS of the function that writes
   * @param ids a new one at each call
   */
  public S3DeadLetters(
      Supplier<S3Client> client,
      String bucket,
      String lambda,
      InstantSource clock,
      Supplier<String> ids) {
    this.client = client;
    this.bucket = bucket;
    this.lambda = lambda;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public void keep(DeadLetter letter) {
    String time = Timestamps.of(clock.instant());
    String key = key(lambda, letter.function(), time + "-" + ids.get());
    try {
      put(client.get(), bucket, key, letter, time);
    } catch (SdkException e) {
      throw Failures.of("The dead letter was not kept", "s3://" + bucket + "/" + key, e);
    }
  }

  /**
   * Writes a dead letter under a key, as {@link #read} reads it.
   *
   * @param time when it was kept
   * @throws SdkException if S3 does not take it
   */
  public static void put(
      S3Client client, String bucket, String key, DeadLetter letter, String time) {
    byte[] json = Json.bytes(toJson(letter, time));
    client.putObject(
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .contentType("application/json")
            .checksumAlgorithm(ChecksumAlgorithm.SHA256)
            .checksumSHA256(Checksum.of(json))
            .build(),
        RequestBody.fromBytes(json));
  }

  /** A workflow is known by its ARN, whose last part is its name. */
  private static String key(String writer, String function, String name) {
    String last = function.substring(function.lastIndexOf(':') + 1);
    String target = Names.cloudName(KnownClouds.AWS, Thing.FUNCTION, last);
    return PREFIX + writer + "/" + target + "/" + name + ".json";
  }

  private static JsonObject toJson(DeadLetter letter, String time) {
    return JsonObject.builder()
        .put("time", time)
        .put("function", letter.function())
        .put("error", letter.error())
        .put("attempts", letter.attempts())
        .put("trace_id", letter.traceId())
        .put("event", letter.event())
        .build();
  }

  /**
   * Reads what {@link #keep} has written.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static DeadLetter read(JsonObject json) {
    return new DeadLetter(
        json.text("function").orElseThrow(() -> new IllegalArgumentException("no dead letter")),
        java.util.Objects.requireNonNullElse(json.get("event"), JsonObject.EMPTY),
        json.text("error").orElse(""),
        Integer.parseInt(String.valueOf(json.get("attempts"))),
        json.text("trace_id").orElse(""));
  }
}
