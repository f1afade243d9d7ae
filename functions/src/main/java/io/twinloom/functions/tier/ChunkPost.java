package io.twinloom.functions.tier;

import io.twinloom.functions.intercloud.RemoteException;
import io.twinloom.functions.intercloud.RemoteSender;
import io.twinloom.functions.tier.Delivery.Next;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Posts chunks to a writer of another cloud, and understands what it answers. */
final class ChunkPost {

  /**
   * What a body may have at most, counted as an AWS Function URL does: escaped, within an event
   * that has the request's head as well.
   */
  static final int MAX_SENT = 6_291_456 - 32 * 1024;

  /** What stands around the packed bytes in a body, at most. */
  private static final int AROUND = 8 * 1024;

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int CONFLICT = 409;

  /** What a writer has answered. */
  sealed interface Reply {
    /** It has taken it; {@code answer} says what it holds. */
    record Taken(JsonObject answer) implements Reply {}

    /** Its key holds other content. */
    record Conflict() implements Reply {}

    /**
     * It has not said that it has taken it.
     *
     * @param mayBeTaken whether it may have taken it nevertheless
     */
    record Failed(String why, Next next, boolean mayBeTaken) implements Reply {}
  }

  private final RemoteSender sender;

  ChunkPost(RemoteSender sender) {
    this.sender = sender;
  }

  /** Whether so many packed bytes fit into a body. */
  static boolean fits(int packed) {
    return sent(packed) <= MAX_SENT;
  }

  /** The share of so many packed bytes that fits into a body. */
  static double share(int packed) {
    return (double) (MAX_SENT - AROUND) / sent(packed);
  }

  /** Base64 has no letter that would be escaped. */
  private static long sent(int packed) {
    return (packed + 2L) / 3 * 4 + AROUND;
  }

  /**
   * A body with the packed bytes as its last member.
   *
   * @param head the other members; there is at least one
   */
  static byte[] body(JsonObject head, String member, byte[] packed) {
    byte[] start = Json.bytes(head);
    byte[] name = (",\"" + member + "\":\"").getBytes(StandardCharsets.US_ASCII);
    byte[] text = Base64.getEncoder().encode(packed);
    byte[] body = new byte[start.length - 1 + name.length + text.length + 2];
    System.arraycopy(start, 0, body, 0, start.length - 1);
    System.arraycopy(name, 0, body, start.length - 1, name.length);
    System.arraycopy(text, 0, body, start.length - 1 + name.length, text.length);
    body[body.length - 2] = '"';
    body[body.length - 1] = '}';
    return body;
  }

  /** Sends a body, again where that may help. */
  Reply send(byte[] body, String trace, String idempotencyKey) {
    byte[] answer;
    try {
      answer = sender.post(body, trace, idempotencyKey);
    } catch (RemoteException e) {
      // A refusal at the first attempt is clear; before one at a later attempt an answer was lost.
      boolean mayBeTaken = !e.isRefusal() || e.attempts() > 1;
      return switch (e.status()) {
        case CONFLICT -> new Reply.Conflict();
        case UNAUTHORIZED, FORBIDDEN, NOT_FOUND, METHOD_NOT_ALLOWED ->
            new Reply.Failed(e.what(), Next.STOP, mayBeTaken);
        default -> new Reply.Failed(e.what(), e.isRefusal() ? Next.GO_ON : Next.LATER, mayBeTaken);
      };
    }
    try {
      if (Json.parse(answer) instanceof JsonObject object) {
        return new Reply.Taken(object);
      }
    } catch (JsonSyntaxException e) {
      return unclear();
    }
    return unclear();
  }

  private static Reply unclear() {
    return new Reply.Failed(
        "The writer's answer is not the object that it should be.", Next.GO_ON, true);
  }

  /** Why an answer does not confirm a copy; empty where it does. */
  static Optional<String> unconfirmed(JsonObject answer, String sha256) {
    Optional<String> digest = answer.text("sha256");
    if (digest.isEmpty()) {
      return Optional.of("The writer's answer has no digest, so the copy is not confirmed.");
    }
    return digest.get().equalsIgnoreCase(sha256)
        ? Optional.empty()
        : Optional.of("The copy's digest is not the chunk's.");
  }
}
