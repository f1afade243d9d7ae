package io.twinloom.deployer.change;

import io.twinloom.model.CloudConventions.TwinService;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs.Copy;
import io.twinloom.topology.Connection;
import io.twinloom.topology.Topology;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What must hold of two phases that follow one another so that no value of a graph is missing.
 *
 * @param fault takes what is broken
 */
record GraphRules(Consumer<String> fault) {

  /** A graph is read once it has been kept up and the values of the former one were found in it. */
  void reads(Layout before, Optional<Phase.Kind> last, Phase phase) {
    Optional<Provider> now = phase.layout().placement().l4();
    if (now.isEmpty() || now.equals(before.placement().l4())) {
      return;
    }
    if (!before.legs().of(Layer.L4).read().contains(now.get())) {
      fault.accept("the graph on " + now.get() + " is read and was not kept up");
    }
    if (!last.equals(Optional.of(Phase.Kind.VERIFY))) {
      fault.accept("the graph on " + now.get() + " is read and may lack values");
    }
    boolean pushed = now.get().conventions().twinService() == TwinService.PUSHED;
    if (pushed && before.legs().of(Layer.L4).copy().filter(Copy::running).isEmpty()) {
      fault.accept("nothing has copied the values to " + now.get());
    }
    Provider former = before.placement().l4().orElseThrow();
    if (!phase.layout().legs().of(Layer.L4).read().contains(former)) {
      fault.accept("the graph on " + former + " is not kept up while it may be read");
    }
  }

  /** Values are copied by what is there for that alone, over a connection that is there before. */
  void copier(Topology one, Topology other, Phase phase) {
    boolean copies = phase.kind() == Phase.Kind.COPY || phase.kind() == Phase.Kind.VERIFY;
    boolean there = !other.functions(FunctionKind.TWIN_COPIER).isEmpty();
    if (there && (!copies || phase.layer() != Layer.L4)) {
      fault.accept("the twin's copier is there");
    }
    for (Connection c : other.connections()) {
      boolean sent = c.senders().contains("mill-twin-copier");
      if (sent && one.connections().stream().noneMatch(d -> d.id().equals(c.id()))) {
        fault.accept(c.id() + " was not there before");
      }
    }
  }
}
