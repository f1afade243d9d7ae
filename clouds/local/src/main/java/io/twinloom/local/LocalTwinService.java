package io.twinloom.local;

import io.twinloom.functions.twin.GraphDefinition;
import io.twinloom.functions.twin.TwinService;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.topology.Topology;
import java.util.Map;
import java.util.Optional;

/** The twin service of the local cloud that carries layer 4. */
final class LocalTwinService {

  private LocalTwinService() {}

  /** Makes the twin's graphs what the project says, and what answers from the one that is read. */
  static Optional<TwinService> of(
      Project project, Topology topology, Map<Provider, LocalCloud> clouds) {
    for (Provider cloud : project.legs().carriers(Layer.L4, project.placement())) {
      Optional.ofNullable(clouds.get(cloud))
          .ifPresent(c -> c.twinGraph().define(GraphDefinition.of(project.hierarchy())));
    }
    return project
        .placement()
        .l4()
        .map(clouds::get)
        .map(
            cloud ->
                new TwinService(
                    topology.twin(), cloud.twinGraph(), cloud.invoker(), readers(topology)));
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
