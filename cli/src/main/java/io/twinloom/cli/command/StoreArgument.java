package io.twinloom.cli.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A store of a cloud as an argument: {@code CLOUD:STORE}, as {@code destroy} lists them. */
final class StoreArgument implements ITypeConverter<String> {

  @Override
  public String convert(String text) {
    int colon = text.indexOf(':');
    if (colon < 0 || colon == text.length() - 1) {
      throw new TypeConversionException("'" + text + "' is not of the form CLOUD:STORE");
    }
    String unused = new CloudArgument().convert(text.substring(0, colon));
    return text;
  }
}
