package io.twinloom.server.twin;

import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Dead letters of one cause together. */
final class DeadLetterGroups {

  private record Key(String function, String cloud, String cause) {}

  private DeadLetterGroups() {}

  /** The causes, that of the most letters first. */
  static JsonArray json(List<DeadLetterEntry> letters, CodeTimes times) {
    Map<Key, List<DeadLetterEntry>> groups = new LinkedHashMap<>();
    for (DeadLetterEntry letter : letters) {
      groups
          .computeIfAbsent(
              new Key(letter.function(), letter.cloud().id(), letter.cause()),
              key -> new ArrayList<>())
          .add(letter);
    }
    List<JsonValue> json = new ArrayList<>();
    groups.entrySet().stream()
        .sorted((a, b) -> Integer.compare(b.getValue().size(), a.getValue().size()))
        .forEach(group -> json.add(json(group.getKey(), group.getValue(), times)));
    return new JsonArray(json);
  }

  private static JsonObject json(Key key, List<DeadLetterEntry> letters, CodeTimes times) {
    return JsonObject.builder()
        .put("function", key.function())
        .put("cloud", key.cloud())
        .put("cause", key.cause())
        .put("error", letters.getLast().error())
        .put("letters", letters.size())
        .put("first", letters.getFirst().time().toString())
        .put("last", letters.getLast().time().toString())
        .put(
            "device",
            letters.getLast().device().<JsonValue>map(JsonString::new).orElse(JsonNull.NULL))
        .put("devices", letters.stream().flatMap(l -> l.device().stream()).distinct().count())
        .put(
            "codeChanged",
            times.changed(letters.getLast()).<JsonValue>map(JsonBoolean::of).orElse(JsonNull.NULL))
        .build();
  }
}
