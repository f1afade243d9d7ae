package io.twinloom.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What {@code simulate} publishes, one message after the other. */
interface MessageSource extends AutoCloseable {

  /**
   * A message that is due.
   *
   * @param after how long after the beginning
   * @param made makes the message for the time at which it is published
   */
  record Due(Duration after, Function<Instant, Published> made) {
    Published message(Instant now) {
      return made.apply(now);
    }
  }

  /** A message as it is published. */
  @SuppressWarnings("ArrayRecordComponent") // Nothing compares messages.
  record Published(String device, byte[] payload) {}

  /** The next message; empty at the end. */
  Optional<Due> next();

  /** The devices that messages were from so far. */
  List<String> devices();

  @Override
  void close();
}
