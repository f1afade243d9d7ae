package io.twinloom.functions.twin;

import io.twinloom.functions.reading.RangeQuery;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The page of a list that a request asks for. Its token is the id of the last one that was shown:
 * no secret, and one that was made up only leads to another place in the same list.
 *
 * @param after the id behind which it begins; empty: at the first
 * @param limit 1 to {@link #MAX}, 25 where the request says nothing, as in TwinMaker
 */
record ListPage(String after, int limit) {

  static final int MAX = 200;
  private static final int DEFAULT = 25;
  private static final int MAX_TOKEN = 1_000;

  static ListPage of(JsonObject request) {
    return new ListPage(request.text("nextToken").map(ListPage::id).orElse(""), limit(request));
  }

  private static int limit(JsonObject request) {
    JsonValue given = request.get("maxResults");
    if (given == null) {
      return DEFAULT;
    }
    try {
      int limit = given instanceof JsonNumber number ? Integer.parseInt(number.text()) : -1;
      if (limit >= 1 && limit <= MAX) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw RangeQuery.bad("maxResults is no whole number.");
    }
    throw RangeQuery.bad("maxResults is not between 1 and " + MAX + ".");
  }

  private static String id(String token) {
    try {
      if (token.length() <= MAX_TOKEN) {
        return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      }
    } catch (IllegalArgumentException e) {
      throw RangeQuery.bad("nextToken is not one that was given.");
    }
    throw RangeQuery.bad("nextToken is not one that was given.");
  }

  /**
   * The answer with what was found.
   *
   * @param last the id of the last one in it, where more follow
   */
  JsonObject answer(String name, List<JsonValue> found, Optional<String> last) {
    JsonObject.Builder answer = JsonObject.builder().put(name, new JsonArray(found));
    last.ifPresent(
        id ->
            answer.put(
                "nextToken",
                Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(id.getBytes(StandardCharsets.UTF_8))));
    return answer.build();
  }
}
