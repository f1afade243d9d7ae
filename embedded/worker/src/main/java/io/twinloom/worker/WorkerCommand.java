package io.twinloom.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** How a worker of a language is started and ended. */
interface WorkerCommand {

  /**
   * The process, not started yet.
   *
   * @param folder the worker's own: its working directory and the place of its temporary files,
   *     removed when it has ended
   */
  ProcessBuilder process(Path folder) throws IOException;

  /** What the process has in its environment besides what every worker has. */
  Map<String, String> variables();

  /**
   * Ends the process and those that it has started.
   *
   * @param workerId the id that the worker itself has, as far as it has said so; else 0
   */
  void end(Process process, long workerId);

  /** The limit for which the process ended itself, for people, by what it said at last. */
  Optional<String> exceededLimit(String lastWords);
}
