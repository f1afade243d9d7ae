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
 * {from}_{layer}_to_{to}_{layer}} and the receiver's suffix, in the direction of the data. Where
 * caller and receiver are of one layer, a change of the twin keeps two clouds of it: a store is
 * copied, or one of two stores is read, or an old endpoint of devices passes commands.
 *
 * @param caller the layer that calls
 * @param receiver the receiver's row
 */
public record Route(Layer caller, FunctionSpec receiver) {

  private static final String PREFIX = "REMOTE_";

  /** Every way that a placement can have. */
  public static Set<Route> all() {
    Set<Route> routes = new LinkedHashSet<>();
    for (FunctionKind kind : FunctionKind.values()) {
      FunctionSpec sender = FunctionSpec.of(kind);
      for (Remote remote : sender.sends()) {
        FunctionSpec receiver = FunctionSpec.of(remote.receiver());
        routes.add(of(sender, remote));
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

  /** The way of a function to a receiver that it calls. */
  public static Route of(FunctionSpec sender, Remote remote) {
    FunctionSpec receiver = FunctionSpec.of(remote.receiver());
    return new Route(remote.withinLayer() ? receiver.layer() : sender.layer(), receiver);
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
    return isPulled()
        ? receivers.connectionId() + "_" + from() + "_to_" + callers.connectionId() + "_" + to()
        : callers.connectionId() + "_" + from() + "_to_" + receivers.connectionId() + "_" + to();
  }

  /** Whether data goes from the receiver to the caller. */
  public boolean isPulled() {
    return as().isReader();
  }

  /** Whether both ends are of one layer. */
  public boolean isWithinLayer() {
    return caller == receiver.layer();
  }

  /** Whether a store is copied on it, or a twin's newest values are. */
  public boolean isCopy() {
    return !isPulled() && (isWithinLayer() && caller != Layer.L1 || isOfHistory());
  }

  /** Whether a twin service is sent what the former one, which keeps no values, has read. */
  private boolean isOfHistory() {
    return caller == Layer.L3_HOT && receiver.layer() == Layer.L4;
  }

  /**
   * What the caller's settings of this way begin with: {@code …_URL}, {@code …_TOKEN} and so on.
   *
   * @param previous which cloud of the receiver's layer it leads to: 0 the current one, else the
   *     number of a previous one, from 1
   */
  public String variable(int previous) {
    if (isCopy()) {
      return PREFIX + "COPY_WRITER";
    }
    String own = as().variable();
    return previous == 0
        ? own
        : PREFIX + "PREVIOUS_" + previous + "_" + own.substring(PREFIX.length());
  }

  /** What is before {@code _to_} in an id, without the cloud. */
  public String from() {
    return isPulled() ? receiverWord() : word(caller);
  }

  /** What ends an id, after the cloud that follows {@code _to_}. */
  public String to() {
    if (isCopy()) {
      return word(receiver.layer()) + "_copy";
    }
    if (isPulled() && isWithinLayer()) {
      return receiverWord() + suffix().replace("_hot_", "_previous_");
    }
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
