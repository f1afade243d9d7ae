package io.twinloom.functions.reading;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Quoted;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.Order;
import io.twinloom.functions.port.HotStore.Page;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.time.Timestamps;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query for a device's items in a range of time, both ends inclusive, in stored form.
 *
 * @param after the timestamp of the last item of the page before; empty for the first page
 */
public record RangeQuery(
    String device, String start, String end, int limit, Order order, Optional<String> after) {

  /** The most items of a page. */
  public static final int MAX_LIMIT = 10_000;

  /** How one form of request calls the parts of a query. */
  public record Names(
      String start,
      String end,
      String limit,
      int defaultLimit,
      String order,
      List<String> ascending,
      List<String> descending) {}

  /** The names in the query of a GET. */
  public static final Names QUERY =
      new Names("start", "end", "limit", 100, "order", List.of("asc"), List.of("desc"));

  /** The names in a connector request of TwinMaker. */
  public static final Names CONNECTOR =
      new Names(
          "startTime",
          "endTime",
          "maxResults",
          MAX_LIMIT,
          "orderByTime",
          List.of("ASCENDING"),
          List.of("DESCENDING"));

  private static final Page NOTHING = new Page(List.of(), false);

  /**
   * Reads the query of a request, with the token of a hot reader's page.
   *
   * @throws Refused if a part of it is not what it should be
   */
  public static RangeQuery of(JsonObject request, String device, Names names) {
    RangeQuery first = firstPage(request, device, names);
    return token(request)
        .map(token -> first.following(PageToken.timestamp(token, first)))
        .orElse(first);
  }

  /**
   * Reads the query of a request but for its token.
   *
   * @throws Refused if a part of it is not what it should be
   */
  public static RangeQuery firstPage(JsonObject request, String device, Names names) {
    return new RangeQuery(
        device,
        time(request, names, names.start(), "startDateTime").orElse(Timestamps.MIN),
        time(request, names, names.end(), "endDateTime").orElse(Timestamps.MAX),
        limit(request, names),
        order(request, names),
        Optional.empty());
  }

  /** The token of a request, if it has one. */
  public static Optional<String> token(JsonObject request) {
    return present(request, "nextToken").map(RangeQuery::text);
  }

  /** The page of it. */
  public Page page(HotStore store) {
    String from = start;
    String to = end;
    if (after.isPresent()) {
      boolean ascending = order == Order.ASCENDING;
      String next = Timestamps.plusMicros(after.get(), ascending ? 1 : -1);
      if (next == null) {
        return NOTHING;
      }
      from = ascending ? next : start;
      to = ascending ? end : next;
    }
    return from.compareTo(to) > 0 ? NOTHING : store.range(device, from, to, limit, order);
  }

  /** The same query behind an item. */
  RangeQuery following(String timestamp) {
    return new RangeQuery(device, start, end, limit, order, Optional.of(timestamp));
  }

  /**
   * @param older the name that connectors' requests had for it, read where the other is absent
   */
  private static Optional<String> time(JsonObject request, Names names, String name, String older) {
    boolean isOlder = names == CONNECTOR && present(request, name).isEmpty();
    return time(request, isOlder ? older : name);
  }

  private static Optional<String> time(JsonObject request, String name) {
    return present(request, name)
        .map(
            value -> {
              String time = Timestamps.read(value);
              if (time == null) {
                throw bad(name + " cannot be read as a time: " + shown(value) + plus(value) + ".");
              }
              return time;
            });
  }

  /** In the query of an address a plus sign that is not encoded is a blank. */
  private static String plus(JsonValue value) {
    return value instanceof JsonString text && text.value().matches(".*\\d \\d{2}:?(\\d{2})?")
        ? " (a + in an address is written %2B)"
        : "";
  }

  private static int limit(JsonObject request, Names names) {
    Optional<JsonValue> given = present(request, names.limit());
    if (given.isEmpty()) {
      return names.defaultLimit();
    }
    String text = given.get() instanceof JsonNumber n ? n.text() : text(given.get());
    try {
      int limit = Integer.parseInt(text.strip());
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw badLimit(names, given.get());
    }
    throw badLimit(names, given.get());
  }

  private static Refused badLimit(Names names, JsonValue given) {
    return bad(names.limit() + " is not between 1 and " + MAX_LIMIT + ": " + shown(given) + ".");
  }

  private static Order order(JsonObject request, Names names) {
    Optional<JsonValue> given = present(request, names.order());
    String text = given.map(RangeQuery::text).orElse(names.ascending().getFirst());
    if (names.ascending().contains(text)) {
      return Order.ASCENDING;
    }
    if (names.descending().contains(text)) {
      return Order.DESCENDING;
    }
    throw bad(
        names.order()
            + " is neither "
            + names.ascending().getFirst()
            + " nor "
            + names.descending().getFirst()
            + ".");
  }

  private static Optional<JsonValue> present(JsonObject request, String name) {
    @Nullable JsonValue value = request.get(name);
    boolean absent =
        value == null
            || value instanceof JsonNull
            || value instanceof JsonString text && text.value().isBlank();
    return absent ? Optional.empty() : Optional.ofNullable(value);
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString text ? text.value() : "";
  }

  private static String shown(JsonValue value) {
    return switch (value) {
      case JsonString text -> Quoted.name(text.value());
      case JsonNumber number -> Quoted.name(number.text());
      default -> value.kind();
    };
  }

  /** A query that is not what it should be. */
  public static Refused bad(String what) {
    return Refused.of(FunctionsError.QUERY, what, "See the parameters of the readers.");
  }
}
