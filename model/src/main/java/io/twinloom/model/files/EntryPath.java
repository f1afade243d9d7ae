package io.twinloom.model.files;

import io.twinloom.model.error.ModelError;
import io.twinloom.model.text.Printable;
import java.text.Normalizer;

/** The names of a ZIP's entries, which an attacker may choose, as paths inside the project. */
final class EntryPath {
  private static final int MAX_LENGTH = 1024;
  private static final int MAX_SHOWN = 120;

  private EntryPath() {}

  /**
   * The path of an entry, without the slash that ends a folder's.
   *
   * @throws io.twinloom.model.TwinloomException if it leads anywhere but into the project
   */
  static String of(String name) {
    if (name.indexOf('\\') >= 0) {
      throw refused(name, "has a backslash");
    }
    String path = Normalizer.normalize(name, Normalizer.Form.NFC);
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    if (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    if (path.startsWith("/") || (path.length() > 1 && path.charAt(1) == ':')) {
      throw refused(name, "is an absolute path");
    }
    if (path.length() > MAX_LENGTH) {
      throw refused(name, "is longer than " + MAX_LENGTH + " characters");
    }
    int depth = 0;
    int start = 0;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      String step = path.substring(start, end);
      depth++;
      if (step.equals("..") || step.equals(".") || step.isEmpty()) {
        throw refused(name, "has the step \"" + step + "\"");
      }
      start = end + 1;
    }
    if (depth > Limits.MAX_DEPTH) {
      throw refused(name, "is more than " + Limits.MAX_DEPTH + " folders deep");
    }
    for (int i = 0; i < path.length(); i++) {
      if (Character.isISOControl(path.charAt(i))) {
        throw refused(name, "holds a control character");
      }
    }
    return path;
  }

  /** A name for a message: cut, and with nothing in it that cannot be seen. */
  static String shown(String name) {
    return Printable.cut(name, MAX_SHOWN);
  }

  private static RuntimeException refused(String name, String why) {
    return ZipFiles.refused(
        ModelError.ZIP_PATH,
        "The entry " + shown(name) + " " + why + ".",
        shown(name),
        "Make the ZIP again from inside the project folder, with relative paths and forward slashes.");
  }
}
