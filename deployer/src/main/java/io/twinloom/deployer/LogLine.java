package io.twinloom.deployer;

import io.twinloom.json.JsonObject;
import java.util.Locale;

/** A line of a twin's log, see {@link Target#logs}, for people. */
public final class LogLine {

  private LogLine() {}

  /** The line: what it is about first, then what is the same in all. */
  public static String text(JsonObject line) {
    StringBuilder text = new StringBuilder(160);
    text.append(line.text("time").orElse("")).append(' ');
    text.append(String.format(Locale.ROOT, "%-5s ", line.text("level").orElse("INFO")));
    text.append(String.format(Locale.ROOT, "%-6s ", line.text("cloud").orElse("")));
    text.append(line.text("function").orElse(""));
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
}
