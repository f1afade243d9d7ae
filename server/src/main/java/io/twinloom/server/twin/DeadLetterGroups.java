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
import java.util.regex.Pattern;

/** Dead letters of one cause together. */
final class DeadLetterGroups {

  /**
   * What differs from letter to letter of one cause: numbers, ids, quoted values; no apostrophes.
   */
  private static final Pattern VARYING =
      Pattern.compile(
          "(?<!\\w)'[^']*'(?!\\w)|\"[^\"]*\"|\\b[0-9a-f]{8,}(-[0-9a-f]+)*\\b|\\d[\\d.,:TZ-]*");

  private static final int LONGEST = 300;

  private record Key(String function, String cloud, String cause) {}

  private DeadLetterGroups() {}

  /** The causes, that of the most letters first. */
  static JsonArray json(List<DeadLetterEntry> letters, CodeTimes times) {
    Map<Key, List<DeadLetterEntry>> groups = new LinkedHashMap<>();
    for (DeadLetterEntry letter : letters) {
      groups
          .computeIfAbsent(
              new Key(letter.function(), letter.cloud().id(), cause(letter.error())),
              key -> new ArrayList<>())
          .add(letter);
    }
    List<JsonValue> json = new ArrayList<>();
    groups.entrySet().stream()
        .sorted((a, b) -> Integer.compare(b.getValue().size(), a.getValue().size()))
        .forEach(group -> json.add(json(group.getKey(), group.getValue(), times)));
    return new JsonArray(json);
  }

  static String cause(String error) {
    String line = error.lines().findFirst().orElse("");
    String cause = VARYING.matcher(line).replaceAll("…");
    return cause.length() > LONGEST ? cause.substring(0, LONGEST) : cause;
  }

  private static JsonObject json(Key key, List<DeadLetterEntry> letters, CodeTimes times) {
    return JsonObject.builder()
        .put("function", key.function())
        .put("cloud", key.cloud())
        .put("cause", key.cause())
        .put("letters", letters.size())
        .put("first", letters.getFirst().time().toString())
        .put("last", letters.getLast().time().toString())
        .put(
            "device",
            DeadLetterFilter.device(letters.getLast())
                .<JsonValue>map(JsonString::new)
                .orElse(JsonNull.NULL))
        .put(
            "devices",
            letters.stream().flatMap(l -> DeadLetterFilter.device(l).stream()).distinct().count())
        .put(
            "codeChanged",
            times.changed(letters.getLast()).<JsonValue>map(JsonBoolean::of).orElse(JsonNull.NULL))
        .build();
  }
}
