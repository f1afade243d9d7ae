package io.twinloom.deployer.cloud;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionId;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The receivers that other receivers call. Within one apply no receiver can be given the address of
 * another: two that call each other would each wait for the other.
 */
record ReceiverAddresses(List<FunctionId> called) {

  static ReceiverAddresses of(PreparedProject project) {
    List<DeployedFunction> exposed =
        project.topology().functions().stream().filter(DeployedFunction::exposed).toList();
    return new ReceiverAddresses(
        project.topology().connections().stream()
            .filter(c -> exposed.stream().anyMatch(c::isSentBy))
            .map(Connection::receiver)
            .map(DeployedFunction::id)
            .distinct()
            .toList());
  }

  /** Whether one of them has another address than before. */
  boolean differ(Map<FunctionId, URI> before, Map<FunctionId, URI> now) {
    return called.stream().anyMatch(id -> !Objects.equals(before.get(id), now.get(id)));
  }
}
