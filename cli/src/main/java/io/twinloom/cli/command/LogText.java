package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.Paint;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Provider;
import io.twinloom.model.text.Printable;
import java.util.Locale;

/** A line of the log for people. */
final class LogText {

  private LogText() {}

  /** The whole line: what it is about first, then what is the same in all. */
  static String of(LogLine line, Output output) {
    return painted(line, text(line), output);
  }

  /** The line in short, as {@code up} shows it: when, who and what. */
  static String brief(LogLine line, Output output) {
    String time = line.time().length() > 19 ? line.time().substring(11, 19) : line.time();
    StringBuilder text = new StringBuilder(120);
    text.append(Printable.line(time)).append("  ");
    if (!isPrinted(line)) {
      text.append(String.format(Locale.ROOT, "%-5s ", line.level()));
    }
    text.append(Printable.line(line.function())).append("  ");
    text.append(line.message().map(Printable::line).orElse(""));
    line.device()
        .filter(d -> !d.isEmpty())
        .ifPresent(d -> text.append("  device ").append(Printable.line(d)));
    line.traceId()
        .filter(t -> !t.isEmpty())
        .ifPresent(t -> text.append("  trace ").append(Printable.line(t)));
    return painted(line, text.toString(), output);
  }

  /** Whether user code printed it. */
  static boolean isPrinted(LogLine line) {
    return line.field("from").filter("user code"::equals).isPresent();
  }

  private static String painted(LogLine line, String text, Output output) {
    return switch (line.level()) {
      case "ERROR" -> output.paint(Paint.RED, text);
      case "WARN" -> output.paint(Paint.YELLOW, text);
      case "DEBUG" -> output.paint(Paint.DIM, text);
      default -> text;
    };
  }

  private static String text(LogLine line) {
    StringBuilder text = new StringBuilder(160);
    text.append(Printable.line(line.time())).append(' ');
    text.append(String.format(Locale.ROOT, "%-5s ", Printable.line(line.level())));
    text.append(String.format(Locale.ROOT, "%-6s ", Printable.line(line.cloud())));
    text.append(Printable.line(line.function()));
    line.json()
        .members()
        .forEach(
            (key, value) -> {
              switch (key) {
                case "time", "level", "cloud", "function", "message" -> {}
                case "fields" -> fields(value, text);
                case "source_cloud" -> append(key, cloud(value), text);
                default -> append(key, value, text);
              }
            });
    line.message().ifPresent(m -> text.append("  ").append(Printable.line(m)));
    return text.toString();
  }

  /** A cloud by the name that it has everywhere else. */
  private static JsonValue cloud(JsonValue named) {
    return named instanceof JsonString s
        ? Provider.of(s.value()).<JsonValue>map(p -> new JsonString(p.id())).orElse(named)
        : named;
  }

  /** The fields stand beside the rest: JSON within a line is hard to read. */
  private static void fields(JsonValue fields, StringBuilder text) {
    if (fields instanceof JsonObject object) {
      object.members().forEach((key, value) -> append(key, value, text));
    }
  }

  private static void append(String key, JsonValue value, StringBuilder text) {
    String shown = value instanceof JsonString s ? s.value() : value.toString();
    if (shown.isEmpty()) {
      return;
    }
    text.append(' ').append(Printable.line(key)).append('=').append(Printable.line(shown));
  }
}
