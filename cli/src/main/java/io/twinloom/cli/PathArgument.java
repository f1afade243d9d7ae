package io.twinloom.cli;

import io.twinloom.model.text.Printable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.TypeConversionException;

/** Paths as arguments. */
final class PathArgument {

  private PathArgument() {}

  /**
   * Reads a path.
   *
   * @throws TypeConversionException if it is empty, or has characters that the locale which the
   *     program was started in cannot write
   */
  static Path parse(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("the path is empty; write . for the current folder");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          Printable.quoted(text, 200)
              + " cannot be a path here; where it has letters beyond ASCII, set LC_ALL=C.UTF-8");
    }
  }
}
