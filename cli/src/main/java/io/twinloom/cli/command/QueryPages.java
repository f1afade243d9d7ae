package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ErrorJson;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.cli.terminal.ScreenText;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryPage.TierPart;
import io.twinloom.deployer.control.PendingChunk;
import io.twinloom.deployer.control.codec.HistoryJson;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Count;
import io.twinloom.model.text.Printable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The answer to a query, written page by page: nothing but sums is kept. */
final class QueryPages {

  private static final Set<String> SYSTEM_KEYS = Set.of("id", "device_id", "event_id", "timestamp");

  /** What is said where there are more items than were asked for. */
  static final String MORE = "; there are more: raise --limit, or leave it out for all";

  private final Output output;
  private final PrintStream out;
  private final long most;
  private final Map<String, Long> tiers = new LinkedHashMap<>();
  private final Map<String, PendingChunk> pending = new LinkedHashMap<>();
  private String tier = "";
  private long count;
  private boolean more;

  QueryPages(Output output, long most) {
    this.output = output;
    this.out = output.terminal().out();
    this.most = most;
    for (String one : List.of("hot", "cold", "archive")) {
      tiers.put(one, 0L);
    }
  }

  boolean hasBegun() {
    return count > 0;
  }

  boolean isEmpty() {
    return count == 0 && pending.isEmpty();
  }

  /** Whether all is known that is wanted: whether there are more than the limit, too. */
  boolean isFull() {
    return more;
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
    if (count >= most) {
      more = true;
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
      out.println(ScreenText.of(text(item, output), output.terminal().coloured()));
    }
    tiers.merge(of, 1L, Long::sum);
    count++;
  }

  /** An item on one line, for people. */
  static String text(JsonObject item, Output output) {
    StringBuilder line =
        new StringBuilder("  ").append(output.paint(Paint.DIM, item.text("timestamp").orElse("")));
    item.members()
        .forEach(
            (key, value) -> {
              if (!SYSTEM_KEYS.contains(key)) {
                line.append("  ").append(name(key)).append('=').append(text(item, key, value));
              }
            });
    return line.toString();
  }

  /** A name that is empty or looks like another line's parts is put in quotation marks. */
  private static String name(String key) {
    return key.isEmpty() || key.indexOf(' ') >= 0 || key.indexOf('=') >= 0
        ? Printable.quoted(key)
        : Printable.line(key);
  }

  private static String text(JsonObject item, String key, JsonValue value) {
    return Printable.line(item.text(key).orElseGet(value::toString));
  }

  void end() {
    end("");
  }

  /** Ends an answer that has begun, and of which no more comes. */
  void fail(TwinloomException e) {
    end(", \"error\": " + Json.text(ErrorJson.error(e, List.of())));
    output.complain(e);
  }

  private void end(String error) {
    if (output.isJson()) {
      out.print(count == 0 ? "{\"items\": [" : "\n");
      out.println(
          "], \"tiers\": "
              + Json.text(HistoryJson.parts(HistoryPage.sum(parts())))
              + ", \"pending\": "
              + Json.text(HistoryJson.pending(List.copyOf(pending.values())))
              + ", \"more\": "
              + more
              + error
              + "}");
    } else {
      output.say(sum() + (more ? MORE : ""));
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
            parts.add(Count.of(items) + " " + name);
          }
        });
    String all = Count.of(count, "item");
    return parts.isEmpty() ? all : all + ": " + String.join(", ", parts);
  }
}
