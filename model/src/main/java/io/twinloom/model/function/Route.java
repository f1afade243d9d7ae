package io.twinloom.model.function;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A way from a layer to a receiver on another cloud, as the ids of connections name it: {@code
 * {from}_{layer}_to_{to}_{layer}} and the receiver's suffix, in the direction of the data.
 *
 * @param caller the layer that calls
 * @param receiver the receiver's row
 */
public record Route(Layer caller, FunctionSpec receiver) {

  /** Every way that a placement can have. */
  public static Set<Route> all() {
    Set<Route> routes = new LinkedHashSet<>();
    for (FunctionKind kind : FunctionKind.values()) {
      FunctionSpec sender = FunctionSpec.of(kind);
      for (Remote remote : sender.sends()) {
        FunctionSpec receiver = FunctionSpec.of(remote.receiver());
        routes.add(new Route(sender.layer(), receiver));
        sender
            .layerWithout()
            .filter(layer -> layer != receiver.layer())
            .ifPresent(layer -> routes.add(new Route(layer, receiver)));
      }
    }
    for (FunctionSpec receiver : viewed()) {
      routes.add(new Route(Layer.L5, receiver));
    }
    return routes;
  }

  /** The receivers that a view may read. */
  public static List<FunctionSpec> viewed() {
    List<FunctionSpec> viewed = new ArrayList<>();
    for (FunctionKind kind : FunctionKind.values()) {
      FunctionSpec spec = FunctionSpec.of(kind);
      if (spec.receiver().filter(Receiver::view).isPresent()) {
        viewed.add(spec);
      }
    }
    return viewed;
  }

  /** The id of the connection between these clouds. */
  public String id(Provider callers, Provider receivers) {
    String calling = callers.connectionId() + "_" + word(caller);
    String called = receivers.connectionId() + "_" + receiverWord();
    return isPulled() ? called + "_to_" + calling + suffix() : calling + "_to_" + called + suffix();
  }

  /** Whether data goes from the receiver to the caller. */
  public boolean isPulled() {
    return as().isReader();
  }

  /** What is before {@code _to_} in an id, without the cloud. */
  public String from() {
    return isPulled() ? receiverWord() : word(caller);
  }

  /** What ends an id, after the cloud that follows {@code _to_}. */
  public String to() {
    return (isPulled() ? word(caller) : receiverWord()) + suffix();
  }

  private Receiver as() {
    return receiver.receiver().orElseThrow();
  }

  private String suffix() {
    return as().idSuffix();
  }

  /** At its receivers, layer 3 hot is called by its number alone. */
  private String receiverWord() {
    return receiver.layer() == Layer.L3_HOT ? "l3" : word(receiver.layer());
  }

  private static String word(Layer layer) {
    return layer.title().replace(" ", "").toLowerCase(Locale.ROOT);
  }
}
