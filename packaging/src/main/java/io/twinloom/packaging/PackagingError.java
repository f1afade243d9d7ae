package io.twinloom.packaging;

import static io.twinloom.model.error.ErrorFacts.permanent;
import static io.twinloom.model.error.ErrorFacts.temporary;

import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ErrorFacts;

/** The codes of checking and packaging user code. */
public enum PackagingError implements ErrorCode {
  CACHE_UNWRITABLE(
      temporary(
          500,
          "The cache of checked user code cannot be written.",
          "Make the folder writable, or name another one in the environment variable "
              + "TWINLOOM_CACHE.")),
  CODE_COMPILE(
      permanent(
          422,
          "User code in Java does not compile.",
          "Correct the code at the line that the error names.")),
  CODE_ENCODING(
      permanent(
          422, "A file of user code is in another encoding than UTF-8.", "Save it as UTF-8.")),
  CODE_ENTRY_POINT(
      permanent(
          422,
          "User code lacks the entry point of its form.",
          "Write the entry point as docs/user-code.md shows.")),
  CODE_IMPORT(
      permanent(
          422,
          "User code imports a module that is not found.",
          "Put the module beside the code or into _shared, or name its package in "
              + "requirements.txt.")),
  CODE_JAR(
      permanent(
          422,
          "A JAR of user code is unusable.",
          "Build the JAR again for Java 21 or older, with a class that implements "
              + "io.twinloom.api.Processor.")),
  CODE_NO_COMPILER(
      permanent(
          422,
          "User code is Java source, and this Java has no compiler.",
          "Run Twinloom with a JDK (21 or later), not with a JRE.")),
  CODE_NO_PYTHON(
      permanent(
          422,
          "User code is Python, and no usable Python is installed.",
          "Install Python 3.8 or later, so that the command python3 finds it.")),
  CODE_SYNTAX(
      permanent(
          422,
          "User code in Python has a syntax error.",
          "Correct the code at the line that the error names.")),
  CODE_UNREADABLE(
      temporary(422, "User code cannot be read.", "Make the project's files readable.")),
  PACKAGE_CLOUD_NOT_YET(
      permanent(
          501,
          "Twinloom has no system functions for this cloud yet.",
          "Put the layer on a cloud that has them, or use the local target.")),
  PACKAGE_FAILED(
      temporary(
          500, "A package cannot be made.", "Check that the files are readable, and try again.")),
  PACKAGE_HASH(
      permanent(
          422,
          "A library differs from the hash in requirements.txt.",
          "If you know why it changed, write the new hash; if not, do not use it.")),
  PACKAGE_NETWORK(
      temporary(
          503,
          "pip cannot reach the index of packages.",
          "Check the network, or point pip at local wheels: PIP_NO_INDEX=1 "
              + "PIP_FIND_LINKS=FOLDER.")),
  PACKAGE_NO_PIP(
      permanent(
          422,
          "requirements.txt asks for libraries, and there is no pip.",
          "Install pip for the python3 on the search path.")),
  PACKAGE_NO_WHEEL(
      permanent(
          422,
          "A library has no wheel for the Python of the clouds.",
          "Ask for a version that has one, or build it (pip wheel) and name its folder "
              + "in PIP_FIND_LINKS.")),
  PACKAGE_NOT_BUILT(
      permanent(
          500,
          "The artifact of the system functions is not built.",
          "Build Twinloom again: mvn -Pquick package in its folder.")),
  PACKAGE_PIP(
      permanent(422, "pip failed.", "Correct requirements.txt or pip's settings, and try again.")),
  PACKAGE_TOO_LARGE(
      permanent(
          413,
          "A package has more files or bytes than the cloud takes.",
          "Ask for fewer or smaller libraries in requirements.txt, or leave data out of "
              + "the folder.")),
  PACKAGE_UNWRITABLE(
      temporary(
          500,
          "A package cannot be written.",
          "Name a folder that you may write to, with room on its disk."));

  private final ErrorFacts facts;

  PackagingError(ErrorFacts facts) {
    this.facts = facts;
  }

  @Override
  public ErrorFacts facts() {
    return facts;
  }
}
