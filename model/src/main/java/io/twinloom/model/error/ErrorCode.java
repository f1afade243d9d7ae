package io.twinloom.model.error;

/**
 * A kind of error: a stable code by which users, tests and documents know it, and what holds for
 * every error of that kind. Each module has one enum of its own codes.
 */
public interface ErrorCode {

  /** The name of the enum's constant, such as {@code KEY_MISSING}. */
  String name();

  /** What holds for every error of this kind. */
  ErrorFacts facts();

  /** The code as it is shown, such as {@code TL-KEY-MISSING}. */
  default String code() {
    return "TL-" + name().replace('_', '-');
  }

  /** The status of a response over HTTP that this error is the reason of. */
  default int httpStatus() {
    return facts().httpStatus();
  }

  /** What can be done about it where the error itself says nothing more specific. */
  default String fix() {
    return facts().fix();
  }

  /** Whether the same again, without a change, can succeed. */
  default boolean retryable() {
    return facts().retryable();
  }
}
