package io.twinloom.deployer;

/**
 * Receives what a long piece of work is doing, in words for people. May be called by any thread.
 */
@FunctionalInterface
public interface Progress {

  /** Reports nothing. */
  Progress SILENT = step -> {};

  /**
   * Says what is being done or was done.
   *
   * @param step a sentence without a full stop
   */
  void step(String step);
}
