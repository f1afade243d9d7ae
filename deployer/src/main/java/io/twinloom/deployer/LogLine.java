package io.twinloom.deployer;

import io.twinloom.model.json.JsonObject;
import java.util.Locale;

/**
 * A line of a twin's log, as every target hands it out: {@code time}, {@code level}, {@code cloud},
 * {@code function}, {@code trace_id} and, of an invocation, {@code outcome} and {@code ms}; of
 * anything else, {@code message}.
 */
public final class LogLine {

  private LogLine() {}

  /** Whether a line is one of those asked for. */
  public static boolean matches(JsonObject line, DeployedTwin.LogQuery query) {
    return query.trace().map(t -> t.equals(line.text("trace_id").orElse(""))).orElse(true)
        && query
            .function()
            .map(f -> f.equals(name(line)) || name(line).endsWith("-" + f))
            .orElse(true);
  }

  /** The line for people. */
  public static String text(JsonObject line) {
    StringBuilder text = new StringBuilder(160);
    text.append(line.text("time").orElse("")).append(' ');
    text.append(String.format(Locale.ROOT, "%-5s ", line.text("level").orElse("INFO")));
    text.append(String.format(Locale.ROOT, "%-6s ", line.text("cloud").orElse("")));
    text.append(name(line));
    line.members()
        .forEach(
            (key, value) -> {
              switch (key) {
                case "time", "level", "cloud", "function", "message" -> {}
                default ->
                    text.append(' ')
                        .append(key)
                        .append('=')
                        .append(line.text(key).orElseGet(value::toString));
              }
            });
    line.text("message").ifPresent(m -> text.append("  ").append(m));
    return text.toString();
  }

  private static String name(JsonObject line) {
    return line.text("function").orElse("");
  }
}
