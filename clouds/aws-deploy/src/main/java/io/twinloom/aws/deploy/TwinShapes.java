package io.twinloom.aws.deploy;

import io.twinloom.functions.port.TwinGraph.ComponentType;
import io.twinloom.functions.port.TwinGraph.Entity;
import io.twinloom.functions.port.TwinGraph.Property;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Hierarchy.Component;
import io.twinloom.model.Hierarchy.Relation;
import io.twinloom.model.Names;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.cloud.KnownClouds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.iottwinmaker.model.ComponentRequest;
import software.amazon.awssdk.services.iottwinmaker.model.DataType;
import software.amazon.awssdk.services.iottwinmaker.model.DataValue;
import software.amazon.awssdk.services.iottwinmaker.model.FunctionRequest;
import software.amazon.awssdk.services.iottwinmaker.model.PropertyDefinitionRequest;
import software.amazon.awssdk.services.iottwinmaker.model.PropertyRequest;
import software.amazon.awssdk.services.iottwinmaker.model.Relationship;
import software.amazon.awssdk.services.iottwinmaker.model.RelationshipValue;
import software.amazon.awssdk.services.iottwinmaker.model.Type;

/**
 * The twin's graph in TwinMaker's shapes. What TwinMaker cannot name is cleaned as every name that
 * Twinloom makes; a property is named by its devices, so one that TwinMaker cannot name is left
 * out.
 */
final class TwinShapes {

  /** The component that holds an entity's relations, and its type. */
  static final String RELATIONS = "relations";

  static final String RELATIONS_TYPE = "io.twinloom.relations";

  /**
   * What component types of ours are implemented by.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/iot-twinmaker/latest/guide/data-connector-interface.html">
   *     AWS IoT TwinMaker data connectors</a>
   */
  private static final String RANGES = "dataReader";

  private static final String NEWEST = "attributePropertyValueReaderByEntity";

  private static final Pattern PROPERTY = Pattern.compile("[a-zA-Z_\\-0-9]{1,256}");

  private TwinShapes() {}

  static String entityId(String id) {
    return Names.cloudName(KnownClouds.AWS, Thing.TWIN_ENTITY, id);
  }

  static String typeId(String id) {
    return Names.cloudName(KnownClouds.AWS, Thing.TWIN_ENTITY, id);
  }

  static String componentName(String name) {
    return Names.cloudName(KnownClouds.AWS, Thing.TWIN_COMPONENT, name);
  }

  /** Whether TwinMaker can have a property of this name. */
  static boolean isNameable(String property) {
    return PROPERTY.matcher(property).matches();
  }

  static Map<String, PropertyDefinitionRequest> definitions(ComponentType type) {
    Map<String, PropertyDefinitionRequest> all = new TreeMap<>();
    for (Property property : type.properties()) {
      if (isNameable(property.name())) {
        all.put(property.name(), definition(property));
      }
    }
    return all;
  }

  private static PropertyDefinitionRequest definition(Property property) {
    PropertyDefinitionRequest.Builder definition =
        PropertyDefinitionRequest.builder()
            .dataType(DataType.builder().type(property.type().name()).build())
            .isTimeSeries(property.timeSeries())
            .isStoredExternally(property.timeSeries());
    if (!property.timeSeries()) {
      property.value().flatMap(v -> value(property.type(), v)).ifPresent(definition::defaultValue);
    }
    return definition.build();
  }

  /** The readers of a type that has measured properties; none for one that has constants alone. */
  static Map<String, FunctionRequest> functions(ComponentType type, TwinReaders readers) {
    if (type.properties().stream().noneMatch(Property::timeSeries)) {
      return Map.of();
    }
    return Map.of(RANGES, lambda(readers.ranges()), NEWEST, lambda(readers.newest()));
  }

  private static FunctionRequest lambda(String arn) {
    return FunctionRequest.builder().implementedBy(i -> i.lambda(l -> l.arn(arn))).build();
  }

  /** The type of all relations: a list of entities for each name that any entity uses. */
  static Map<String, PropertyDefinitionRequest> relationDefinitions(List<Entity> entities) {
    Map<String, PropertyDefinitionRequest> all = new TreeMap<>();
    for (Entity entity : entities) {
      for (Relation relation : entity.relations()) {
        all.put(componentName(relation.name()), relationDefinition());
      }
    }
    return all;
  }

  private static PropertyDefinitionRequest relationDefinition() {
    DataType one =
        DataType.builder()
            .type(Type.RELATIONSHIP)
            .relationship(Relationship.builder().build())
            .build();
    return PropertyDefinitionRequest.builder()
        .dataType(DataType.builder().type(Type.LIST).nestedType(one).build())
        .isTimeSeries(false)
        .isStoredExternally(false)
        .build();
  }

  /** An entity's components, its relations' one among them. */
  static Map<String, ComponentRequest> components(Entity entity) {
    Map<String, ComponentRequest> all = new LinkedHashMap<>();
    for (Component component : entity.components()) {
      all.put(
          componentName(component.name()),
          ComponentRequest.builder()
              .componentTypeId(typeId(component.componentTypeId()))
              .properties(constants(component))
              .build());
    }
    if (!entity.relations().isEmpty()) {
      all.put(
          RELATIONS,
          ComponentRequest.builder()
              .componentTypeId(RELATIONS_TYPE)
              .properties(relations(entity))
              .build());
    }
    return all;
  }

  private static Map<String, PropertyRequest> constants(Component component) {
    Map<String, PropertyRequest> all = new TreeMap<>();
    component
        .constProperties()
        .forEach(
            p -> {
              if (isNameable(p.name())) {
                value(p.dataType(), p.value())
                    .ifPresent(v -> all.put(p.name(), PropertyRequest.builder().value(v).build()));
              }
            });
    return all;
  }

  private static Map<String, PropertyRequest> relations(Entity entity) {
    Map<String, TreeSet<String>> targets = new TreeMap<>();
    entity
        .relations()
        .forEach(
            r ->
                targets
                    .computeIfAbsent(componentName(r.name()), name -> new TreeSet<>())
                    .add(entityId(r.target())));
    Map<String, PropertyRequest> all = new TreeMap<>();
    targets.forEach(
        (name, ids) ->
            all.put(
                name,
                PropertyRequest.builder()
                    .value(
                        DataValue.builder()
                            .listValue(ids.stream().map(TwinShapes::relationTo).toList())
                            .build())
                    .build()));
    return all;
  }

  private static DataValue relationTo(String entity) {
    return DataValue.builder()
        .relationshipValue(RelationshipValue.builder().targetEntityId(entity).build())
        .build();
  }

  /** A constant's value; empty where it does not fit its type, which validation refuses before. */
  static Optional<DataValue> value(io.twinloom.model.DataType type, JsonValue value) {
    DataValue.Builder typed = DataValue.builder();
    return switch (value) {
      case JsonNumber n ->
          Optional.of(
              switch (type) {
                case INTEGER -> typed.integerValue(n.asDecimal().intValue()).build();
                case LONG -> typed.longValue(n.asDecimal().longValue()).build();
                case DOUBLE, STRING, BOOLEAN -> typed.doubleValue(n.asDouble()).build();
              });
      case JsonString s -> Optional.of(typed.stringValue(s.value()).build());
      case JsonBoolean b -> Optional.of(typed.booleanValue(b == JsonBoolean.TRUE).build());
      default -> Optional.empty();
    };
  }
}
