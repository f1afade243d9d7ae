package io.twinloom.cli.command;

import io.twinloom.model.DeviceIds;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A device's id as an argument, in the form in which ids are compared. */
final class DeviceArgument implements ITypeConverter<String> {

  @Override
  public String convert(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("the id of a device is not empty");
    }
    return DeviceIds.normal(text);
  }
}
