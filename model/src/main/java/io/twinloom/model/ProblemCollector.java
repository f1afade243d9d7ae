package io.twinloom.model;

import io.twinloom.json.Located;
import io.twinloom.model.Problem.Severity;
import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ModelError;
import java.util.List;

/** Collects the problems of one file. */
public final class ProblemCollector {
  private final String file;
  private final List<Problem> problems;

  public ProblemCollector(String file, List<Problem> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** How many problems there are so far, in all files. */
  public int count() {
    return problems.size();
  }

  /** Something is wrong with a value. */
  public void error(ErrorCode error, Located at, String message, String fix) {
    add(Severity.ERROR, error, at.line(), at.pointer(), message, fix);
  }

  /** A value is suspicious. */
  public void warning(ErrorCode error, Located at, String message, String fix) {
    add(Severity.WARNING, error, at.line(), at.pointer(), message, fix);
  }

  /** Something is wrong with the name of a member. */
  public void nameError(ErrorCode error, Located member, String message, String fix) {
    add(Severity.ERROR, error, member.nameLine(), member.pointer(), message, fix);
  }

  /** The name of a member is suspicious. */
  public void nameWarning(ErrorCode error, Located member, String message, String fix) {
    add(Severity.WARNING, error, member.nameLine(), member.pointer(), message, fix);
  }

  /** A member that an object should have is not there. */
  public void missing(Located object, String name, String fix) {
    add(
        Severity.ERROR,
        ModelError.KEY_MISSING,
        object.line(),
        object.pointerTo(name),
        "\"" + name + "\" is missing.",
        fix);
  }

  /** Something is wrong with the file as a whole. */
  public void fileError(ErrorCode error, String message, String fix) {
    add(Severity.ERROR, error, 0, "", message, fix);
  }

  /** The file as a whole is suspicious. */
  public void fileWarning(ErrorCode error, String message, String fix) {
    add(Severity.WARNING, error, 0, "", message, fix);
  }

  /** Something is wrong at a line of a file that is not JSON, or not yet known to be. */
  public void lineError(ErrorCode error, int line, String message, String fix) {
    add(Severity.ERROR, error, line, "", message, fix);
  }

  private void add(
      Severity severity, ErrorCode error, int line, String pointer, String message, String fix) {
    problems.add(new Problem(severity, error, file, line, pointer, message, fix));
  }
}
