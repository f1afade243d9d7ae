package io.twinloom.deployer.grafana;

import io.twinloom.json.Json;
import io.twinloom.model.CloudConventions.TwinSource;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that show a twin in Grafana, as their contents by their paths. They hold no secret and
 * no address: both are variables of the environment of Grafana's process.
 */
public final class GrafanaFiles {

  /** The id of the data source of a cloud's twin service. */
  static final String TWIN_UID = "twinloom-twin";

  /** Where a twin is shown that runs on this machine. */
  public static final String LOCAL = "local";

  private final Project project;

  public GrafanaFiles(Project project) {
    this.project = project;
  }

  /**
   * The files for one place: {@code dashboards/*.json} and {@code provisioning/…}.
   *
   * @param cloud of layer 5; empty for this machine
   */
  public Map<String, String> of(Optional<Provider> cloud) {
    String twin = project.config().name();
    TwinDashboards own = new TwinDashboards(twin);
    Map<String, String> files = new LinkedHashMap<>();
    Optional<TwinSource> throughTwin =
        cloud.filter(this::readsThroughTwin).flatMap(GrafanaFiles::source);
    Dashboard device =
        cloud.isEmpty()
            ? own.device()
            : throughTwin
                .map(source -> new CloudDashboards(project).throughTwin(cloud.get(), source))
                .orElseGet(() -> new CloudDashboards(project).throughReaders());
    for (Dashboard dashboard : List.of(own.overview(), device, own.tiers(), own.operations())) {
      files.put("dashboards/" + dashboard.name() + ".json", Json.pretty(dashboard.json()) + "\n");
    }
    files.put("provisioning/dashboards/twinloom.yaml", Provisioning.dashboards(twin));
    files.put(
        "provisioning/datasources/twinloom.yaml",
        Provisioning.sources(cloud.isPresent(), throughTwin));
    files.put("environment.example", Provisioning.environment(cloud.isPresent(), throughTwin));
    return files;
  }

  private boolean readsThroughTwin(Provider cloud) {
    return cloud.conventions().viewReadsThroughTwin()
        && project.placement().l4().equals(Optional.of(cloud));
  }

  private static Optional<TwinSource> source(Provider cloud) {
    return cloud.conventions().twinSource();
  }
}
