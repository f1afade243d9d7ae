package io.twinloom.model.reading;

import io.twinloom.json.JsonString;
import io.twinloom.json.Located;
import io.twinloom.model.Device;
import io.twinloom.model.DeviceIds;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.Hierarchy.Component;
import io.twinloom.model.Hierarchy.Entity;
import io.twinloom.model.Hierarchy.Relation;
import io.twinloom.model.KnownDevices;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.error.ModelError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A hierarchy as a tree of entities and components: the neutral form, and TwinMaker's. */
final class TreeHierarchy {
  private static final List<String> TYPES = List.of("entity", "component");
  private static final String TYPES_FIX = "Write " + Quoting.either(TYPES) + ".";
  private static final String DEVICE_FIX = "Write the id of a device of " + DevicesFile.PATH + ".";
  private static final String RELATION = "{\"name\": \"feeds\", \"target\": \"room-2\"}";
  private static final String EXAMPLE =
      "{\"type\": \"entity\", \"id\": \"room-1\", \"children\": []}";

  private final String twin;
  private final KnownDevices devices;
  private final ProblemCollector problems;
  private final Map<String, Located> entities = new HashMap<>();
  private final List<Located> targets = new ArrayList<>();

  private TreeHierarchy(String twin, KnownDevices devices, ProblemCollector problems) {
    this.twin = twin;
    this.devices = devices;
    this.problems = problems;
  }

  /**
   * @param twin the twin's name, which begins the types of components that name none
   */
  static Hierarchy read(
      Located root, String twin, KnownDevices devices, ProblemCollector problems) {
    TreeHierarchy tree = new TreeHierarchy(twin, devices, problems);
    List<Entity> roots = new ArrayList<>();
    List<Located> tops = root.isArray() ? root.elements() : List.of(root);
    for (Located top : tops) {
      Members members = Members.of(top, problems, "Write an entity such as " + EXAMPLE + ".");
      String type = members == null ? null : tree.type(members);
      if (members != null && type != null) {
        if (type.equals("entity")) {
          roots.add(tree.entity(members));
        } else {
          problems.error(
              ModelError.HIERARCHY_SHAPE,
              top,
              "A component is at the top of the tree, where only entities can.",
              "Put it into the \"children\" of an entity.");
        }
      }
    }
    tree.checkTargets();
    return new Hierarchy(roots, false);
  }

  private @Nullable String type(Members members) {
    String type = members.text("type", TYPES_FIX);
    Located at = members.optional("type");
    if (type == null || at == null) {
      return null;
    }
    if (!TYPES.contains(type)) {
      problems.error(
          ModelError.VALUE_UNKNOWN,
          at,
          "\"type\" is " + Quoting.quoted(type) + ", which is nothing that a hierarchy has.",
          Quoting.write(type, TYPES));
      return null;
    }
    return type;
  }

  private Entity entity(Members members) {
    String id = members.text("id", "Write the entity's id, such as \"room-1\".");
    Located at = members.optional("id");
    if (id != null && at != null) {
      Located first = entities.putIfAbsent(id, at);
      if (first != null) {
        problems.error(
            ModelError.ENTITY_TWICE,
            at,
            "The entity " + Quoting.quoted(id) + " is at line " + first.line() + " already.",
            "Give each entity an id of its own.");
      }
    }
    List<Entity> children = new ArrayList<>();
    List<Component> components = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Located child : members.list("children", false, "Write a list, or [].")) {
      Members below = Members.of(child, problems, "Write an entity or a component.");
      String type = below == null ? null : type(below);
      if (below != null && type != null) {
        if (type.equals("entity")) {
          children.add(entity(below));
        } else {
          component(below, names, components);
        }
      }
    }
    List<Relation> relations = relations(members);
    members.done();
    return new Entity(id == null ? "" : id, children, components, relations);
  }

  private List<Relation> relations(Members entity) {
    List<Relation> relations = new ArrayList<>();
    for (Located at : entity.list("relations", false, "Write a list such as [" + RELATION + "].")) {
      Members members = Members.of(at, problems, "Write an object such as " + RELATION + ".");
      if (members != null) {
        String name = members.text("name", "Write the relation's name, such as \"feeds\".");
        String target = members.text("target", "Write the id of the entity that it leads to.");
        Located targetAt = members.optional("target");
        members.done();
        if (target != null && targetAt != null) {
          targets.add(targetAt);
        }
        if (name != null && target != null) {
          relations.add(new Relation(name, target));
        }
      }
    }
    return relations;
  }

  private void component(Members members, Set<String> names, List<Component> components) {
    String name = members.text("name", "Write the component's name, such as \"sensor-1\".");
    Located nameAt = members.optional("name");
    String componentType =
        members.optionalText(
            "componentTypeId", "Write the type's id, such as \"temperature-sensor\".");
    String named = members.optionalText("iotDeviceId", DEVICE_FIX);
    Located deviceAt = members.optional("iotDeviceId");
    PropertyLists own = PropertyLists.of(members, false, problems);
    members.done();
    if (named != null && deviceAt != null && devices.lacks(named)) {
      problems.error(
          ModelError.DEVICE_UNKNOWN,
          deviceAt,
          "\"iotDeviceId\" is " + Quoting.quoted(named) + ", which is not a device.",
          DEVICE_FIX + Quoting.hint(named, devices.ids()));
    }
    if (name == null || nameAt == null) {
      return;
    }
    if (!names.add(name)) {
      problems.error(
          ModelError.COMPONENT_TWICE,
          nameAt,
          "The entity has another component " + Quoting.quoted(name) + " already.",
          "Give each component of an entity a name of its own.");
    }
    String deviceId = DeviceIds.normal(named == null ? name : named);
    Device device = devices.byId().get(deviceId);
    components.add(
        new Component(
            name,
            componentType == null ? twin + "-" + name : componentType,
            device == null && named == null ? Optional.empty() : Optional.of(deviceId),
            own.measured().isEmpty() && device != null ? device.properties() : own.measured(),
            own.constant().isEmpty() && device != null
                ? device.constProperties()
                : own.constant()));
  }

  private void checkTargets() {
    for (Located at : targets) {
      if (at.value() instanceof JsonString target && !entities.containsKey(target.value())) {
        problems.error(
            ModelError.ENTITY_UNKNOWN,
            at,
            "\"target\" is "
                + Quoting.quoted(target.value())
                + ", which is not an entity of the tree.",
            "Write the id of an entity." + Quoting.hint(target.value(), entities.keySet()));
      }
    }
  }
}
