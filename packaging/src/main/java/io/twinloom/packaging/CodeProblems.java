package io.twinloom.packaging;

import io.twinloom.model.Problem;
import io.twinloom.model.Problem.Severity;
import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.text.UserText;

/** The problems of user code, by their stable codes. */
final class CodeProblems {
  private CodeProblems() {}

  static Problem error(ErrorCode error, String file, int line, String message, String fix) {
    return new Problem(Severity.ERROR, error, file, line, "", message, fix);
  }

  static Problem entryPoint(String file, int line, String message, String fix) {
    return error(PackagingError.CODE_ENTRY_POINT, file, line, message, fix);
  }

  static Problem compile(String file, int line, String message, String fix) {
    return error(PackagingError.CODE_COMPILE, file, line, message, fix);
  }

  static Problem jar(String file, String message, String fix) {
    return error(PackagingError.CODE_JAR, file, 0, message, fix);
  }

  static Problem noCompiler(String folder) {
    return error(
        PackagingError.CODE_NO_COMPILER,
        folder,
        0,
        "It is Java source, and this Java has no compiler",
        "Run Twinloom with a JDK (21 or later), not with a JRE.");
  }

  static Problem noPython(String folder, String why) {
    return error(
        PackagingError.CODE_NO_PYTHON,
        folder,
        0,
        "It is Python, and " + why,
        "Install Python 3.8 or later, so that the command python3 finds it.");
  }

  static Problem encoding(String file, UserText.EncodingException found) {
    return error(
        PackagingError.CODE_ENCODING, file, found.line(), found.what(), "Save the file as UTF-8.");
  }

  static Problem unresolvedImport(String file, int line, String message, String fix) {
    return new Problem(Severity.WARNING, PackagingError.CODE_IMPORT, file, line, "", message, fix);
  }
}
