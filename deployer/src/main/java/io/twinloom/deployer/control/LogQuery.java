package io.twinloom.deployer.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which lines of the log are wanted.
 *
 * @param function a function's deployed name
 * @param device only lines of invocations for this device, and of their traces
 * @param level lines that matter less are left out: one of {@link #LEVELS}
 * @param since inclusive
 * @param tail the newest so many; empty: as many as there are, or {@link #TAIL_FOLLOWED} where it
 *     is followed
 * @param follow whether to stay and wait for new ones
 */
public record LogQuery(
    Optional<String> function,
    Optional<String> trace,
    Optional<String> device,
    String level,
    Optional<Instant> since,
    OptionalInt tail,
    boolean follow) {

  /** So many lines are shown before those that come, where it is followed. */
  public static final int TAIL_FOLLOWED = 10;

  /** The levels, the least important one first. */
  public static final List<String> LEVELS = List.of("DEBUG", "INFO", "WARN", "ERROR");

  public LogQuery {
    if (!LEVELS.contains(level)) {
      throw new IllegalArgumentException("level " + level);
    }
  }

  /** Every line that there is. */
  public static LogQuery all() {
    return new Builder().build();
  }

  /** What is not said is not asked for. */
  public static Builder builder() {
    return new Builder();
  }

  /** Takes the parts one by one. */
  public static final class Builder {
    private Optional<String> function = Optional.empty();
    private Optional<String> trace = Optional.empty();
    private Optional<String> device = Optional.empty();
    private String level = "DEBUG";
    private Optional<Instant> since = Optional.empty();
    private OptionalInt tail = OptionalInt.empty();
    private boolean follow;

    private Builder() {}

    public Builder function(Optional<String> name) {
      function = name;
      return this;
    }

    public Builder trace(Optional<String> id) {
      trace = id;
      return this;
    }

    public Builder device(Optional<String> id) {
      device = id;
      return this;
    }

    public Builder level(String atLeast) {
      level = atLeast;
      return this;
    }

    public Builder since(Optional<Instant> time) {
      since = time;
      return this;
    }

    public Builder tail(OptionalInt lines) {
      tail = lines;
      return this;
    }

    public Builder follow(boolean stay) {
      follow = stay;
      return this;
    }

    public LogQuery build() {
      return new LogQuery(function, trace, device, level, since, tail, follow);
    }
  }
}
