package io.twinloom.api;

import java.util.Map;

/**
 * User code: one event in, one event out.
 *
 * <p>An implementation has a public constructor without parameters. It is made once and called for
 * many events, by one thread at a time, so it may keep what is expensive to make, but must not rely
 * on what it kept: it may be made anew at any moment, and the same event may be given again.
 *
 * <p>The same interface serves processors, event actions and feedback code; what the event holds
 * differs, and is described in {@code docs/user-code.md}.
 */
@FunctionalInterface
public interface Processor {

  /**
   * Processes one event.
   *
   * @param event the event, free to be changed. JSON objects are maps, arrays are lists, text is
   *     {@code String}, whole numbers are {@code Long} (or {@code BigInteger} where too large),
   *     other numbers are {@code Double} (or {@code BigDecimal} where a double would lose digits),
   *     null is null
   * @return the event to pass on; it may be the one given. Not null
   * @throws Exception fails this event alone: it is tried again, and then kept as a dead letter
   */
  Map<String, Object> process(Map<String, Object> event) throws Exception;
}
