package io.twinloom.functions.reading;

import io.twinloom.functions.error.Refused;
import io.twinloom.json.Sha256;
import io.twinloom.model.time.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The {@code nextToken} of a page: where it ended, and a check that it is used with the query that
 * it was given for. Opaque to who gets it; no secret.
 */
public final class PageToken {

  private static final int CHECK_BYTES = 6;
  private static final int TIMESTAMP_BYTES = Timestamps.MIN.length();

  private PageToken() {}

  /** The token of a page that ended with an item. */
  public static String of(String timestamp, RangeQuery query) {
    byte[] token = Arrays.copyOf(ascii(timestamp), TIMESTAMP_BYTES + CHECK_BYTES);
    System.arraycopy(check(timestamp, query), 0, token, TIMESTAMP_BYTES, CHECK_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /**
   * Where the page of a token ended.
   *
   * @throws Refused if it is no token of this query
   */
  static String timestamp(String token, RangeQuery query) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw foreign();
    }
    if (bytes.length != TIMESTAMP_BYTES + CHECK_BYTES) {
      throw foreign();
    }
    String timestamp = new String(bytes, 0, TIMESTAMP_BYTES, StandardCharsets.US_ASCII);
    byte[] check = Arrays.copyOfRange(bytes, TIMESTAMP_BYTES, bytes.length);
    if (!Timestamps.isStored(timestamp) || !Arrays.equals(check, check(timestamp, query))) {
      throw foreign();
    }
    return timestamp;
  }

  /**
   * Where the page of a token ended; empty where it is not one that {@link #of} has made for this
   * query.
   */
  public static Optional<String> find(String token, RangeQuery query) {
    try {
      return Optional.of(timestamp(token, query));
    } catch (Refused e) {
      return Optional.empty();
    }
  }

  private static Refused foreign() {
    return RangeQuery.bad("nextToken is not one that this query was given.");
  }

  private static byte[] check(String timestamp, RangeQuery query) {
    String all =
        String.join(
            "\n", query.device(), query.start(), query.end(), query.order().name(), timestamp);
    return Arrays.copyOf(Sha256.of(all), CHECK_BYTES);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
