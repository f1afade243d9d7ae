package io.twinloom.local.http;

import io.twinloom.model.TwinloomException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The ports that something may listen on: the one that was given, or any free one. A free one is
 * looked for below those that systems give to the clients of other servers: it is remembered by the
 * twin, and what is remembered should be free at the next start too.
 *
 * @param candidates in the order in which they are tried; 0: one that the system chooses
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6335#section-6">RFC 6335, 6</a>
 */
public record ListeningPorts(List<Integer> candidates) {

  private static final int FIRST = 10_000;

  /** Linux gives ports from here on to clients, others from 49,152 on. */
  private static final int END = 32_768;

  private static final int ATTEMPTS = 30;

  public ListeningPorts {
    candidates = List.copyOf(candidates);
  }

  /**
   * @param wanted 0: any free one
   */
  public static ListeningPorts of(int wanted, RandomGenerator random) {
    if (wanted != 0) {
      return new ListeningPorts(List.of(wanted));
    }
    List<Integer> free = new ArrayList<>();
    for (int i = 0; i < ATTEMPTS; i++) {
      free.add(random.nextInt(FIRST, END));
    }
    free.add(0);
    return new ListeningPorts(free);
  }

  /**
   * Opens something on the first port that is free.
   *
   * @throws TwinloomException with what opening it failed of, where that is another cause or all
   *     ports are taken
   */
  public <T> T open(IntFunction<T> opening) {
    for (int i = 0; i < candidates.size() - 1; i++) {
      try {
        return opening.apply(candidates.get(i));
      } catch (TwinloomException e) {
        if (!isTaken(e)) {
          throw e;
        }
      }
    }
    return opening.apply(candidates.getLast());
  }

  private static boolean isTaken(Throwable e) {
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }
}
