package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryPage.TierPart;
import io.twinloom.deployer.control.PendingChunk;
import io.twinloom.deployer.control.codec.HistoryJson;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
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
  private final Map<String, PendingChunk> pending = new LinkedHashMap<>();
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

  void add(HistoryPage page) {
    List<JsonObject> items = page.items();
    int from = 0;
    for (TierPart part : page.parts()) {
      int to = (int) Math.min(items.size(), from + part.items());
      items.subList(from, to).forEach(item -> item(item, part.tier()));
      from = to;
    }
    page.pending().forEach(chunk -> pending.putIfAbsent(chunk.key(), chunk));
  }

  private void item(JsonObject item, String of) {
    if (isFull()) {
      return;
    }
    if (output.isJson()) {
      out.print(count == 0 ? "{\"items\": [\n  " : ",\n  ");
      out.print(Json.text(item));
    } else {
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
              + Json.text(HistoryJson.parts(HistoryPage.sum(parts())))
              + ", \"pending\": "
              + Json.text(HistoryJson.pending(List.copyOf(pending.values())))
              + "}");
    } else {
      output.say(sum());
    }
    if (!pending.isEmpty() && !output.isJson()) {
      output.warn(PendingText.of(pending.values()));
    }
    out.flush();
  }

  private List<TierPart> parts() {
    return tiers.entrySet().stream().map(t -> new TierPart(t.getKey(), t.getValue())).toList();
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
