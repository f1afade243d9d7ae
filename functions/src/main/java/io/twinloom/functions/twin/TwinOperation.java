package io.twinloom.functions.twin;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a twin service is asked, by the names that TwinMaker has for it.
 *
 * @see <a href="https://docs.aws.amazon.com/iot-twinmaker/latest/apireference/API_Operations.html">
 *     TwinMaker's operations</a>
 */
public enum TwinOperation {
  LIST_ENTITIES("ListEntities", "filters", "maxResults", "nextToken"),
  GET_ENTITY("GetEntity", "entityId"),
  LIST_COMPONENT_TYPES("ListComponentTypes", "filters", "maxResults", "nextToken"),
  GET_COMPONENT_TYPE("GetComponentType", "componentTypeId"),
  GET_PROPERTY_VALUE("GetPropertyValue", "entityId", "componentName", "selectedProperties"),
  GET_PROPERTY_VALUE_HISTORY(
      "GetPropertyValueHistory",
      "entityId",
      "componentName",
      "selectedProperties",
      "startTime",
      "endTime",
      "maxResults",
      "nextToken",
      "orderByTime",
      "propertyFilters",
      "interpolation",
      "startDateTime",
      "endDateTime");

  private final String id;
  private final Set<String> members;

  TwinOperation(String id, String... members) {
    this.id = id;
    Set<String> all = new HashSet<>(List.of(members));
    all.add("workspaceId");
    this.members = Set.copyOf(all);
  }

  /** The members that its request may have. */
  Set<String> members() {
    return members;
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
