package io.twinloom.functions.twin;

import java.util.Optional;

/**
 * What a twin service is asked, by the names that TwinMaker has for it.
 *
 * @see <a href="https://docs.aws.amazon.com/iot-twinmaker/latest/apireference/API_Operations.html">
 *     TwinMaker's operations</a>
 */
public enum TwinOperation {
  LIST_ENTITIES("ListEntities"),
  GET_ENTITY("GetEntity"),
  LIST_COMPONENT_TYPES("ListComponentTypes"),
  GET_COMPONENT_TYPE("GetComponentType"),
  GET_PROPERTY_VALUE("GetPropertyValue"),
  GET_PROPERTY_VALUE_HISTORY("GetPropertyValueHistory");

  private final String id;

  TwinOperation(String id) {
    this.id = id;
  }

  /** TwinMaker's name of it. */
  public String id() {
    return id;
  }

  /** The operation of a name. */
  public static Optional<TwinOperation> of(String id) {
    for (TwinOperation operation : values()) {
      if (operation.id.equals(id)) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }
}
