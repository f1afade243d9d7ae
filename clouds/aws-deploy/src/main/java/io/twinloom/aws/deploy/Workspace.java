package io.twinloom.aws.deploy;

import io.twinloom.deployer.Progress;
import io.twinloom.functions.port.TwinGraph.ComponentType;
import io.twinloom.functions.port.TwinGraph.Definition;
import io.twinloom.functions.port.TwinGraph.Entity;
import io.twinloom.model.text.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iottwinmaker.IoTTwinMakerClient;
import software.amazon.awssdk.services.iottwinmaker.model.ComponentRequest;
import software.amazon.awssdk.services.iottwinmaker.model.ComponentUpdateRequest;
import software.amazon.awssdk.services.iottwinmaker.model.ComponentUpdateType;
import software.amazon.awssdk.services.iottwinmaker.model.EntitySummary;
import software.amazon.awssdk.services.iottwinmaker.model.FunctionRequest;
import software.amazon.awssdk.services.iottwinmaker.model.GetEntityResponse;
import software.amazon.awssdk.services.iottwinmaker.model.ParentEntityUpdateRequest;
import software.amazon.awssdk.services.iottwinmaker.model.ParentEntityUpdateType;
import software.amazon.awssdk.services.iottwinmaker.model.PropertyDefinitionRequest;
import software.amazon.awssdk.services.iottwinmaker.model.ResourceNotFoundException;

/**
 * A workspace of TwinMaker, which is made what a definition says: types before the entities that
 * have them, parents before their children, and the other way round where they go. TwinMaker works
 * on after it has answered; each level is waited for before the next.
 */
final class Workspace {

  /** The parent of entities at the top. */
  private static final String ROOT = "$ROOT";

  /** Types of TwinMaker's own. */
  private static final String PREDEFINED = "com.amazon.";

  private static final int PAGE = 200;

  private final Supplier<IoTTwinMakerClient> twinMaker;
  private final String id;
  private final Progress progress;
  private final WorkspaceWaiting waiting;

  Workspace(AwsDeployClients clients, String id, Progress progress) {
    this.twinMaker = clients.twinMaker;
    this.id = id;
    this.progress = progress;
    this.waiting = new WorkspaceWaiting(clients.twinMaker, id);
  }

  /** Makes the workspace hold these entities and types, and no others. */
  void define(Definition definition, TwinReaders readers) {
    doing("The twin's entities cannot be made", () -> make(definition, readers));
  }

  /** Removes all entities and types; the workspace is empty then, and can be removed itself. */
  void clear() {
    doing(
        "The twin's entities cannot be removed",
        () -> {
          Map<String, EntitySummary> entities = entities();
          progress.step(
              "removing " + Count.of(entities.size(), "entity", "entities") + " of the twin");
          removeEntities(entities, Set.of());
          removeTypes(types(), Set.of());
        });
  }

  private void make(Definition definition, TwinReaders readers) {
    progress.step(
        "making "
            + Count.of(definition.entities().size(), "entity", "entities")
            + " of "
            + Count.of(definition.types().size(), "type")
            + " in the twin's workspace");
    Set<String> there = types();
    Set<String> wanted = new TreeSet<>();
    for (ComponentType type : definition.types()) {
      String typeId = TwinShapes.typeId(type.id());
      wanted.add(typeId);
      type(
          typeId,
          TwinShapes.definitions(type),
          TwinShapes.functions(type, readers),
          there.contains(typeId));
    }
    Map<String, PropertyDefinitionRequest> relations =
        TwinShapes.relationDefinitions(definition.entities());
    if (!relations.isEmpty()) {
      wanted.add(TwinShapes.RELATIONS_TYPE);
      type(
          TwinShapes.RELATIONS_TYPE,
          relations,
          Map.of(),
          there.contains(TwinShapes.RELATIONS_TYPE));
    }
    wanted.forEach(waiting::type);
    Map<String, EntitySummary> entities = entities();
    Set<String> ids = new TreeSet<>();
    for (List<Entity> level : levels(definition.entities())) {
      level.forEach(entity -> entity(entity, entities, true));
      level.forEach(entity -> ids.add(TwinShapes.entityId(entity.id())));
      level.forEach(entity -> waiting.entity(TwinShapes.entityId(entity.id())));
    }
    // A relation's target has to be there: relations come when all entities are.
    List<Entity> related =
        definition.entities().stream().filter(e -> !e.relations().isEmpty()).toList();
    if (!related.isEmpty()) {
      Map<String, EntitySummary> all = entities();
      related.forEach(entity -> entity(entity, all, false));
      related.forEach(entity -> waiting.entity(TwinShapes.entityId(entity.id())));
    }
    removeEntities(entities, ids);
    removeTypes(there, wanted);
  }

  /** Entities by how far they are from the top. */
  private static List<List<Entity>> levels(List<Entity> entities) {
    Map<String, Entity> byId =
        entities.stream().collect(Collectors.toMap(Entity::id, e -> e, (a, b) -> a));
    Map<Integer, List<Entity>> levels = new TreeMap<>();
    for (Entity entity : entities) {
      int level = 0;
      for (Optional<String> up = entity.parent(); up.isPresent(); level++) {
        Entity parent = byId.get(up.get());
        up = parent == null ? Optional.empty() : parent.parent();
      }
      levels.computeIfAbsent(level, l -> new ArrayList<>()).add(entity);
    }
    return List.copyOf(levels.values());
  }

