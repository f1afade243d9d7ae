package io.twinloom.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How workers are kept from the process that starts them. A worker's parent is a shell that does
 * nothing but wait for it: user code that kills its parent kills no other process.
 *
 * <p>Where the system permits, that shell is the first process of a PID namespace: user code sees
 * no process but its own, and all that it has started, in sessions of their own too, end with its
 * worker. Elsewhere (not on Linux, or forbidden) what leaves the worker's group is known by a
 * variable of its environment.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/pid_namespaces.7.html">pid_namespaces(7)</a>
 */
final class Isolation {

  /** The shell's error stream is for the worker alone: it says itself how a child ended. */
  private static final String AS_CHILD = "exec 9>&2 2>/dev/null; \"$@\" 2>&9 9>&-; exit $?";

  /**
   * The same, with the pipes moved out of reach: the standard streams of user code are the null
   * device and the error stream, whatever it does to their file descriptors.
   */
  private static final String AS_CHILD_WITH_MOVED_PIPES =
      "exec 9>&2 2>/dev/null; \"$@\" 3<&0 4>&1 0</dev/null 1>&9 2>&9 9>&-; exit $?";

  private static final List<String> NAMESPACE = List.of("--pid", "--fork", "--kill-child");

  /**
   * The first that works is taken: root needs no user namespace, which would cost it its rights.
   */
  private static final List<List<String>> WAYS =
      List.of(
          List.of("--mount-proc"),
          List.of("--user", "--map-current-user", "--mount-proc"),
          List.of("--user", "--map-current-user"));

  private static final int PROBE_SECONDS = 5;
  private static final int PROBE_EXIT_CODE = 17;

  private final boolean tryNamespaces;
  private @Nullable List<String> prefix;

  /**
   * @param tryNamespaces false leaves them out where the system permits them too
   */
  Isolation(boolean tryNamespaces) {
    this.tryNamespaces = tryNamespaces;
  }

  /** Whether a worker's processes end with it whatever they do. Tried once, at the first need. */
  boolean hasNamespace() {
    return !prefix().isEmpty();
  }

  /** The command that runs this one apart. */
  List<String> apart(List<String> command) {
    return wrapped(command, AS_CHILD);
  }

  /**
   * The same for a command that reads frames from file descriptor 3 and writes them to 4: its own
   * standard input is empty, and its output is the error stream.
   */
  List<String> apartWithMovedPipes(List<String> command) {
    return wrapped(command, AS_CHILD_WITH_MOVED_PIPES);
  }

  private List<String> wrapped(List<String> command, String script) {
    List<String> all = new ArrayList<>(prefix());
    all.addAll(List.of("/bin/sh", "-c", script, "sh"));
    all.addAll(command);
    return all;
  }

  private synchronized List<String> prefix() {
    List<String> known = prefix;
    if (known == null) {
      known = tryNamespaces ? probe() : List.of();
      prefix = known;
    }
    return known;
  }

  private static List<String> probe() {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
      return List.of();
    }
    for (List<String> way : WAYS) {
      List<String> command = new ArrayList<>(List.of("unshare"));
      command.addAll(NAMESPACE);
      command.addAll(way);
      if (works(command)) {
        return List.copyOf(command);
      }
    }
    return List.of();
  }

  private static boolean works(List<String> unshare) {
    List<String> command = new ArrayList<>(unshare);
    command.addAll(List.of("/bin/sh", "-c", "exit " + PROBE_EXIT_CODE));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)
            && process.exitValue() == PROBE_EXIT_CODE;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      // There is no such program.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
