package io.twinloom.cli.terminal;

import io.twinloom.json.Json;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Problem;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Printable;
import java.io.PrintStream;
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

  /** Whether only the result, warnings and errors are said. */
  public boolean isQuiet() {
    return quiet;
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
      lines.forEach(line -> print(terminal.out(), line));
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
    if (json) {
      terminal.out().println(Json.text(value));
    } else {
      print(terminal.out(), line);
    }
    terminal.out().flush();
  }

  /** A line of a result for people; nothing where the result is JSON. */
  public void line(String text) {
    if (!json) {
      print(terminal.out(), text);
      terminal.out().flush();
    }
  }

  /** Whether the reader of the result has gone, so that nothing more need be written. */
  public boolean isUnheard() {
    return terminal.out().checkError();
  }

  /** What is going on; not shown with {@code --quiet}. */
  public void say(String text) {
    if (!quiet) {
      print(terminal.err(), text);
    }
  }

  /** A line beside the result that is shown, quiet or not. */
  public void note(String text) {
    print(terminal.err(), text);
  }

  /** Something that must be known, quiet or not. */
  public void warn(String text) {
    print(terminal.err(), paint(Paint.YELLOW, "warning: ") + Printable.lines(text));
  }

  /**
   * An error, as every error of the product looks; where the result is wanted as JSON, also as one
   * there: on one line, since a result may be one value a line.
   */
  public void error(TwinloomException e) {
    error(e, List.of());
  }

  /**
   * An error with what is wrong with the project.
   *
   * @param problems as {@code validate} has them; none in an error of anything else
   */
  public void error(TwinloomException e, List<Problem> problems) {
    if (json) {
      terminal.out().println(Json.text(ErrorJson.of(e, problems)));
      terminal.out().flush();
    }
    complain(e);
  }

  /** An error for people alone: beside a result that says the same. */
  public void complain(TwinloomException e) {
    PrintStream err = terminal.err();
    print(
        err,
        paint(Paint.RED, "error: ")
            + Printable.lines(e.what())
            + paint(Paint.DIM, "  [" + e.code() + "]"));
    if (!e.where().isEmpty()) {
      print(err, "  at:   " + Printable.lines(e.where()));
    }
    if (!e.fix().isEmpty()) {
      print(err, "  fix: " + Printable.lines(e.fix()));
    }
    if (terminal.debugging()) {
      e.printStackTrace(err);
    }
  }

  private void print(PrintStream stream, String text) {
    stream.println(ScreenText.of(ProgramName.in(text), terminal.coloured()));
  }

  /** The text so painted where colours may be; its own control characters are made visible. */
  public String paint(Paint paint, String text) {
    return paint.on(Printable.lines(text), terminal.coloured());
  }
}
