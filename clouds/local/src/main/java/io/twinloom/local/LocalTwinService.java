package io.twinloom.local;

import io.twinloom.functions.twin.GraphDefinition;
import io.twinloom.functions.twin.TwinService;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.topology.Topology;
import java.util.Map;
import java.util.Optional;

/** The twin service of the local cloud that carries layer 4. */
final class LocalTwinService {

  private LocalTwinService() {}

  /** Makes the twin's graph what the project says, and what answers from it. */
  static Optional<TwinService> of(
      Project project, Topology topology, Map<Provider, LocalCloud> clouds) {
    return project
        .placement()
        .l4()
        .map(clouds::get)
        .map(
            cloud -> {
              cloud.twinGraph().define(GraphDefinition.of(project.hierarchy()));
              return new TwinService(
                  topology.twin(), cloud.twinGraph(), cloud.invoker(), readers(topology));
            });
  }

  /** A twin that is pushed to has its newest values itself; the others fetch them. */
  private static TwinService.Readers readers(Topology topology) {
    Optional<String> newest =
        topology.function(FunctionKind.TWIN_UPDATER).isPresent()
            ? Optional.empty()
            : Optional.of(topology.newestReader().name());
    return new TwinService.Readers(topology.rangeReader().name(), newest);
  }
}
