package io.twinloom.model;

/** The type of a property, as {@code config_iot_devices.json} names it. */
public enum DataType {
  DOUBLE("doubleValue"),
  INTEGER("integerValue"),
  LONG("longValue"),
  STRING("stringValue"),
  BOOLEAN("booleanValue");

  private final String valueKey;

  DataType(String valueKey) {
    this.valueKey = valueKey;
  }

  /**
   * The key of a value of this type in a TwinMaker data value.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/iot-twinmaker/latest/apireference/API_DataValue.html">
   *     DataValue</a>
   */
  public String valueKey() {
    return valueKey;
  }

  /** Whether values of this type compare with numbers. */
  public boolean isNumeric() {
    return this == DOUBLE || this == INTEGER || this == LONG;
  }
}
