package io.twinloom.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The id of a trace as an argument. */
final class TraceArgument implements ITypeConverter<String> {

  @Override
  public String convert(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("the id of a trace is not empty");
    }
    return text.strip();
  }
}
