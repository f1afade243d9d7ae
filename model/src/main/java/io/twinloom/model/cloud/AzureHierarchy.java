package io.twinloom.model.cloud;

import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.Located;
import io.twinloom.model.DeviceIds;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.Hierarchy.Component;
import io.twinloom.model.Hierarchy.Entity;
import io.twinloom.model.Hierarchy.Relation;
import io.twinloom.model.KnownDevices;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.reading.DevicesFile;
import io.twinloom.model.reading.Members;
import io.twinloom.model.reading.Quoting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A hierarchy in the shape of Azure Digital Twins: DTDL models, twins, and relationships between
 * them. A twin becomes an entity, with its parts (the members that have a {@code $metadata} of
 * their own) as components; one that is a device, and is only contained in another, becomes a
 * component of that one. {@code contains} makes the tree, any other relationship is a relation.
 *
 * @see <a href="https://learn.microsoft.com/azure/digital-twins/concepts-twins-graph">Twins</a>
 */
public final class AzureHierarchy {
  private static final String FIX =
      "Write {\"models\": […], \"twins\": […], \"relationships\": […]}.";
  private static final String CONTAINS = "contains";

  private final KnownDevices devices;
  private final ProblemCollector problems;
  private final Set<String> models = new HashSet<>();
  private final Map<String, Twin> twins = new LinkedHashMap<>();

  private AzureHierarchy(KnownDevices devices, ProblemCollector problems) {
    this.devices = devices;
    this.problems = problems;
  }

  /** A twin while its relationships are read. */
  private static final class Twin {
    final String id;
    final String model;
    final Optional<String> device;
    final List<Component> parts;
    final List<Twin> children = new ArrayList<>();
    final List<Relation> relations = new ArrayList<>();
    @Nullable Twin parent;

    Twin(String id, String model, Optional<String> device, List<Component> parts) {
      this.id = id;
      this.model = model;
      this.device = device;
      this.parts = parts;
    }

    boolean isPartOfParent() {
      return parent != null
          && device.isPresent()
          && parts.isEmpty()
          && children.isEmpty()
          && relations.isEmpty();
    }
  }

  static @Nullable Hierarchy read(Located root, KnownDevices devices, ProblemCollector problems) {
    if (isOtherForm(root, problems)) {
      return null;
    }
    Members members = Members.of(root, problems, FIX);
    if (members == null) {
      return null;
    }
    header(members.optional("header"), problems);
    AzureHierarchy hierarchy = new AzureHierarchy(devices, problems);
    hierarchy.models.addAll(
        DtdlModels.check(
            members.list("models", true, "Write \"models\": [" + DtdlModels.EXAMPLE + "]."),
            problems));
    hierarchy.twins(
        members.list(
            "twins",
            true,
            "Write \"twins\": [{\"$dtId\": \"room-1\", \"$metadata\": {\"$model\":"
                + " \"dtmi:example:Room;1\"}}]."));
    hierarchy.relationships(
        members.list("relationships", true, "Write \"relationships\": [], or the list of them."));
    members.done();
    List<Entity> roots = new ArrayList<>();
    for (Twin twin : hierarchy.twins.values()) {
      if (twin.parent == null) {
        roots.add(hierarchy.entity(twin));
      }
    }
    return new Hierarchy(roots, false);
  }

  /** Recognises what the tools around Digital Twins write, and says how it becomes this file. */
  private static boolean isOtherForm(Located root, ProblemCollector problems) {
    if (root.member("digitalTwinsModels") != null || root.member("digitalTwinsGraph") != null) {
      problems.error(
          ModelError.HIERARCHY_SHAPE,
          root,
          "This is an export of Digital Twins Explorer, whose parts have other names.",
          "Make \"digitalTwinsModels\" \"models\", \"digitalTwinsGraph.digitalTwins\" \"twins\" and"
              + " \"digitalTwinsGraph.relationships\" \"relationships\", all at the top, and leave"
              + " out \"digitalTwinsFileInfo\".");
      return true;
    }
    if (root.isArray() && root.elements().stream().anyMatch(one -> one.member("@id") != null)) {
      problems.error(
          ModelError.HIERARCHY_SHAPE,
          root,
          "This is a list of DTDL models, without twins.",
          "Write {\"models\": this list, \"twins\": […], \"relationships\": []}.");
      return true;
    }
    return false;
  }

  private static void header(@Nullable Located at, ProblemCollector problems) {
    String fix = "Write {\"fileVersion\": \"1.0.0\"}, or leave the header out.";
    Members members = at == null ? null : Members.of(at, problems, fix);
    if (members != null) {
      members.text("fileVersion", fix);
    }
  }

  private void twins(List<Located> list) {
    for (Located at : list) {
      String fix =
          "Write {\"$dtId\": \"room-1\", \"$metadata\": {\"$model\": \"dtmi:example:Room;1\"}}.";
      Members members = Members.of(at, problems, fix);
      if (members != null) {
        String id = members.text("$dtId", fix);
        Located idAt = members.optional("$dtId");
        String model = model(members.required("$metadata", fix), fix);
        if (id != null && idAt != null) {
          Twin twin = new Twin(id, model, device(members, id), parts(at));
          if (twins.putIfAbsent(id, twin) != null) {
            problems.error(
                ModelError.ENTITY_TWICE,
                idAt,
                "The twin " + Quoting.quoted(id) + " appears for the second time.",
                "Give each twin a \"$dtId\" of its own.");
          }
        }
      }
    }
  }

