package io.twinloom.model.reading;

import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.Located;
import io.twinloom.json.LocatedJson;
import io.twinloom.model.Problem;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.text.UserText;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads a project's configuration files: bytes, then text, then JSON, reporting what fails. */
final class FileLoader {

  /** More than any configuration needs; a larger file is a mistake. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  private final ProjectFiles files;
  private final List<Problem> problems;

  FileLoader(ProjectFiles files, List<Problem> problems) {
    this.files = files;
    this.problems = problems;
  }

  ProjectFiles files() {
    return files;
  }

  /** Whether anything stands there, be it a file or not: it is then read, or reported. */
  boolean has(String path) {
    return files.size(path) >= 0 || files.otherThanFile(path).isPresent();
  }

  void add(Problem problem) {
    problems.add(problem);
  }

  ProblemCollector problems(String path) {
    return new ProblemCollector(path, problems);
  }

  /** The JSON of a file; null if there is no such file, or, then reported, if it cannot be read. */
  @Nullable Located json(String path) {
    ProblemCollector collector = problems(path);
    byte[] bytes = bytes(path, collector);
    if (bytes == null) {
      return null;
    }
    LocatedJson json = parsed(bytes, collector);
    if (json == null) {
      return null;
    }
    for (Located again : json.repeated()) {
      if (!Members.name(again).startsWith("\"_comment")) {
        collector.nameError(
            ModelError.KEY_TWICE,
            again,
            Members.name(again) + " appears for the second time.",
            "Delete one of the two.");
      }
    }
    return json.root();
  }

  /** The text of a file; null if there is no such file, or, then reported, if it cannot be read. */
  @Nullable String text(String path) {
    ProblemCollector collector = problems(path);
    byte[] bytes = bytes(path, collector);
    return bytes == null ? null : decoded(bytes, collector);
  }

  private byte @Nullable [] bytes(String path, ProblemCollector collector) {
    long size = files.size(path);
    if (size < 0) {
      files
          .otherThanFile(path)
          .ifPresent(
              other ->
                  collector.fileError(
                      ModelError.FILE_UNREADABLE,
                      "There is " + other + " where a file is expected.",
                      "Put the file in its place, or delete it."));
      return null;
    }
    if (size > MAX_BYTES) {
      collector.fileError(
          ModelError.FILE_TOO_LARGE,
          "The file has " + size + " bytes, more than " + (MAX_BYTES >> 20) + " MB.",
          "Keep only the configuration in it.");
      return null;
    }
    try {
      return files.read(path).orElse(new byte[0]);
    } catch (IOException e) {
      collector.fileError(
          ModelError.FILE_UNREADABLE,
          "The file cannot be read: " + FileFailure.reason(e) + ".",
          "Check that it is whole and that you may read it.");
      return null;
    }
  }

  private static @Nullable LocatedJson parsed(byte[] bytes, ProblemCollector collector) {
    String text = decoded(bytes, collector);
    if (text == null) {
      return null;
    }
    try {
      return LocatedJson.parse(text);
    } catch (JsonSyntaxException e) {
      SyntaxError error = SyntaxError.of(e);
      collector.lineError(ModelError.JSON_SYNTAX, e.line(), error.message(), error.fix());
      return null;
    }
  }

  private static @Nullable String decoded(byte[] bytes, ProblemCollector collector) {
    try {
      return UserText.decode(bytes);
    } catch (UserText.EncodingException e) {
      collector.lineError(ModelError.FILE_ENCODING, e.line(), e.what(), "Save it as UTF-8.");
      return null;
    }
  }
}
