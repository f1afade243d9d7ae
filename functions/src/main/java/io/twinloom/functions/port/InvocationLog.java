package io.twinloom.functions.port;

import java.time.Duration;
import java.util.Map;

/**
 * Where functions report what they did. Never gets a payload (except in debug mode) or a secret.
 */
public interface InvocationLog {

  /** The fields of a line that user code printed; its own process limits how many there are. */
  Map<String, String> OF_USER_CODE = Map.of("from", "user code");

  /** Whether these are the fields of a line that user code printed. */
  static boolean isOfUserCode(Map<String, String> fields) {
    return fields.entrySet().containsAll(OF_USER_CODE.entrySet());
  }

  /** Discards everything: for where no log is read. */
  InvocationLog SILENT =
      new InvocationLog() {
        @Override
        public void invocation(
            String function,
            String sourceCloud,
            String traceId,
            String device,
            String outcome,
            Duration duration) {}

        @Override
        public void batch(String function, String traceId, Endings endings, Duration duration) {}

        @Override
        public void note(
            Level level,
            String function,
            String traceId,
            String message,
            Map<String, String> fields) {}
      };

  /**
   * How many events of a run on several have ended in which way.
   *
   * @param failed those that are tried again, and have lost an attempt
   * @param putOff those that are tried again, and have not
   * @param dead those that became dead letters, or were refused
   */
  record Endings(int ok, int failed, int putOff, int dead) {

    /** How many there were. */
    public int events() {
      return ok + failed + putOff + dead;
    }
  }

  /**
   * Something that a rule did for an event.
   *
   * @param rule its number, from 1
   * @param device whose event it was; of a command, the device that it goes to
   * @param eventId of the event, or empty
   * @param text for people
   */
  record RuleRecord(
      RuleKind kind, int rule, String device, String eventId, String traceId, String text) {}

  /** What a rule can do. */
  enum RuleKind {
    FIRED,
    SKIPPED,
    COMMAND
  }

  /** How much a line matters. */
  enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /**
   * The one line of an invocation.
   *
   * @param function the deployed function's name
   * @param sourceCloud where the event came from, or empty
   * @param device or empty
   * @param outcome {@code ok}, or the code of the error
   */
  void invocation(
      String function,
      String sourceCloud,
      String traceId,
      String device,
      String outcome,
      Duration duration);

  /**
   * The line of one event of a run on several, which {@link #batch} has counted already.
   *
   * @see #invocation for the parameters
   */
  default void eventOfBatch(
      String function,
      String sourceCloud,
      String traceId,
      String device,
      String outcome,
      Duration duration) {
    invocation(function, sourceCloud, traceId, device, outcome, duration);
  }

  /**
   * The one line of a run on several events; those that did not end well, are marked, carry a note
   * or are of a sampled trace have lines of their own besides.
   *
   * @param traceId that of the first event
   */
  void batch(String function, String traceId, Endings endings, Duration duration);

  /** Anything else worth saying, with fields that name what it is about. */
  void note(
      Level level, String function, String traceId, String message, Map<String, String> fields);

  /**
   * Takes what a rule did, apart from the lines, which are not always kept. A log that keeps no
   * such records may ignore it.
   */
  default void ruled(String function, RuleRecord what) {}

  /**
   * Counts something that is worth a number but not a line each time it happens. A log that keeps
   * no counts may ignore it.
   *
   * @param what a stable name, such as {@code moved-by-a-microsecond}
   */
  default void count(String function, String what) {}

  /**
   * Takes a value that something has now. A log that keeps no values may ignore it.
   *
   * @param what a stable name, such as {@code hot-item-overdue-hours}
   */
  default void measure(String function, String what, long value) {}
}
