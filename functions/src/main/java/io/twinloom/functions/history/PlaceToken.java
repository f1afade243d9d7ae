package io.twinloom.functions.history;

import io.twinloom.functions.error.Refused;
import io.twinloom.functions.reading.RangeQuery;
import io.twinloom.json.Sha256;
import io.twinloom.model.time.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The {@code nextToken} of a page over chunks: the place where the page ended, what the pages
 * before have learnt, and a check that it is used with the query that it was given for. Opaque to
 * who gets it; no secret: one that is forged only spoils the forger's own answer.
 *
 * @param after the place of the last item
 * @param stores what the stores are that were read: what was learnt of others says nothing
 * @param begins for each store, as far as it is known, the time before which (in the order of the
 *     reading) it had nothing
 */
record PlaceToken(Place after, String stores, List<Optional<String>> begins) {

  PlaceToken {
    begins = List.copyOf(begins);
  }

  private static final int CHECK_DIGITS = 12;
  private static final int PARTS = 5;
  private static final int MAX = 1_000;

  /** That of a page from which nothing but its place was learnt. */
  static PlaceToken behind(Place last) {
    return new PlaceToken(last, "", List.of());
  }

  /** What is known of these stores; nothing where others were read. */
  List<Optional<String>> begins(String of) {
    return stores.equals(of) ? begins : List.of();
  }

  String text(RangeQuery query) {
    String known = begins.stream().map(time -> time.orElse("")).collect(Collectors.joining(","));
    String content = String.join("\n", after.timestamp(), stores, known, after.event());
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
    return new PlaceToken(new Place(parts[1], parts[4]), parts[2], times(parts[3]));
  }

  /** What is no time says nothing: an earlier version of the product wrote the token. */
  private static List<Optional<String>> times(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(time -> Optional.of(time).filter(Timestamps::isStored))
        .toList();
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
