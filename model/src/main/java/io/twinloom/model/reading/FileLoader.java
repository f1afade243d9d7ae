package io.twinloom.model.reading;

import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.Located;
import io.twinloom.json.LocatedJson;
import io.twinloom.model.Problem;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.error.ModelError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
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

  boolean has(String path) {
    return files.size(path) >= 0;
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
          "The file cannot be read: " + e.getClass().getSimpleName() + ".",
          "Check that it is whole and that you may read it.");
      return null;
    }
  }

  /** Parses the bytes as they are; only of a file with a mistake in it is the text made. */
  private static @Nullable LocatedJson parsed(byte[] bytes, ProblemCollector collector) {
    if (!isWide(bytes)) {
      try {
        return LocatedJson.parse(bytes);
      } catch (JsonSyntaxException e) {
        // Read again below, for the column in characters.
      }
    }
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

  /** Whether a parser that guesses would take it for UTF-16 or UTF-32. */
  private static boolean isWide(byte[] bytes) {
    for (int i = 0; i < Math.min(4, bytes.length); i++) {
      if (bytes[i] == 0 || (bytes[i] & 0xFE) == 0xFE) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String decoded(byte[] bytes, ProblemCollector collector) {
    if (bytes.length >= 2 && (bytes[0] & 0xFE) == 0xFE && (bytes[1] & 0xFE) == 0xFE) {
      collector.lineError(
          ModelError.FILE_ENCODING, 1, "The file is in UTF-16, not in UTF-8.", "Save it as UTF-8.");
      return null;
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      collector.lineError(
          ModelError.FILE_ENCODING,
          line,
          "The file is not in UTF-8: its byte "
              + (in.position() + 1)
              + " is "
              + Integer.toHexString(bytes[in.position()] & 0xFF)
              + ".",
          "Save it as UTF-8.");
      return null;
    }
    out.flip();
    // Editors on Windows put a byte order mark first, which is no part of the text.
    return (out.length() > 0 && out.charAt(0) == '\uFEFF' ? out.subSequence(1, out.length()) : out)
        .toString();
  }
}
