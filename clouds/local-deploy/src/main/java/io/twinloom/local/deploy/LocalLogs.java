package io.twinloom.local.deploy;

import io.twinloom.deployer.LogSelection;
import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.LogQuery;
import io.twinloom.local.log.LogFilter;
import io.twinloom.local.log.LogReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The log of a twin on this machine, whether or not it runs.
 *
 * @param folder of its files
 */
record LocalLogs(Path folder) {

  private static final Duration FOLLOW_STEP = Duration.ofMillis(100);

  /**
   * Hands over the newest lines, oldest first; with {@code follow}, goes on with new ones until the
   * thread is interrupted.
   *
   * @param readers the names of the functions that only read
   */
  void read(LogQuery query, Set<String> readers, Consumer<LogLine> lines) {
    LogReader reader = new LogReader(folder);
    LogSelection selection = new LogSelection(query, readers);
    // Where it is not for one device, these two find the lines by their text alone.
    LogFilter filter = LogFilter.all();
    if (query.device().isEmpty()) {
      filter = query.function().map(filter::ofFunction).orElse(filter);
      filter = query.trace().map(filter::ofTrace).orElse(filter);
    } else {
      var unused =
          reader.query(
              filter,
              line -> {
                selection.learn(new LogLine(line));
                return false;
              },
              1);
    }
    LogReader.Follower follower = reader.follow(filter);
    int tail = query.tail().orElse(query.follow() ? LogQuery.TAIL_FOLLOWED : LogReader.MAX_LIMIT);
    if (tail > 0) {
      reader
          .query(
              filter,
              line -> selection.wants(new LogLine(line)),
              Math.min(tail, LogReader.MAX_LIMIT))
          .forEach(line -> lines.accept(new LogLine(line)));
    }
    try {
      while (query.follow()) {
        TimeUnit.MILLISECONDS.sleep(FOLLOW_STEP.toMillis());
        follower.poll(
            line -> {
              LogLine one = new LogLine(line);
              if (selection.wants(one)) {
                lines.accept(one);
              }
            });
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
