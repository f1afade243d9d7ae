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
  private final Project project;
  private final Placement placement;
  private final ExistsWhen exists;
  private final Map<String, Crossing> crossings = new LinkedHashMap<>();

  private Crossings(Project project) {
    this.project = project;
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

  /** Whether a function on a cloud calls a receiver on another one. */
  static boolean sendsFar(
      FunctionKind sender, Provider from, FunctionKind receiver, Project project) {
    return new ExistsWhen(project).cloud(receiver).filter(to -> to != from).isPresent();
  }

  private void sends(FunctionKind sender) {
    FunctionSpec spec = FunctionSpec.of(sender);
    Layer layer = exists.layer(spec);
    TwinCopying copying = new TwinCopying(project);
    for (Provider from : exists.senders(sender)) {
      for (Remote remote : spec.sends()) {
        if (!copying.isUsed(sender, layer, remote.receiver())) {
          continue;
        }
        Route route =
            remote.withinLayer()
                ? Route.of(spec, remote)
                : new Route(layer, FunctionSpec.of(remote.receiver()));
        for (Provider to : receivers(sender, route, from)) {
          List<FunctionKind> senders =
              isCalled(route, sender, from, to) ? List.of(sender) : List.of();
          add(route, from, to, senders, why(route, from));
        }
      }
    }
  }

  /**
   * The clouds on which a receiver may be called from a cloud: also one whose turn comes with the
   * next phase of a change, or was with the one before, since functions that run then still have
   * the settings of that.
   */
  private List<Provider> receivers(FunctionKind sender, Route route, Provider from) {
    return route.isCopy()
        ? exists.copied(sender, route.receiver().layer(), from)
        : exists.clouds(route.receiver().kind()).stream().filter(to -> to != from).toList();
  }

  /** Whether the settings of a sender name a receiver now. */
  private boolean isCalled(Route route, FunctionKind sender, Provider from, Provider to) {
    Layer of = route.receiver().layer();
    if (FunctionSpec.of(sender).isCopier() && !exists.clouds(sender).contains(from)) {
      return false;
    }
    if (route.isCopy()) {
      return true;
    }
    if (route.isWithinLayer()) {
      return (route.isPulled() || placement.of(of).equals(Optional.of(from)))
          && project.legs().readBeside(of, from, placement).contains(to);
    }
    if (of == Layer.L1 && placement.l1() == from) {
      return project.legs().of(of).read().contains(to);
    }
    if (sender == FunctionKind.PERSISTER && project.legs().of(of).read().contains(to)) {
      // Layer 4 moves: both graphs are kept up.
      return of == Layer.L4;
    }
    boolean reads =
        route.isPulled()
            && of != Layer.L3_HOT
            && (sender == FunctionKind.HISTORY_READER || sender == FunctionKind.TWIN_COPIER);
    return placement.of(of).equals(Optional.of(to))
        || reads && project.legs().of(of).read().contains(to);
  }

  private void viewReads() {
    for (Provider view : exists.carriers(Layer.L5)) {
      if (!viewReadsThroughTwin(view)) {
        viewReads(view);
      }
    }
  }

  private void viewReads(Provider view) {
    for (FunctionSpec reader : Route.viewed()) {
      for (Provider store : exists.clouds(reader.kind())) {
        String why = "L5 on " + view.id() + " reads the hot store itself";
        add(new Route(Layer.L5, reader), view, store, List.of(), why);
      }
    }
  }

  /** Senders of one route share its connection. */
  private void add(
      Route route, Provider from, Provider to, List<FunctionKind> senders, String why) {
    String id = route.id(from, to);
    crossings.merge(
        id,
        new Crossing(id, from, to, senders, route, why),
        (one, other) -> {
          List<FunctionKind> all = new ArrayList<>(one.senders());
          all.addAll(other.senders());
          return new Crossing(id, from, to, all, route, one.why());
        });
  }

  private static String why(Route route, Provider from) {
    Receiver receiver = route.receiver().receiver().orElseThrow();
    return receiver
        .pulled()
        .map(why -> why.replace("{cloud}", from.id()))
        .orElseGet(() -> route.caller().title() + " on " + from.id() + " sends to it");
  }

  private boolean viewReadsThroughTwin(Provider view) {
    return view.conventions().viewReadsThroughTwin()
        && exists.carriers(Layer.L4).equals(List.of(view));
  }
}
