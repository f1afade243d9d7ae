package io.twinloom.worker;

/** Where workers note what an operator should see. Called on workers' threads; should not block. */
public interface WorkerLog {

  /** How urgent a line is, as its code said; what is merely printed is INFO. */
  enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /**
   * User code printed or logged a line.
   *
   * @param version what the code is known by; may be empty
   * @param trace of the event that it was running, or had run last; empty where there was none
   */
  void printed(String function, String version, String trace, Level level, String line);

  /**
   * A worker ended by itself.
   *
   * @param function whose event it ran, or ran last
   * @param how such as "ended with exit code 1"
   * @param lastWords the last line of its error stream
   */
  void died(String function, String how, String lastWords);
}
