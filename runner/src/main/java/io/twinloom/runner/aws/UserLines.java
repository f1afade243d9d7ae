package io.twinloom.runner.aws;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * What user code prints and logs, as lines of the shape of the system's own: each has function,
 * trace and level, as on the local clouds. Lambda gives a process one event at a time.
 */
final class UserLines {

  /** CloudWatch takes 256 KB a line. */
  static final int MAX_LINE_BYTES = 64 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final String function;
  private final OutputStream out;
  private final InstantSource clock;
  private final Printed standardOut = new Printed();
  private final Printed standardErr = new Printed();
  private volatile String trace = "";

  /**
   * @param function its name in the topology
   * @param out takes each line at once
   */
  UserLines(String function, OutputStream out, InstantSource clock) {
    this.function = function;
    this.out = out;
    this.clock = clock;
  }

  /** The process's standard streams and its log, from now on. */
  static UserLines ofProcess(String function) {
    UserLines lines = new UserLines(function, System.out, InstantSource.system());
    System.setOut(stream(lines.standardOut));
    System.setErr(stream(lines.standardErr));
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(lines.records());
    return lines;
  }

  /** What the JDK's loggers log to. */
  Handler records() {
    return new Records();
  }

  /** What follows is of this event. */
  void begin(String of) {
    trace = of;
  }

  /** The event has ended, and the line that it has begun with it. */
  void end() {
    System.out.flush();
    System.err.flush();
    standardOut.endEvent();
    standardErr.endEvent();
    trace = "";
  }

  private static PrintStream stream(OutputStream printed) {
    return new PrintStream(printed, true, StandardCharsets.UTF_8);
  }

  private synchronized void line(String level, String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringField("time", TIME.format(clock.instant()));
      json.writeStringField("level", level);
      json.writeStringField("function", function);
      json.writeStringField("cloud", "aws");
      json.writeStringField("trace_id", trace);
      json.writeStringField("message", text);
      json.writeObjectFieldStart("fields");
      json.writeStringField("from", "user code");
      json.writeEndObject();
      json.writeEndObject();
      json.writeRaw('\n');
      json.flush();
      out.write(bytes.toByteArray());
      out.flush();
    } catch (IOException e) {
      // What cannot be labelled must not fail the event.
      return;
    }
  }

  /** A standard stream. */
  private final class Printed extends OutputStream {
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int b) {
      if (b == '\n') {
        endLine();
      } else if (rest.size() < MAX_LINE_BYTES) {
        rest.write(b);
      }
    }

    private synchronized void endEvent() {
      if (rest.size() > 0) {
        endLine();
      }
    }

    private void endLine() {
      String text = rest.toString(StandardCharsets.UTF_8);
      rest.reset();
      line("INFO", text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
  }

  /** What is logged with the JDK's own loggers. */
  private final class Records extends Handler {

    Records() {
      setFormatter(new SimpleFormatter());
    }

    @Override
    public void publish(LogRecord record) {
      if (!isLoggable(record)) {
        return;
      }
      StringWriter text = new StringWriter();
      text.append(getFormatter().formatMessage(record));
      if (record.getThrown() != null) {
        text.append('\n');
        record.getThrown().printStackTrace(new PrintWriter(text));
      }
      line(word(record.getLevel()), cut(text.toString()));
    }

    private static String cut(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return bytes.length > MAX_LINE_BYTES
          ? new String(bytes, 0, MAX_LINE_BYTES, StandardCharsets.UTF_8)
          : text;
    }

    private static String word(Level level) {
      if (level.intValue() >= Level.SEVERE.intValue()) {
        return "ERROR";
      }
      if (level.intValue() >= Level.WARNING.intValue()) {
        return "WARN";
      }
      return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }

    @Override
    public void flush() {
      // Each record is written at once.
    }

    @Override
    public void close() {
      // There is nothing of its own.
    }
  }
}