  private void type(
      String typeId,
      Map<String, PropertyDefinitionRequest> properties,
      Map<String, FunctionRequest> functions,
      boolean isThere) {
    if (isThere) {
      twinMaker
          .get()
          .updateComponentType(
              r ->
                  r.workspaceId(id)
                      .componentTypeId(typeId)
                      .propertyDefinitions(properties)
                      .functions(functions));
    } else {
      twinMaker
          .get()
          .createComponentType(
              r ->
                  r.workspaceId(id)
                      .componentTypeId(typeId)
                      .propertyDefinitions(properties)
                      .functions(functions));
    }
  }

  private void entity(Entity entity, Map<String, EntitySummary> there, boolean withoutRelations) {
    String entityId = TwinShapes.entityId(entity.id());
    String parent = entity.parent().map(TwinShapes::entityId).orElse(ROOT);
    Map<String, ComponentRequest> components = new LinkedHashMap<>(TwinShapes.components(entity));
    if (withoutRelations) {
      components.remove(TwinShapes.RELATIONS);
    }
    EntitySummary former = there.get(entityId);
    if (former == null) {
      twinMaker
          .get()
          .createEntity(
              r ->
                  r.workspaceId(id)
                      .entityId(entityId)
                      .entityName(entity.id())
                      .parentEntityId(parent)
                      .components(components));
      return;
    }
    Map<String, ComponentUpdateRequest> updates = updates(entityId, components, withoutRelations);
    boolean moves = !parent.equals(former.parentEntityId());
    if (!updates.isEmpty() || moves) {
      twinMaker
          .get()
          .updateEntity(
              r -> {
                r.workspaceId(id).entityId(entityId).componentUpdates(updates);
                if (moves) {
                  r.parentEntityUpdate(
                      ParentEntityUpdateRequest.builder()
                          .updateType(
                              parent.equals(ROOT)
                                  ? ParentEntityUpdateType.DELETE
                                  : ParentEntityUpdateType.UPDATE)
                          .parentEntityId(parent.equals(ROOT) ? null : parent)
                          .build());
                }
              });
    }
  }

  private Map<String, ComponentUpdateRequest> updates(
      String entityId, Map<String, ComponentRequest> wanted, boolean withoutRelations) {
    GetEntityResponse known = twinMaker.get().getEntity(r -> r.workspaceId(id).entityId(entityId));
    Map<String, ComponentUpdateRequest> updates = new LinkedHashMap<>();
    wanted.forEach(
        (name, component) ->
            updates.put(
                name,
                ComponentUpdateRequest.builder()
                    .updateType(
                        known.hasComponents() && known.components().containsKey(name)
                            ? ComponentUpdateType.UPDATE
                            : ComponentUpdateType.CREATE)
                    .componentTypeId(component.componentTypeId())
                    .propertyUpdates(component.properties())
                    .build()));
    if (known.hasComponents()) {
      for (String name : known.components().keySet()) {
        boolean waits = withoutRelations && name.equals(TwinShapes.RELATIONS);
        if (!wanted.containsKey(name) && !waits) {
          updates.put(
              name,
              ComponentUpdateRequest.builder().updateType(ComponentUpdateType.DELETE).build());
        }
      }
    }
    return updates;
  }

  private void removeEntities(Map<String, EntitySummary> there, Set<String> kept) {
    Map<String, Integer> depths = new HashMap<>();
    there.forEach((entity, summary) -> depths.put(entity, depth(summary, there)));
    List<String> gone =
        there.keySet().stream()
            .filter(entity -> !kept.contains(entity))
            .sorted((a, b) -> Integer.compare(depths.getOrDefault(b, 0), depths.getOrDefault(a, 0)))
            .toList();
    int level = Integer.MIN_VALUE;
    List<String> leaving = new ArrayList<>();
    for (String entity : gone) {
      int depth = depths.getOrDefault(entity, 0);
      if (depth != level) {
        leaving.forEach(waiting::gone);
        leaving.clear();
        level = depth;
      }
      twinMaker.get().deleteEntity(r -> r.workspaceId(id).entityId(entity).isRecursive(false));
      leaving.add(entity);
    }
    leaving.forEach(waiting::gone);
  }

  private static int depth(EntitySummary entity, Map<String, EntitySummary> all) {
    int depth = 0;
    for (EntitySummary up = all.get(entity.parentEntityId());
        up != null;
        up = all.get(up.parentEntityId())) {
      depth++;
    }
    return depth;
  }

  private void removeTypes(Set<String> there, Set<String> kept) {
    for (String type : there) {
      if (!kept.contains(type)) {
        try {
          twinMaker.get().deleteComponentType(r -> r.workspaceId(id).componentTypeId(type));
        } catch (ResourceNotFoundException e) {
          continue;
        }
      }
    }
  }

  private Set<String> types() {
    Set<String> ids = new TreeSet<>();
    try {
      twinMaker
          .get()
          .listComponentTypesPaginator(r -> r.workspaceId(id).maxResults(PAGE))
          .forEach(
              page ->
                  page.componentTypeSummaries().stream()
                      .map(type -> type.componentTypeId())
                      .filter(type -> !type.startsWith(PREDEFINED))
                      .forEach(ids::add));
    } catch (ResourceNotFoundException e) {
      // The workspace is gone, and all in it.
      return Set.of();
    }
    return ids;
  }

  private Map<String, EntitySummary> entities() {
    Map<String, EntitySummary> all = new TreeMap<>();
    try {
      twinMaker
          .get()
          .listEntitiesPaginator(r -> r.workspaceId(id).maxResults(PAGE))
          .forEach(
              page ->
                  page.entitySummaries().forEach(summary -> all.put(summary.entityId(), summary)));
    } catch (ResourceNotFoundException e) {
      return Map.of();
    }
    return all;
  }

  private void doing(String what, Runnable work) {
    try {
      work.run();
    } catch (SdkException e) {
      throw AwsFailures.of(what, "workspace " + id, e);
    }
  }
}