  private String model(@Nullable Located metadata, String fix) {
    Members members = metadata == null ? null : Members.of(metadata, problems, fix);
    String model = members == null ? null : members.text("$model", fix);
    Located at = members == null ? null : members.optional("$model");
    if (model != null && at != null && !models.contains(model)) {
      problems.error(
          ModelError.MODEL_UNKNOWN,
          at,
          "\"$model\" is " + Quoting.quoted(model) + ", which is not among the models.",
          "Write the \"@id\" of one of the models." + Quoting.hint(model, models));
    }
    return model == null ? "" : model;
  }

  private Optional<String> device(Members twin, String id) {
    String fix = "Write the id of a device of " + DevicesFile.PATH + ".";
    String named = twin.optionalText("iotDeviceId", fix);
    Located at = twin.optional("iotDeviceId");
    if (named != null && at != null && devices.lacks(named)) {
      problems.error(
          ModelError.DEVICE_UNKNOWN,
          at,
          "\"iotDeviceId\" is " + Quoting.quoted(named) + ", which is not a device.",
          fix + Quoting.hint(named, devices.ids()));
    }
    String device = DeviceIds.normal(named == null ? id : named);
    return devices.byId().containsKey(device) ? Optional.of(device) : Optional.empty();
  }

  private List<Component> parts(Located twin) {
    List<Component> parts = new ArrayList<>();
    for (Map.Entry<String, Located> member : twin.members().entrySet()) {
      if (member.getValue().value() instanceof JsonObject part
          && !member.getKey().startsWith("$")
          && part.has("$metadata")) {
        String device = part.text("iotDeviceId").orElse(member.getKey());
        parts.add(component(member.getKey(), "", device));
      }
    }
    return parts;
  }

  private Component component(String name, String type, String deviceId) {
    return devices
        .find(deviceId)
        .map(
            device ->
                new Component(
                    name,
                    type,
                    Optional.of(device.id()),
                    device.properties(),
                    device.constProperties()))
        .orElseGet(() -> new Component(name, type, Optional.empty(), List.of(), List.of()));
  }

  private void relationships(List<Located> list) {
    for (Located at : list) {
      String fix =
          "Write {\"$dtId\": \"room-1\", \"$relationshipName\": \"contains\", \"$targetId\":"
              + " \"sensor-1\"}.";
      Members members = Members.of(at, problems, fix);
      if (members != null) {
        String sourceKey = at.member("$sourceId") == null ? "$dtId" : "$sourceId";
        Twin source = twin(members, sourceKey, fix);
        Twin target = twin(members, "$targetId", fix);
        String name = members.text("$relationshipName", fix);
        if (source != null && target != null && name != null) {
          relate(source, target, name, at);
        }
      }
    }
  }

  private @Nullable Twin twin(Members members, String key, String fix) {
    String id = members.text(key, fix);
    Located at = members.optional(key);
    if (id == null || at == null || !(at.value() instanceof JsonString)) {
      return null;
    }
    Twin twin = twins.get(id);
    if (twin == null) {
      problems.error(
          ModelError.ENTITY_UNKNOWN,
          at,
          "\"" + key + "\" is " + Quoting.quoted(id) + ", which is not a twin.",
          "Write the \"$dtId\" of a twin." + Quoting.hint(id, twins.keySet()));
    }
    return twin;
  }

  private void relate(Twin source, Twin target, String name, Located at) {
    if (!name.equals(CONTAINS)) {
      source.relations.add(new Relation(name, target.id));
      return;
    }
    String why = target.parent == null ? null : "is in " + Quoting.quoted(target.parent.id);
    for (Twin above = source; above != null; above = above.parent) {
      why = above == target ? "contains " + Quoting.quoted(source.id) : why;
    }
    if (why == null) {
      target.parent = source;
      source.children.add(target);
      return;
    }
    problems.warning(
        ModelError.HIERARCHY_TREE,
        at,
        Quoting.quoted(source.id)
            + " cannot contain "
            + Quoting.quoted(target.id)
            + (source == target ? ", since the two are one" : ", which " + why + " already")
            + "; this becomes a relation.",
        "Let each twin be contained in one other, without coming back to itself, or give the"
            + " relationship another name.");
    source.relations.add(new Relation(name, target.id));
  }

  private Entity entity(Twin twin) {
    List<Entity> children = new ArrayList<>();
    List<Component> components = new ArrayList<>(twin.parts);
    if (twin.device.isPresent()) {
      components.add(component(twin.id, twin.model, twin.device.get()));
    }
    for (Twin child : twin.children) {
      if (child.isPartOfParent()) {
        components.add(component(child.id, child.model, child.device.orElse(child.id)));
      } else {
        children.add(entity(child));
      }
    }
    return new Entity(twin.id, children, components, twin.relations);
  }
}
