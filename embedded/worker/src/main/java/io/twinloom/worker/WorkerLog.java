package io.twinloom.worker;

/** Where workers note what an operator should see. Called on workers' threads; should not block. */
public interface WorkerLog {

  /**
   * User code printed a line.
   *
   * @param trace of the event that it was running; empty where it ran none
   */
  void printed(String function, String trace, String line);

  /**
   * A worker ended by itself.
   *
   * @param function whose event it ran, or ran last
   * @param how such as "ended with exit code 1"
   * @param lastWords the last line of its error stream
   */
  void died(String function, String how, String lastWords);
}
