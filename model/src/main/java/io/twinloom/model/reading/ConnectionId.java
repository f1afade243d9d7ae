package io.twinloom.model.reading;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.model.function.Route;
import org.jspecify.annotations.Nullable;

/**
 * The id of a connection between clouds, taken apart: {@code {from}_{layer}_to_{to}_{layer}}, with
 * the reader's name at the end where L4 or L5 reads, or, for want of L4, L3 hot.
 *
 * @param provider the receiver's cloud
 * @param receiver the receiver's function
 * @param caller the cloud of the function that calls it
 * @param route the way that it goes
 */
record ConnectionId(Provider provider, FunctionKind receiver, Provider caller, Route route) {

  /** Whether a twin with this placement has the connection. */
  boolean isOf(Placement placement) {
    return provider != caller
        && placement.of(route.caller()).filter(caller::equals).isPresent()
        && placement.of(route.receiver().layer()).filter(provider::equals).isPresent();
  }

  /** The parts of an id, or null if it is no id that a connection can have. */
  static @Nullable ConnectionId of(String id) {
    int to = id.indexOf("_to_");
    int first = id.indexOf('_');
    if (to < 0 || first < 0 || first >= to) {
      return null;
    }
    String rest = id.substring(to + 4);
    int second = rest.indexOf('_');
    if (second < 0) {
      return null;
    }
    Provider left = provider(id.substring(0, first));
    Provider right = provider(rest.substring(0, second));
    if (left == null || right == null) {
      return null;
    }
    String fromLayer = id.substring(first + 1, to);
    String toLayer = rest.substring(second + 1);
    for (Route route : Route.all()) {
      if (route.from().equals(fromLayer) && isEnd(toLayer, route)) {
        return route.isPulled()
            ? new ConnectionId(left, route.receiver().kind(), right, route)
            : new ConnectionId(right, route.receiver().kind(), left, route);
      }
    }
    return null;
  }

  /** The hot writer's connection may name its layer in full. */
  private static boolean isEnd(String layer, Route route) {
    return route.to().equals(layer)
        || (route.receiver().kind() == FunctionKind.HOT_WRITER && layer.equals("l3hot"));
  }

  private static @Nullable Provider provider(String id) {
    for (Provider provider : Provider.all()) {
      if (provider.connectionId().equals(id)) {
        return provider;
      }
    }
    return null;
  }
}
