package io.twinloom.deployer.change;

import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The newest items of a device that have values of its properties. */
public final class NewestItems {

  private static final int PAGE = 200;

  private NewestItems() {}

  /**
   * Looks through a device's history, newest first, until each property was found or there is no
   * more that can be read.
   *
   * @param history answers from all stores
   * @return by property, the newest item that has it; without those that no item has
   */
  public static Map<String, JsonObject> of(
      String device, Set<String> properties, Function<HistoryRequest, HistoryPage> history) {
    Set<String> wanted = new HashSet<>(properties);
    Map<String, JsonObject> found = new LinkedHashMap<>();
    Optional<String> page = Optional.empty();
    do {
      HistoryPage read =
          history.apply(HistoryRequest.of(device).newestFirst(true).limit(PAGE).page(page).build());
      read.items().forEach(item -> take(item, wanted, found));
      page = read.nextToken();
    } while (page.isPresent() && !wanted.isEmpty());
    return found;
  }

  private static void take(JsonObject item, Set<String> wanted, Map<String, JsonObject> found) {
    for (String property : List.copyOf(wanted)) {
      JsonValue value = item.get(property);
      if (value != null && !(value instanceof JsonNull)) {
        found.put(property, item);
        wanted.remove(property);
      }
    }
  }
}
