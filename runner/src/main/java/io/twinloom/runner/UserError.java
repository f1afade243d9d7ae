package io.twinloom.runner;

/** The user's own error in one short line: type, message, and the line of their code. */
final class UserError {
  private static final int MAX_MESSAGE = 500;

  private UserError() {}

  /** For example {@code IllegalStateException: no value (Processor.java:12)}. */
  static String describe(Throwable thrown, String function) {
    Throwable error = thrown;
    if (thrown instanceof ExceptionInInitializerError && thrown.getCause() != null) {
      error = thrown.getCause();
    }
    StringBuilder text = new StringBuilder(simpleName(error));
    String message = message(error);
    if (!message.isEmpty()) {
      text.append(": ").append(message);
    }
    return text.append(place(error, function)).toString();
  }

  private static String simpleName(Throwable error) {
    String name = error.getClass().getSimpleName();
    return name.isEmpty() ? error.getClass().getName() : name;
  }

  private static String message(Throwable error) {
    String message;
    try {
      message = error.getMessage();
    } catch (Throwable e) {
      // The user's class makes the message.
      return "";
    }
    if (message == null) {
      return "";
    }
    String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
    return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE) + " …";
  }

  private static String place(Throwable error, String function) {
    String loader = UserClasses.loaderName(function);
    for (Throwable at = error; at != null; at = at.getCause()) {
      for (StackTraceElement frame : at.getStackTrace()) {
        if (loader.equals(frame.getClassLoaderName())) {
          String file = frame.getFileName() == null ? frame.getClassName() : frame.getFileName();
          return frame.getLineNumber() > 0
              ? " (" + file + ":" + frame.getLineNumber() + ")"
              : " (" + file + ")";
        }
      }
    }
    return "";
  }
}
