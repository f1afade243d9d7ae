package io.twinloom.server.twin;

import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.json.JsonObject;
import io.twinloom.json.Sha256;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Parameters;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of a set of dead letters: which, and how.
 *
 * @param ids these; empty: those of the filter
 * @param limit at most so many, the oldest first
 * @param digest that of the dry run
 * @param rate at most so many a second
 * @param event takes the place of the event of the one letter that is named
 */
record ReplayOrder(
    List<String> ids,
    DeadLetterFilter filter,
    int limit,
    boolean dryRun,
    Optional<String> digest,
    Optional<Double> rate,
    boolean stopOnFirstFailure,
    Optional<JsonObject> event) {

  static ReplayOrder of(ApiRequest request) {
    Parameters body =
        request.members(
            "ids", "filter", "limit", "dryRun", "digest", "rate", "stopOnFirstFailure", "event");
    ReplayOrder order =
        new ReplayOrder(
            body.texts("ids"),
            DeadLetterFilter.of(body.inner("filter", DeadLetterFilter.MEMBERS)),
            body.whole("limit", 1, Integer.MAX_VALUE).orElse(Integer.MAX_VALUE),
            body.flag("dryRun"),
            body.text("digest"),
            body.decimal("rate", 0.001, 100_000),
            body.flag("stopOnFirstFailure"),
            body.object("event"));
    if (order.event.isPresent() && order.ids.size() != 1) {
      throw ApiException.parameter("event", "\"event\" takes the place of one letter's: name it.");
    }
    if (!order.dryRun && order.ids.isEmpty() && order.digest.isEmpty()) {
      throw ApiException.parameter(
          "digest", "\"digest\" is missing: first ask with \"dryRun\": true, and send its digest.");
    }
    return order;
  }

  /** The letters that are meant of those that there are. */
  List<String> chosen(TwinControl twin) {
    return ids.isEmpty() ? chosen(twin, filter).stream().limit(limit).toList() : ids;
  }

  /** All letters of a filter; where it is of all, their events are not read. */
  static List<String> chosen(TwinControl twin, DeadLetterFilter filter) {
    return filter.equals(DeadLetterFilter.ALL)
        ? twin.deadLetterIds()
        : twin.deadLetters(DeadLetterRoutes.MOST).items().stream()
            .filter(filter::isOf)
            .map(DeadLetterEntry::id)
            .toList();
  }

  /** Whether every letter is meant. */
  boolean isOfAll() {
    return ids.isEmpty() && filter.equals(DeadLetterFilter.ALL);
  }

  /** Recognises a set of letters. */
  static String digest(List<String> ids) {
    return Sha256.hex(String.join("\n", ids));
  }
}
