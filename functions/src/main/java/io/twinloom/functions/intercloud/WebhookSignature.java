package io.twinloom.functions.intercloud;

import io.twinloom.functions.http.HttpHead;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests, and reads what a request claims by its signature. The key is a connection's token
 * in UTF-8.
 *
 * @see <a
 *     href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">
 *     Standard Webhooks</a>
 */
public final class WebhookSignature {

  /** The header that identifies a request over its repetitions. */
  public static final String ID = "webhook-id";

  static final String TIMESTAMP = "webhook-timestamp";
  static final String SIGNATURE = "webhook-signature";

  /** A signature is believed for so long before and after its time. */
  static final Duration TOLERANCE = Duration.ofSeconds(300);

  private static final String VERSION = "v1,";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int LONGEST_ID = 256;

  private WebhookSignature() {}

  /**
   * The headers of a signed request.
   *
   * @param tokens the connection's, one signature for each
   */
  static Map<String, String> headers(String id, Instant now, byte[] body, List<String> tokens) {
    String timestamp = Long.toString(now.getEpochSecond());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(ID, id);
    headers.put(TIMESTAMP, timestamp);
    headers.put(
        SIGNATURE,
        tokens.stream()
            .map(token -> token.getBytes(StandardCharsets.UTF_8))
            .map(key -> VERSION + Base64.getEncoder().encodeToString(mac(key, id, timestamp, body)))
            .collect(Collectors.joining(" ")));
    return headers;
  }

  /**
   * What a request says of its signature.
   *
   * @param signatures as in the header; each may be right
   */
  record Claim(String id, String timestamp, List<String> signatures) {

    /** The claim of a request; empty where it has none of the headers. */
    static Optional<Claim> of(HttpHead head) {
      String id = head.header(ID).orElse("");
      String timestamp = head.header(TIMESTAMP).orElse("").strip();
      String signatures = head.header(SIGNATURE).orElse("").strip();
      return (id + timestamp + signatures).isEmpty()
          ? Optional.empty()
          : Optional.of(new Claim(id, timestamp, List.of(signatures.split(" +", -1))));
    }

    /** Whether it can be right now: complete, and of about this time. */
    boolean isTimely(Instant now) {
      if (id.isEmpty() || id.length() > LONGEST_ID) {
        return false;
      }
      try {
        long seconds = Math.subtractExact(now.getEpochSecond(), Long.parseLong(timestamp));
        return Math.abs(seconds) <= TOLERANCE.toSeconds();
      } catch (NumberFormatException | ArithmeticException e) {
        return false;
      }
    }

    /** Whether one of the signatures is by this key. */
    boolean isBy(byte[] key, byte[] body) {
      byte[] expected = mac(key, id, timestamp, body);
      boolean right = false;
      for (String signature : signatures) {
        right |= MessageDigest.isEqual(expected, decoded(signature));
      }
      return right;
    }

    private static byte[] decoded(String signature) {
      if (!signature.startsWith(VERSION)) {
        return new byte[0];
      }
      try {
        return Base64.getDecoder().decode(signature.substring(VERSION.length()));
      } catch (IllegalArgumentException e) {
        return new byte[0];
      }
    }
  }

  private static byte[] mac(byte[] key, String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
