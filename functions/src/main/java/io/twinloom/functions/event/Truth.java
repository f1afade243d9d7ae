package io.twinloom.functions.event;

import java.util.List;

/**
 * A truth value of Kleene's strong logic: what is unknown stays so wherever the result depends on
 * it, and nowhere else.
 */
enum Truth {
  TRUE,
  FALSE,
  UNKNOWN;

  static Truth of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** Whether any is true: an unknown one does not matter where another is. */
  static Truth any(List<Truth> parts) {
    return parts.contains(TRUE) ? TRUE : parts.contains(UNKNOWN) ? UNKNOWN : FALSE;
  }

  /** Whether all are true: an unknown one does not matter where another is false. */
  static Truth all(List<Truth> parts) {
    return parts.contains(FALSE) ? FALSE : parts.contains(UNKNOWN) ? UNKNOWN : TRUE;
  }
}
