package io.twinloom.server.projects;

import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.Limits;
import io.twinloom.model.text.Printable;
import io.twinloom.server.error.ServerError;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;

/**
 * A path of a file in a project, as a request gives it: whatever it says, it leads into the project
 * and to no folder that belongs to a tool.
 *
 * @param steps the names of the folders, and that of the file
 */
record ProjectPath(List<String> steps) {

  private static final int LONGEST = 1024;
  private static final int LONGEST_NAME_BYTES = 255;
  private static final int SHOWN = 120;

  ProjectPath {
    steps = List.copyOf(steps);
  }

  /**
   * Reads a path.
   *
   * @throws TwinloomException {@code TL-PATH-OUTSIDE} if it is none of a project's file
   */
  static ProjectPath of(String given) {
    String text = Normalizer.normalize(given, Normalizer.Form.NFC);
    if (text.length() > LONGEST) {
      throw refused(text, "is longer than " + LONGEST + " characters");
    }
    if (text.indexOf('\\') >= 0 || text.chars().anyMatch(Character::isISOControl)) {
      throw refused(text, "holds a backslash or a control character");
    }
    if (text.length() > 1 && text.charAt(1) == ':') {
      throw refused(text, "is an absolute path");
    }
    List<String> steps = List.of(text.split("/", -1));
    if (steps.size() > Limits.MAX_DEPTH) {
      throw refused(text, "is more than " + Limits.MAX_DEPTH + " folders deep");
    }
    for (String step : steps) {
      if (step.isEmpty() || step.equals(".") || step.equals("..")) {
        throw refused(text, "has the step \"" + step + "\"");
      }
      if (step.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME_BYTES) {
        throw refused(text, "has a name of more than " + LONGEST_NAME_BYTES + " bytes");
      }
      if (Limits.isIgnored(step)) {
        throw refused(text, "leads into " + step + ", which is no part of a project");
      }
    }
    return new ProjectPath(steps);
  }

  static TwinloomException refused(String path, String why) {
    String shown = Printable.cut(path, SHOWN);
    return new TwinloomException(
        ServerError.PATH_OUTSIDE, "The path " + shown + " " + why + ".", shown);
  }

  @Override
  public String toString() {
    return String.join("/", steps);
  }
}
