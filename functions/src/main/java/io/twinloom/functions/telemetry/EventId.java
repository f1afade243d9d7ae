package io.twinloom.functions.telemetry;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.json.CanonicalJson;
import io.twinloom.json.JsonObject;
import io.twinloom.json.LoneSurrogateException;
import io.twinloom.json.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * The id of a measurement: eleven characters, the first 64 bits, in base64url, of SHA-256 over the
 * normalised message in its {@link CanonicalJson canonical form}. The same message has the same id
 * wherever and however often it is made.
 */
public final class EventId {

  private static final int BYTES = 8;

  private EventId() {}

  /** The id of a message that carries its own time. */
  public static String of(JsonObject message) {
    return of(message, "");
  }

  /**
   * The id of a message that its broker gave its time: two of the same content are two
   * measurements, distinguished by the broker's own id of the message, which follows the content
   * after a line feed.
   *
   * @param brokerMessageId {@link DeviceMessage#brokerId}; empty where the message has its own time
   */
  public static String of(JsonObject message, String brokerMessageId) {
    MessageDigest sha256 = Sha256.digest();
    try {
      sha256.update(CanonicalJson.bytes(message));
    } catch (LoneSurrogateException e) {
      throw invalidUnicode();
    }
    if (!brokerMessageId.isEmpty()) {
      sha256.update(("\n" + brokerMessageId).getBytes(StandardCharsets.UTF_8));
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(sha256.digest(), BYTES));
  }

  /**
   * The id of an item that came without one: that of the item without what the store adds to it.
   */
  public static String ofItem(JsonObject item) {
    return of(
        item.has("id") || item.has("event_id")
            ? item.toBuilder().remove("id").remove("event_id").build()
            : item);
  }

  /** The refusal of a message with half of a surrogate pair in a text. */
  static Refused invalidUnicode() {
    return Refused.of(
        FunctionsError.MESSAGE_SYNTAX,
        "The message holds text with half of a surrogate pair, which is not valid Unicode.",
        "Send valid Unicode.");
  }
}
