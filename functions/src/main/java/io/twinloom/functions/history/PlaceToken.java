package io.twinloom.functions.history;

import io.twinloom.functions.error.Refused;
import io.twinloom.functions.reading.RangeQuery;
import io.twinloom.json.Sha256;
import io.twinloom.model.time.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The {@code nextToken} of a page over chunks: the place where the page ended, what the pages
 * before have learnt, and a check that it is used with the query that it was given for. Opaque to
 * who gets it; no secret: one that is forged only spoils the forger's own answer.
 *
 * @param after the place of the last item
 * @param hotBegins the time before which (in the order of the reading) the hot store had nothing
 * @param coldBegins the same of the cold store
 */
record PlaceToken(Place after, Optional<String> hotBegins, Optional<String> coldBegins) {

  private static final int CHECK_DIGITS = 12;
  private static final int PARTS = 5;
  private static final int MAX = 1_000;

  String text(RangeQuery query) {
    String content =
        String.join(
            "\n", after.timestamp(), hotBegins.orElse(""), coldBegins.orElse(""), after.event());
    String whole = check(content, query) + "\n" + content;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(whole.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a token.
   *
   * @throws Refused if it is none of this query
   */
  static PlaceToken of(String token, RangeQuery query) {
    if (token.length() > MAX) {
      throw foreign();
    }
    String whole;
    try {
      whole =
          new String(
              Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.UTF_8)),
              StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw foreign();
    }
    String[] parts = whole.split("\n", PARTS);
    if (parts.length != PARTS || parts[4].length() > Place.MAX_EVENT) {
      throw foreign();
    }
    String content = whole.substring(parts[0].length() + 1);
    if (!parts[0].equals(check(content, query)) || !Timestamps.isStored(parts[1])) {
      throw foreign();
    }
    return new PlaceToken(new Place(parts[1], parts[4]), time(parts[2]), time(parts[3]));
  }

  private static Optional<String> time(String text) {
    if (!text.isEmpty() && !Timestamps.isStored(text)) {
      throw foreign();
    }
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  private static String check(String content, RangeQuery query) {
    String all =
        String.join(
            "\n", query.device(), query.start(), query.end(), query.order().name(), content);
    return Sha256.hex(all).substring(0, CHECK_DIGITS);
  }

  private static Refused foreign() {
    return RangeQuery.bad("nextToken is not one that this query was given.");
  }
}
