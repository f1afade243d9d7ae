package io.twinloom.local.store;

import io.twinloom.json.Sha256;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where an object's file is. A name of a key is the file's own name where every file system keeps
 * such names apart; of another one (long, with capitals or letters beyond ASCII, or hidden) what
 * can be kept is kept, with a hash of the whole, so that no two names meet in one file.
 */
final class ObjectPaths {

  private static final Pattern PLAIN = Pattern.compile("[a-z0-9_%=:@-][a-z0-9._%=:@-]{0,119}");
  private static final Pattern TIMES = Pattern.compile("[0-9][0-9TZ:.-]{0,119}");
  private static final Pattern FILE = Pattern.compile(".*\\.json(\\.gz)?");
  private static final int KEPT = 40;
  private static final int HASH = 16;

  private final Path root;

  ObjectPaths(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /** The file of an object. */
  Path of(String key) {
    Path path = root;
    String[] names = key.split("/", -1);
    for (int i = 0; i < names.length; i++) {
      path = path.resolve(safe(names[i], i == names.length - 1));
    }
    return path;
  }

  /** The folder of an object's parts. */
  Path ofParts(String key, int total) {
    return root.resolve(".parts").resolve(hash(key) + "-" + total);
  }

  private static String safe(String name, boolean file) {
    boolean plain = PLAIN.matcher(name).matches() || TIMES.matcher(name).matches();
    if (plain && FILE.matcher(name).matches() == file) {
      return name;
    }
    String kept = name.replaceAll("[^A-Za-z0-9_-]", "_");
    return kept.substring(0, Math.min(KEPT, kept.length()))
        + "~"
        + hash(name)
        + (file ? ".object" : "");
  }

  private static String hash(String text) {
    return Sha256.hex(text).substring(0, HASH);
  }
}
