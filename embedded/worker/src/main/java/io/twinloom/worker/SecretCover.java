package io.twinloom.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Keeps files from user code: within a mount namespace an empty folder in memory lies over each
 * secret one, in which only what a worker needs is bound from below. The folder is covered rather
 * than its files, since a file that is replaced would be seen again.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/mount_namespaces.7.html">mount_namespaces(7):
 *     what is mounted here cannot be uncovered from a namespace with fewer rights</a>
 */
final class SecretCover {

  /** Only names are kept in a cover. */
  private static final String TMPFS = "mount -t tmpfs -o mode=700,size=1m tmpfs ";

  /** The shell's own, which has but one digit: what is open at its start is below. */
  private static final int FIRST_DESCRIPTOR = 3;

  private static final int MOST_SECRETS = 5;

  private final List<SecretFolder> secrets;
  private final CopyOnWriteArrayList<Path> visible;
  private final Path covers;

  /**
   * @param visible what every worker needs, wherever it is: code, libraries, programs
   * @param covers a folder for the places where covers are put together
   */
  SecretCover(List<SecretFolder> secrets, List<Path> visible, Path covers) {
    this.secrets = List.copyOf(secrets);
    if (secrets.size() > MOST_SECRETS) {
      throw new IllegalArgumentException("more than " + MOST_SECRETS + " secret folders");
    }
    this.visible = new CopyOnWriteArrayList<>(visible);
    this.covers = covers;
  }

  /** Has the workers that start from now on see these, too. */
  void show(List<Path> paths) {
    int unused = visible.addAllAbsent(paths);
  }

  /** Whether there is anything to keep from user code. */
  boolean isNeeded() {
    return !secrets.isEmpty();
  }

  /**
   * The commands of a shell that cover everything, to be run in a mount namespace.
   *
   * @param own what this worker needs besides
   * @throws UncheckedIOException if the files cannot be looked at
   */
  String script(List<Path> own) {
    try {
      Set<Path> needed = needed(own);
      List<String> lines = new ArrayList<>(List.of("set -e"));
      List<String> last = new ArrayList<>();
      int number = 0;
      for (SecretFolder secret : outermostFirst()) {
        Path folder = secret.folder();
        Path cover = Files.createDirectories(covers.resolve("cover-" + ++number)).toRealPath();
        int descriptor = FIRST_DESCRIPTOR + number;
        lines.add(TMPFS + quoted(cover));
        for (Path entry : shown(secret)) {
          show(entry, cover.resolve(folder.relativize(entry)), lines);
        }
        for (Path path : needed) {
          if (path.startsWith(folder) && !path.equals(folder) && !isWithin(path, needed)) {
            show(path, cover.resolve(folder.relativize(path)), lines);
          }
        }
        // The folder where it was put together may be out of sight by then, as may be the folder
        // that it is for, within one that is covered before.
        lines.add("exec " + descriptor + "<" + quoted(cover));
        last.add(
            String.format(
                Locale.ROOT,
                "if [ -d %2$s ]; then mount -c --rbind /proc/self/fd/%1$d %2$s; fi\nexec %1$d<&-",
                descriptor,
                quoted(folder)));
      }
      lines.addAll(last);
      return String.join("\n", lines) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<Path> needed(List<Path> own) throws IOException {
    Set<Path> needed = new LinkedHashSet<>();
    for (Path path : Stream.concat(visible.stream(), own.stream()).toList()) {
      if (Files.exists(path)) {
        needed.add(path.toRealPath());
      }
    }
    return needed;
  }

  /** Whether it is shown with one of the others. */
  private static boolean isWithin(Path path, Set<Path> others) {
    return others.stream().anyMatch(other -> path.startsWith(other) && !path.equals(other));
  }

  private List<SecretFolder> outermostFirst() throws IOException {
    List<SecretFolder> there = new ArrayList<>();
    for (SecretFolder secret : secrets) {
      if (Files.isDirectory(secret.folder())) {
        there.add(new SecretFolder(secret.folder().toRealPath(), secret.names()));
      }
    }
    there.sort(Comparator.comparingInt(secret -> secret.folder().getNameCount()));
    return there;
  }

  private static List<Path> shown(SecretFolder secret) throws IOException {
    if (secret.names().isEmpty()) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(secret.folder())) {
      return entries
          .filter(entry -> !secret.hides(String.valueOf(entry.getFileName())))
          .sorted()
          .toList();
    }
  }

  private static void show(Path path, Path at, List<String> lines) throws IOException {
    if (Files.isSymbolicLink(path)) {
      lines.add("ln -s " + quoted(Files.readSymbolicLink(path)) + " " + quoted(at));
    } else if (Files.isDirectory(path)) {
      lines.add("mkdir -p " + quoted(at));
      lines.add("mount --rbind " + quoted(path) + " " + quoted(at));
    } else if (Files.isRegularFile(path)) {
      lines.add("mkdir -p " + quoted(at.resolveSibling("")));
      lines.add(": >> " + quoted(at));
      lines.add("mount --bind " + quoted(path) + " " + quoted(at));
    }
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "'\\''") + "'";
  }
}
