package io.twinloom.worker.jvm;

import io.twinloom.worker.wire.Frame;
import io.twinloom.worker.wire.PrintedLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's own logging, to which {@code System.Logger} leads as well: one handler at the root,
 * which passes each record on with its level. The JDK makes both classes itself, when user code
 * logs for the first time: so where records go is held by the class.
 */
public final class LogConfiguration {
  private static final String PROPERTIES =
      "handlers=" + Records.class.getName() + "\n.level=INFO\n";

  private static final AtomicReference<@Nullable PrintedLines> LINES = new AtomicReference<>();

  /** Called by the JDK, as the property {@code java.util.logging.config.class} says. */
  public LogConfiguration() throws IOException {
    LogManager.getLogManager()
        .readConfiguration(
            new ByteArrayInputStream(PROPERTIES.getBytes(StandardCharsets.ISO_8859_1)));
  }

  static void logTo(PrintedLines lines) {
    LINES.set(lines);
  }

  /** Passes records on, line by line. */
  public static final class Records extends Handler {

    /** Called by the JDK. */
    public Records() {
      setLevel(Level.ALL);
      setFormatter(new SimpleFormatter());
    }

    @Override
    public void publish(LogRecord record) {
      PrintedLines lines = LINES.get();
      if (lines == null || !isLoggable(record)) {
        return;
      }
      StringWriter text = new StringWriter();
      text.append(getFormatter().formatMessage(record));
      Throwable thrown = record.getThrown();
      if (thrown != null) {
        text.append('\n');
        thrown.printStackTrace(new PrintWriter(text));
      }
      text.toString().lines().forEach(line -> lines.add(letter(record.getLevel()), line));
    }

    private static byte letter(Level level) {
      if (level.intValue() >= Level.SEVERE.intValue()) {
        return Frame.SEVERE;
      }
      if (level.intValue() >= Level.WARNING.intValue()) {
        return Frame.WARN;
      }
      return level.intValue() >= Level.INFO.intValue() ? Frame.INFO : Frame.DEBUG;
    }

    @Override
    public void flush() {
      // Each record is sent at once.
    }

    @Override
    public void close() {
      // There is nothing to close.
    }
  }
}
