package io.twinloom.topology;

import io.twinloom.model.Layer;
import io.twinloom.model.Names;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.topology.Store.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Which stores a project's twin has: for each tier one or several, and the graph of its entities.
 */
final class Stores {
  private Stores() {}

  static List<Store> of(Project project) {
    String twin = project.config().name();
    List<Store> stores = new ArrayList<>();
    for (Provider cloud : clouds(project, Layer.L3_HOT)) {
      stores.add(store(Names.hotStore(twin), Kind.HOT, Thing.HOT_TABLE, cloud));
    }
    for (Provider cloud : clouds(project, Layer.L3_COLD)) {
      stores.add(store(Names.coldStore(twin), Kind.COLD, Thing.BUCKET, cloud));
    }
    for (Provider cloud : clouds(project, Layer.L3_ARCHIVE)) {
      stores.add(store(Names.archiveStore(twin), Kind.ARCHIVE, Thing.BUCKET, cloud));
    }
    for (Provider cloud : clouds(project, Layer.L4)) {
      stores.add(store(Names.twinGraph(twin), Kind.TWIN_GRAPH, Thing.TWIN_GRAPH, cloud));
    }
    return List.copyOf(stores);
  }

  /** That of the store which is written first. */
  private static List<Provider> clouds(Project project, Layer tier) {
    List<Provider> clouds = new ArrayList<>();
    project.placement().of(tier).ifPresent(clouds::add);
    project.legs().of(tier).others().stream().map(Leg::cloud).forEach(clouds::add);
    return clouds;
  }

  private static Store store(String name, Kind kind, Thing thing, Provider cloud) {
    return new Store(name, Names.cloudName(cloud, thing, name), kind, cloud);
  }
}
