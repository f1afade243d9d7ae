package io.twinloom.cli.command;

import io.twinloom.model.DeviceIds;
import picocli.CommandLine.ITypeConverter;

/** A device's id as an argument, in the form in which ids are compared. */
final class DeviceArgument implements ITypeConverter<String> {

  @Override
  public String convert(String text) {
    return DeviceIds.normal(text);
  }
}
