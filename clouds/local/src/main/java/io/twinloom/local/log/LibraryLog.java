package io.twinloom.local.log;

import io.twinloom.functions.port.InvocationLog;
import io.twinloom.model.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Takes what the network libraries have to say into the twin's log, one line each without a stack
 * trace; equal ones are counted there. They write to {@code java.util.logging}, which would put it
 * onto standard error, with whatever bytes a client has sent.
 */
public final class LibraryLog extends Handler implements AutoCloseable {

  private static final List<String> LIBRARIES = List.of("io.netty", "io.vertx");

  private static final int SHOWN = 200;

  /** Held here, since the system itself forgets a logger that nobody holds. */
  private final List<Logger> taken = new ArrayList<>();

  private final List<Logger> silenced = new ArrayList<>();
  private final InvocationLog log;

  private LibraryLog(InvocationLog log) {
    this.log = log;
    setLevel(Level.WARNING);
  }

  /** Begins to take it; ends when closed. */
  public static LibraryLog into(InvocationLog log) {
    LibraryLog handler = new LibraryLog(log);
    for (String name : LIBRARIES) {
      Logger logger = Logger.getLogger(name);
      handler.taken.add(logger);
      logger.addHandler(handler);
      if (logger.getUseParentHandlers()) {
        logger.setUseParentHandlers(false);
        handler.silenced.add(logger);
      }
    }
    return handler;
  }

  /** Keeps it from standard error where no twin runs that has a log; ends when closed. */
  public static LibraryLog unheard() {
    return into(InvocationLog.SILENT);
  }

  @Override
  public void publish(LogRecord entry) {
    if (!isLoggable(entry)) {
      return;
    }
    log.note(
        entry.getLevel().intValue() >= Level.SEVERE.intValue()
            ? InvocationLog.Level.ERROR
            : InvocationLog.Level.WARN,
        "",
        "",
        text(entry),
        Map.of("library", String.valueOf(entry.getLoggerName())));
  }

  private static String text(LogRecord entry) {
    String message = String.valueOf(entry.getMessage());
    Throwable thrown = entry.getThrown();
    String why =
        thrown == null
            ? ""
            : ": "
                + thrown.getClass().getSimpleName()
                + (thrown.getMessage() == null ? "" : ": " + thrown.getMessage());
    return Printable.cut(message.lines().findFirst().orElse("") + why, SHOWN);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    taken.forEach(logger -> logger.removeHandler(this));
    silenced.forEach(logger -> logger.setUseParentHandlers(true));
  }
}
