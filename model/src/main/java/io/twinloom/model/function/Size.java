package io.twinloom.model.function;

/**
 * What a function gets of a cloud's functions service.
 *
 * @param timeoutSeconds how long one invocation may take
 * @param memoryMib memory in MiB; processor time is in proportion to it
 */
public record Size(int timeoutSeconds, int memoryMib) {
  public Size {
    if (timeoutSeconds < 1 || memoryMib < 128) {
      throw new IllegalArgumentException(timeoutSeconds + " s, " + memoryMib + " MiB");
    }
  }
}
