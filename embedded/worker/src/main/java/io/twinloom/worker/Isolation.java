package io.twinloom.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
 * <p>Where it permits mounting too, a {@link SecretCover} keeps files from user code, and the right
 * to mount is dropped before any of it runs.
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

  private static final List<String> NAMESPACE =
      List.of("unshare", "--pid", "--fork", "--kill-child");

  /** What a root without these cannot do: undo mounts, or get at a process that could. */
  private static final String WITHOUT_MOUNTING = "-sys_admin,-sys_ptrace,-mknod";

  /**
   * A way to start a worker apart.
   *
   * @param unshare the options of {@code unshare}
   * @param rights the capabilities that are dropped after the mounts; empty: nothing is mounted
   */
  private record Way(List<String> unshare, String rights) {

    boolean mounts() {
      return !rights.isEmpty();
    }

    /** The start of a command: what follows is run there. */
    List<String> command(String mounts, String script) {
      List<String> command = new ArrayList<>(NAMESPACE);
      command.addAll(unshare);
      if (!mounts()) {
        command.addAll(List.of("/bin/sh", "-c", script, "sh"));
        return command;
      }
      String dropping =
          String.format(
              Locale.ROOT,
              "exec setpriv --bounding-set %1$s --inh-caps %1$s --ambient-caps %1$s /bin/sh -c \"$@\"",
              rights);
      command.addAll(List.of("/bin/sh", "-c", mounts + dropping, "sh", script, "sh"));
      return command;
    }
  }

  /**
   * The first that works is taken: root needs no user namespace, which would cost it its rights.
   */
  private static final List<Way> WAYS =
      List.of(
          new Way(List.of("--mount-proc"), WITHOUT_MOUNTING),
          new Way(List.of("--user", "--map-current-user", "--keep-caps", "--mount-proc"), "-all"),
          new Way(List.of("--mount-proc"), ""),
          new Way(List.of("--user", "--map-current-user", "--mount-proc"), ""),
          new Way(List.of("--user", "--map-current-user"), ""));

  private static final int PROBE_SECONDS = 5;
  private static final int PROBE_EXIT_CODE = 17;

  private final boolean tryNamespaces;
  private final SecretCover cover;
  private @Nullable Optional<Way> way;

  /**
   * @param tryNamespaces false leaves them out where the system permits them too
   * @param cover what is kept from user code
   */
  Isolation(boolean tryNamespaces, SecretCover cover) {
    this.tryNamespaces = tryNamespaces;
    this.cover = cover;
  }

  /** Keeps secrets from the workers of these functions, but not their code. */
  static Isolation of(boolean tryNamespaces, List<WorkerFunction> functions, Workplace place) {
    SecretCover cover = new SecretCover(place.secrets(), JavaCommand.program(), place.scratch());
    cover.show(place.code());
    Isolation isolation = new Isolation(tryNamespaces, cover);
    functions.forEach(isolation::show);
    return isolation;
  }

  /** Has the workers that start from now on see the code of this function, too. */
  void show(WorkerFunction function) {
    cover.show(function.path());
    cover.show(function.libraries());
  }

  /** Whether a worker's processes end with it whatever they do. Tried once, at the first need. */
  boolean hasNamespace() {
    return way().isPresent();
  }

  /** Whether user code cannot see what is to be kept from it. */
  boolean hidesSecrets() {
    return way().filter(Way::mounts).isPresent();
  }

  /**
   * The command that runs this one apart.
   *
   * @param needed what it needs of folders that are kept from user code
   */
  List<String> apart(List<String> command, List<Path> needed) {
    return wrapped(command, AS_CHILD, needed);
  }

  /**
   * The same for a command that reads frames from file descriptor 3 and writes them to 4: its own
   * standard input is empty, and its output is the error stream.
   */
  List<String> apartWithMovedPipes(List<String> command, List<Path> needed) {
    return wrapped(command, AS_CHILD_WITH_MOVED_PIPES, needed);
  }

  private List<String> wrapped(List<String> command, String script, List<Path> needed) {
    Optional<Way> found = way();
    List<String> all =
        new ArrayList<>(
            found.isEmpty()
                ? List.of("/bin/sh", "-c", script, "sh")
                : found.get().command(found.get().mounts() ? cover.script(needed) : "", script));
    all.addAll(command);
    return all;
  }

  private synchronized Optional<Way> way() {
    Optional<Way> known = way;
    if (known == null) {
      known = tryNamespaces ? probe() : Optional.empty();
      way = known;
    }
    return known;
  }

  private Optional<Way> probe() {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
      return Optional.empty();
    }
    return WAYS.stream()
        .filter(candidate -> cover.isNeeded() || !candidate.mounts())
        .filter(Isolation::works)
        .findFirst();
  }

  private static boolean works(Way way) {
    List<String> command =
        way.command("set -e\nmount -t tmpfs tmpfs /tmp\n", "exit " + PROBE_EXIT_CODE);
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
