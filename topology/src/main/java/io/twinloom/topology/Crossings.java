package io.twinloom.topology;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Receiver;
import io.twinloom.model.function.Remote;
import io.twinloom.model.function.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a project's twin crosses from cloud to cloud: where a function that it has sends to one
 * that it has on another cloud, and where a view reads the hot store. What is exposed follows from
 * this and from nothing else.
 */
final class Crossings {
  private final Placement placement;
  private final ExistsWhen exists;
  private final Map<String, Crossing> crossings = new LinkedHashMap<>();

  private Crossings(Project project) {
    this.placement = project.placement();
    this.exists = new ExistsWhen(project);
  }

  static List<Crossing> of(Project project) {
    Crossings crossings = new Crossings(project);
    for (FunctionKind kind : FunctionKind.values()) {
      crossings.sends(kind);
    }
    crossings.viewReads();
    return List.copyOf(crossings.crossings.values());
  }

  /** Whether a function calls a receiver on another cloud. */
  static boolean sendsFar(FunctionKind sender, FunctionKind receiver, Project project) {
    ExistsWhen exists = new ExistsWhen(project);
    Optional<Provider> from = exists.cloud(sender);
    Optional<Provider> to = exists.cloud(receiver);
    return from.isPresent() && to.isPresent() && !from.equals(to);
  }

  private void sends(FunctionKind sender) {
    Optional<Provider> from = exists.cloud(sender);
    if (from.isEmpty()) {
      return;
    }
    FunctionSpec spec = FunctionSpec.of(sender);
    Layer layer = ExistsWhen.layer(spec, placement);
    for (Remote remote : spec.sends()) {
      Optional<Provider> to = exists.cloud(remote.receiver()).filter(cloud -> cloud != from.get());
      if (to.isPresent()) {
        Route route = new Route(layer, FunctionSpec.of(remote.receiver()));
        add(route, from.get(), to.get(), List.of(sender), why(route, from.get()));
      }
    }
  }

  private void viewReads() {
    if (placement.l5().isEmpty() || viewReadsThroughTwin(placement)) {
      return;
    }
    Provider view = placement.l5().orElseThrow();
    for (FunctionSpec reader : Route.viewed()) {
      Provider store = exists.cloud(reader.kind()).orElseThrow();
      String why = "L5 on " + view.id() + " reads the hot store itself";
      add(new Route(Layer.L5, reader), view, store, List.of(), why);
    }
  }

  /** Senders of one route share its connection. */
  private void add(
      Route route, Provider from, Provider to, List<FunctionKind> senders, String why) {
    FunctionKind receiver = route.receiver().kind();
    String id = route.id(from, to);
    crossings.merge(
        id,
        new Crossing(id, from, to, senders, receiver, why),
        (one, other) -> {
          List<FunctionKind> all = new ArrayList<>(one.senders());
          all.addAll(other.senders());
          return new Crossing(id, from, to, all, receiver, one.why());
        });
  }

  private static String why(Route route, Provider from) {
    Receiver receiver = route.receiver().receiver().orElseThrow();
    return receiver
        .pulled()
        .map(why -> why.replace("{cloud}", from.id()))
        .orElseGet(() -> route.caller().title() + " on " + from.id() + " sends to it");
  }

  private static boolean viewReadsThroughTwin(Placement placement) {
    return placement.l5().filter(l5 -> l5.conventions().viewReadsThroughTwin()).isPresent()
        && placement.l5().equals(placement.l4());
  }
}
