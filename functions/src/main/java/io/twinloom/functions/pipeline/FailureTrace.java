package io.twinloom.functions.pipeline;

/**
 * Where an unexpected error comes from: the classes of it and its causes, and their frames. Their
 * messages are left out, since those may hold a secret or a payload.
 */
final class FailureTrace {

  private static final int MAX_CAUSES = 4;
  private static final int MAX_FRAMES = 12;

  private FailureTrace() {}

  /** The trace as text, with lines as a stack trace has them. */
  static String of(Throwable error) {
    StringBuilder text = new StringBuilder(error.getClass().getName());
    Throwable shown = error;
    for (int causes = 0; shown != null && causes < MAX_CAUSES; causes++) {
      if (causes > 0) {
        text.append("\nCaused by: ").append(shown.getClass().getName());
      }
      StackTraceElement[] frames = shown.getStackTrace();
      for (int i = 0; i < frames.length && i < MAX_FRAMES; i++) {
        text.append("\n  at ").append(frames[i]);
      }
      shown = shown.getCause();
    }
    return text.toString();
  }
}
