package io.twinloom.topology;

import io.twinloom.model.Legs;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinConfig.Signing;
import io.twinloom.model.TwinConfig.SigningMode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the connections of a twin sign. One that is there only because of a change signs as strictly
 * as those that its clouds have anyway.
 */
public final class ConnectionSigning {

  private final Signing configured;

  /** The connections that the twin has without any change. */
  private final List<Crossing> usual;

  private ConnectionSigning(Signing configured, List<Crossing> usual) {
    this.configured = configured;
    this.usual = usual;
  }

  /** How those of a project sign. */
  public static ConnectionSigning of(Project project) {
    return new ConnectionSigning(
        project.config().signedConnections(),
        project.legs().equals(Legs.NONE)
            ? List.of()
            : Crossings.of(project.withLegs(project.placement(), Legs.NONE)));
  }

  /** How a connection signs. */
  public SigningMode of(Connection connection) {
    SigningMode own = configured.of(connection.id());
    if (usual.isEmpty() || usual.stream().anyMatch(c -> c.id().equals(connection.id()))) {
      return own;
    }
    Set<Provider> ends = new HashSet<>(List.of(connection.from()));
    ends.add(connection.to());
    return usual.stream()
        .filter(c -> ends.contains(c.from()) || ends.contains(c.to()))
        .map(c -> configured.of(c.id()))
        .reduce(own, (one, other) -> one.compareTo(other) >= 0 ? one : other);
  }
}
