package io.twinloom.local.worker;

import java.io.IOException;
import java.nio.file.Path;

/** How a worker of a language is started and ended. */
interface WorkerCommand {

  /**
   * The process, not started yet.
   *
   * @param folder the worker's own: its working directory and the place of its temporary files,
   *     removed when it has ended
   */
  ProcessBuilder process(Path folder) throws IOException;

  /** Ends the process and those that it has started. */
  void end(Process process);

  /** Whether the process was ended since its memory was used up, by what it said at last. */
  boolean ranOutOfMemory(String lastWords);

  /** The memory it may use, for people. */
  String memory();
}
