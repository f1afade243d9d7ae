package io.twinloom.cli.terminal;

import io.twinloom.json.Json;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import java.util.List;

/**
 * How a command speaks: results go to standard out, as JSON where that was asked for; everything
 * that accompanies them goes to standard error.
 */
public final class Output {

  private final Terminal terminal;
  private final boolean json;
  private final boolean quiet;

  public Output(Terminal terminal, boolean json, boolean quiet) {
    this.terminal = terminal;
    this.json = json;
    this.quiet = quiet;
  }

  public Terminal terminal() {
    return terminal;
  }

  public boolean isJson() {
    return json;
  }

  /** Whether someone looks at standard out, who may be shown things that move. */
  public boolean isLive() {
    return terminal.interactive() && !json && !quiet;
  }

  /** The result, for machines or for people. */
  public void result(JsonValue value, List<String> lines) {
    if (json) {
      json(value);
    } else {
      lines.forEach(terminal.out()::println);
    }
    terminal.out().flush();
  }

  /** The result as JSON, whatever was asked for. */
  public void json(JsonValue value) {
    terminal.out().println(Json.pretty(value));
    terminal.out().flush();
  }

  /** One line of a result that is still going on: as JSON, one value a line. */
  public void item(JsonValue value, String line) {
    terminal.out().println(json ? Json.text(value) : line);
    terminal.out().flush();
  }

  /** A line of a result for people; nothing where the result is JSON. */
  public void line(String text) {
    if (!json) {
      terminal.out().println(text);
      terminal.out().flush();
    }
  }

  /** What is going on; not shown with {@code --quiet}. */
  public void say(String text) {
    if (!quiet) {
      terminal.err().println(text);
    }
  }

  /** Something that must be known, quiet or not. */
  public void warn(String text) {
    terminal.err().println(paint(Paint.YELLOW, "warning: ") + text);
  }

  /** An error, as every error of the product looks. */
  public void error(TwinloomException e) {
    terminal
        .err()
        .println(paint(Paint.RED, "error: ") + e.what() + paint(Paint.DIM, "  [" + e.code() + "]"));
    if (!e.where().isEmpty()) {
      terminal.err().println("  at:   " + e.where());
    }
    if (!e.fix().isEmpty()) {
      terminal.err().println("  fix: " + e.fix());
    }
    if (terminal.debugging()) {
      e.printStackTrace(terminal.err());
    }
  }

  /** The text so painted where colours may be. */
  public String paint(Paint paint, String text) {
    return paint.on(text, terminal.coloured());
  }
}
