package io.twinloom.local.worker;

import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import java.util.Map;

/** What the log is told of workers. */
record WorkerJournal(InvocationLog log) {

  /** A line that user code printed. */
  void printed(String function, String trace, String line) {
    log.note(Level.INFO, function, trace, line, Map.of("from", "user code"));
  }

  /** A worker ended that nobody had ended. */
  void died(String function, Worker.Ending ending) {
    log.note(
        Level.WARN,
        function,
        "",
        "A process for user code " + ending.text(),
        Map.of("last_words", ending.lastWords()));
  }
}
