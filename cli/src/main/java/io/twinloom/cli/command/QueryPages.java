package io.twinloom.cli.command;

import io.twinloom.cli.Output;
import io.twinloom.cli.Paint;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The answer to a query, written page by page: nothing but sums is kept. */
final class QueryPages {

  private static final Set<String> SYSTEM_KEYS = Set.of("id", "device_id", "event_id", "timestamp");

  private final Output output;
  private final PrintStream out;
  private final long most;
  private final Map<String, Long> tiers = new LinkedHashMap<>();
  private final Map<String, JsonObject> pending = new LinkedHashMap<>();
  private String tier = "";
  private long count;

  QueryPages(Output output, long most) {
    this.output = output;
    this.out = output.terminal().out();
    this.most = most;
    for (String one : List.of("hot", "cold", "archive")) {
      tiers.put(one, 0L);
    }
  }

  boolean isFull() {
    return count >= most;
  }

  void add(JsonObject page) {
    List<JsonValue> items = page.array("items").orElse(JsonArray.EMPTY).values();
    int from = 0;
    for (JsonValue value : page.array("parts").orElse(JsonArray.EMPTY)) {
      if (value instanceof JsonObject part && part.get("items") instanceof JsonNumber n) {
        int to = Math.min(items.size(), from + n.asDecimal().intValue());
        String of = part.text("tier").orElse("");
        items.subList(from, to).forEach(item -> item(item, of));
        from = to;
      }
    }
    for (JsonValue value : page.array("pending").orElse(JsonArray.EMPTY)) {
      if (value instanceof JsonObject chunk) {
        pending.putIfAbsent(chunk.text("key").orElse(""), chunk);
      }
    }
  }

  private void item(JsonValue value, String of) {
    if (isFull()) {
      return;
    }
    if (output.isJson()) {
      out.print(count == 0 ? "{\"items\": [\n  " : ",\n  ");
      out.print(Json.text(value));
    } else if (value instanceof JsonObject item) {
      if (!of.equals(tier)) {
        out.println(output.paint(Paint.BOLD, of));
        tier = of;
      }
      out.println(line(item));
    }
    tiers.merge(of, 1L, Long::sum);
    count++;
  }

  private String line(JsonObject item) {
    StringBuilder line =
        new StringBuilder("  ").append(output.paint(Paint.DIM, item.text("timestamp").orElse("")));
    item.members()
        .forEach(
            (key, value) -> {
              if (!SYSTEM_KEYS.contains(key)) {
                line.append("  ")
                    .append(key)
                    .append('=')
                    .append(item.text(key).orElseGet(value::toString));
              }
            });
    return line.toString();
  }

  void end() {
    if (output.isJson()) {
      out.print(count == 0 ? "{\"items\": [" : "\n");
      out.println(
          "], \"tiers\": "
              + Json.text(tiersJson())
              + ", \"pending\": "
              + Json.text(new JsonArray(new ArrayList<>(pending.values())))
              + "}");
    } else {
      output.say(sum());
    }
    if (!pending.isEmpty() && !output.isJson()) {
      output.warn(PendingText.of(pending.values()));
    }
    out.flush();
  }

  /** Those that gave something; the hot one where none did. */
  private JsonArray tiersJson() {
    List<JsonValue> all = new ArrayList<>();
    tiers.forEach(
        (name, items) -> {
          if (items > 0 || count == 0 && name.equals("hot")) {
            all.add(JsonObject.builder().put("tier", name).put("items", items).build());
          }
        });
    return new JsonArray(all);
  }

  private String sum() {
    List<String> parts = new ArrayList<>();
    tiers.forEach(
        (name, items) -> {
          if (items > 0) {
            parts.add(items + " " + name);
          }
        });
    String all = count + (count == 1 ? " item" : " items");
    return parts.isEmpty() ? all : all + ": " + String.join(", ", parts);
  }
}
