package io.twinloom.cli.command;

import io.twinloom.deployer.recording.ReplayPace;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How fast a recording is published: {@code 10}, {@code 0.5}, {@code 10x} or {@code asap}. */
final class PaceArgument implements ITypeConverter<ReplayPace> {

  @Override
  public ReplayPace convert(String text) {
    if (text.equalsIgnoreCase("asap")) {
      return ReplayPace.ASAP;
    }
    try {
      String number = text.endsWith("x") ? text.substring(0, text.length() - 1) : text;
      return new ReplayPace(Optional.of(Double.parseDouble(number)));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a speed; write a number above 0, such as 10, or asap");
    }
  }
}
