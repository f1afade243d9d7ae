package io.twinloom.topology;

import io.twinloom.model.Names;
import io.twinloom.model.Names.Thing;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.topology.Store.Kind;
import java.util.ArrayList;
import java.util.List;

/** Which stores a project's twin has: one per tier, and the graph of its entities. */
final class Stores {
  private Stores() {}

  static List<Store> of(Project project) {
    Placement placement = project.placement();
    String twin = project.config().name();
    List<Store> stores = new ArrayList<>();
    stores.add(store(Names.hotStore(twin), Kind.HOT, Thing.HOT_TABLE, placement.l3Hot()));
    stores.add(store(Names.coldStore(twin), Kind.COLD, Thing.BUCKET, placement.l3Cold()));
    stores.add(store(Names.archiveStore(twin), Kind.ARCHIVE, Thing.BUCKET, placement.l3Archive()));
    placement
        .l4()
        .map(l4 -> store(Names.twinGraph(twin), Kind.TWIN_GRAPH, Thing.TWIN_GRAPH, l4))
        .ifPresent(stores::add);
    return List.copyOf(stores);
  }

  private static Store store(String name, Kind kind, Thing thing, Provider cloud) {
    return new Store(name, Names.cloudName(cloud, thing, name), kind, cloud);
  }
}
