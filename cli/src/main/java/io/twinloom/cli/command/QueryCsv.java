package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Output;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.PendingChunk;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.text.Count;
import io.twinloom.model.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The answer to a query as CSV (RFC 4180, with line feeds): the columns are learnt in a first pass,
 * so that nothing but their names is kept. Control characters within a text are escaped.
 */
final class QueryCsv {

  private static final Set<String> SYSTEM_KEYS = Set.of("id", "device_id", "event_id", "timestamp");

  private final Output output;
  private final long most;
  private final Set<String> columns = new LinkedHashSet<>();
  private final Map<String, PendingChunk> pending = new LinkedHashMap<>();
  private long count;
  private boolean more;

  QueryCsv(Output output, long most) {
    this.output = output;
    this.most = most;
  }

  /** Whether all is known that is wanted: whether there are more than the limit, too. */
  boolean isFull() {
    return more;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Takes in which properties there are. */
  void learn(HistoryPage page) {
    for (JsonObject item : page.items()) {
      more |= count >= most;
      if (!more) {
        count++;
        item.members().keySet().stream()
            .filter(k -> !SYSTEM_KEYS.contains(k))
            .forEach(columns::add);
      }
    }
  }

  /** Writes the first line. */
  void head() {
    count = 0;
    more = false;
    List<String> cells = new ArrayList<>(List.of("timestamp"));
    columns.forEach(name -> cells.add(cell(name)));
    line(cells);
  }

  /** Writes a page; a property that came up since the first pass is left out. */
  void add(HistoryPage page) {
    for (JsonObject item : page.items()) {
      more |= count >= most;
      if (!more) {
        count++;
        List<String> cells = new ArrayList<>(List.of(item.text("timestamp").orElse("")));
        for (String name : columns) {
          JsonValue value = item.get(name);
          cells.add(value == null ? "" : cell(item.text(name).orElseGet(value::toString)));
        }
        line(cells);
      }
    }
    page.pending().forEach(chunk -> pending.putIfAbsent(chunk.key(), chunk));
  }

  private void line(List<String> cells) {
    output.terminal().out().println(String.join(",", cells));
  }

  private static String cell(String text) {
    String shown = Printable.line(text);
    return shown.matches("[^\",\n]*") ? shown : "\"" + shown.replace("\"", "\"\"") + "\"";
  }

  void end() {
    output.terminal().out().flush();
    output.say(Count.of(count, "item") + (more ? QueryPages.MORE : ""));
    if (!pending.isEmpty()) {
      output.warn(PendingText.of(pending.values()));
    }
  }
}
