package io.twinloom.functions.history;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.port.HotStore.Order;
import io.twinloom.functions.reading.Reader;
import io.twinloom.functions.reading.Reading;
import io.twinloom.functions.telemetry.JsonSize;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.time.Timestamps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One store of a tier as the history sees it: through its reader, wherever that is. */
final class Tier {

  private final String name;
  private final String cloud;
  private final Reader reader;
  private final boolean ofSeveral;
  private final boolean alone;

  private Tier(String name, String cloud, Reader reader, boolean ofSeveral, boolean alone) {
    this.name = name;
    this.cloud = cloud;
    this.reader = reader;
    this.ofSeveral = ofSeveral;
    this.alone = alone;
  }

  /**
   * All that a tier has, behind one reader.
   *
   * @param cloud where that is
   */
  static Tier all(String name, String cloud, Reader reader) {
    return new Tier(name, cloud, reader, false, false);
  }

  /** One of several stores of a tier. */
  static Tier store(String name, String cloud, Reader reader) {
    return new Tier(name, cloud, reader, true, false);
  }

  /** One of several stores of a tier whose reader would answer for the others too. */
  static Tier storeAlone(String name, String cloud, Reader reader) {
    return new Tier(name, cloud, reader, true, true);
  }

  /** What tells it from all other stores. */
  String store() {
    return name + "@" + cloud;
  }

  /** The cloud of its store, where the tier has several; else empty. */
  String shownCloud() {
    return ofSeveral ? cloud : "";
  }

  /** {@code hot}, {@code cold} or {@code archive}. */
  String name() {
    return name;
  }

  /**
   * What a tier has of a range.
   *
   * @param items in order
   * @param reach up to here, inclusive and in the order of the reading, it is all that the tier has
   * @param pending chunks of the range that must be restored first, as the reader gave them
   */
  record Part(List<Found> items, Place reach, List<JsonObject> pending) {}

  /**
   * Reads a range up to at least one item behind a place, or to its end.
   *
   * @param from the time where the reading begins, inclusive
   * @param to the time where it ends, inclusive
   * @param after what is not behind this is read only so that it is known
   * @throws TwinloomException if the tier did not answer, or not what a reader answers
   */
  Part read(
      String device,
      String from,
      String to,
      Optional<Place> after,
      int limit,
      Order order,
      String trace) {
    boolean ascending = order == Order.ASCENDING;
    Map<String, String> query = new LinkedHashMap<>();
    query.put("device_id", device);
    query.put("start", ascending ? from : to);
    query.put("end", ascending ? to : from);
    query.put("limit", Integer.toString(limit));
    query.put("order", ascending ? "asc" : "desc");
    if (alone) {
      query.put(Reading.SCOPE, Reading.STORE);
    }
    List<Found> items = new ArrayList<>();
    List<JsonObject> pending = new ArrayList<>();
    while (true) {
      JsonObject answer = reader.get(query, trace);
      for (JsonValue item : answer.array("items").orElseThrow(this::noAnswer)) {
        items.add(found(item));
      }
      for (JsonValue chunk : answer.array("pending").orElse(JsonArray.EMPTY)) {
        if (chunk instanceof JsonObject object) {
          pending.add(object);
        }
      }
      Optional<String> token = answer.text("nextToken");
      if (token.isEmpty()) {
        return new Part(items, Place.endOf(to, order), pending);
      }
      if (items.isEmpty()) {
        throw noAnswer();
      }
      Place last = items.getLast().place();
      if (after.isEmpty() || Place.in(order).compare(last, after.get()) > 0) {
        return new Part(items, last, pending);
      }
      query.put("nextToken", token.get());
    }
  }

  private Found found(JsonValue value) {
    if (!(value instanceof JsonObject item)) {
      throw noAnswer();
    }
    String timestamp = item.text("timestamp").map(Timestamps::read).orElseThrow(this::noAnswer);
    Place place = Place.of(timestamp, item.text("event_id").orElse(null), item);
    return new Found(place, item, JsonSize.of(item));
  }

  private TwinloomException noAnswer() {
    return new TwinloomException(
        FunctionsError.TIER_ANSWER,
        "The reader of the " + name + " tier gave an answer that is not that of a reader.",
        name,
        "Check that its connection's address is that of a reader.");
  }
}
