package io.twinloom.json;

/**
 * A text holds half of a surrogate pair: it is no Unicode, and UTF-8 cannot write it. Carries no
 * stack trace, since the fault is in the data.
 */
public final class LoneSurrogateException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  LoneSurrogateException() {
    super("A text holds half of a surrogate pair.");
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // It does nothing.
  public Throwable fillInStackTrace() {
    return this;
  }
}
