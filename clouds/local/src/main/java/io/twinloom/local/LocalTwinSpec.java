package io.twinloom.local;

import io.twinloom.local.worker.UserFunction;
import io.twinloom.model.Connections;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.topology.Topology;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A twin that is to run locally.
 *
 * @param userFunctions the user's functions, ready to run
 * @param connecting gives the connections once the clouds' addresses are known
 */
public record LocalTwinSpec(
    Project project, Topology topology, List<UserFunction> userFunctions, Connecting connecting) {
  public LocalTwinSpec {
    userFunctions = List.copyOf(userFunctions);
  }

  /** Gives every connection of the topology its address and its tokens. */
  @FunctionalInterface
  public interface Connecting {

    /**
     * @param endpoints the HTTP address of each cloud, without a slash at its end; a function's
     *     address is that, a slash and its name
     */
    Connections connect(Topology topology, Map<Provider, URI> endpoints);
  }
}
