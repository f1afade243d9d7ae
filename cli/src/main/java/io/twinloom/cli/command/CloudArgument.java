package io.twinloom.cli.command;

import io.twinloom.model.Provider;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A cloud's id as an argument. */
final class CloudArgument implements ITypeConverter<String> {

  @Override
  public String convert(String text) {
    if (Provider.all().stream().noneMatch(cloud -> cloud.id().equals(text))) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is none of "
              + Provider.all().stream().map(Provider::id).collect(Collectors.joining(", ")));
    }
    return text;
  }
}
