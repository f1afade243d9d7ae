package io.twinloom.server.twin;

import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.server.http.Parameters;
import java.time.Instant;
import java.util.Optional;

/** Which dead letters are meant: all that is given must hold. */
record DeadLetterFilter(
    Optional<String> function,
    Optional<String> device,
    Optional<String> cloud,
    Optional<String> error,
    Optional<String> cause,
    Optional<String> trace,
    Optional<Instant> since,
    Optional<Instant> until) {

  static final DeadLetterFilter ALL =
      new DeadLetterFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  static final String[] MEMBERS = {
    "function", "device", "cloud", "error", "cause", "trace", "since", "until"
  };

  static DeadLetterFilter of(Parameters given) {
    return new DeadLetterFilter(
        given.text("function"),
        given.text("device"),
        given.text("cloud"),
        given.text("error"),
        given.text("cause"),
        given.text("trace"),
        given.time("since"),
        given.time("until"));
  }

  boolean isOf(DeadLetterEntry letter) {
    return function.map(letter.function()::equals).orElse(true)
        && cloud.map(letter.cloud().id()::equals).orElse(true)
        && error.map(letter.error()::contains).orElse(true)
        && cause.map(letter.cause()::equals).orElse(true)
        && trace.map(letter.traceId()::equals).orElse(true)
        && since.map(t -> !letter.time().isBefore(t)).orElse(true)
        && until.map(t -> !letter.time().isAfter(t)).orElse(true)
        && (device.isEmpty() || device.equals(letter.device()));
  }
}
