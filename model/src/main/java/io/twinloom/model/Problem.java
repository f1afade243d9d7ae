package io.twinloom.model;

import io.twinloom.json.JsonObject;
import io.twinloom.model.error.ErrorCode;
import java.util.Locale;

/**
 * One thing that is wrong with a project.
 *
 * @param error its kind
 * @param file path inside the project, with forward slashes
 * @param line from 1; 0 where the problem is the file as a whole
 * @param pointer JSON pointer (RFC 6901) inside the file; empty for the whole or where it is no
 *     JSON
 * @param message what is wrong, with the value in it
 * @param fix what to do about it
 */
public record Problem(
    Severity severity,
    ErrorCode error,
    String file,
    int line,
    String pointer,
    String message,
    String fix) {

  /** The code of its kind, such as {@code TL-PROVIDER-UNKNOWN}. */
  public String code() {
    return error.code();
  }

  /** What made the project unreadable as a whole. */
  public static Problem of(TwinloomException e) {
    return new Problem(Severity.ERROR, e.error(), e.where(), 0, "", e.what(), e.fix());
  }

  /** The same, where it does not matter so much. */
  public Problem asWarning() {
    return new Problem(Severity.WARNING, error, file, line, pointer, message, fix);
  }

  /** Whether the project can be deployed in spite of it. */
  public enum Severity {
    ERROR,
    WARNING
  }

  /** As machines read it, in the result of {@code validate} and over REST. */
  public JsonObject json() {
    return JsonObject.builder()
        .put("severity", severity.name().toLowerCase(Locale.ROOT))
        .put("code", code())
        .put("file", file)
        .put("line", line)
        .put("pointer", pointer)
        .put("message", message)
        .put("fix", fix)
        .build();
  }
}
