package io.twinloom.deployer.grafana;

import io.twinloom.deployer.grafana.DataSource.TwinPlace;
import io.twinloom.model.CloudConventions.TwinSource;
import java.util.Locale;
import java.util.Optional;

/** Provisioning files; Grafana replaces {@code $NAME} in them by its environment. */
final class Provisioning {

  private static final String API = "TWINLOOM_API";
  private static final String API_KEY = "TWINLOOM_API_KEY";
  private static final String READER = "TWINLOOM_READER_URL";
  private static final String TOKEN = "TWINLOOM_READER_TOKEN";
  private static final String PROMETHEUS = "TWINLOOM_PROMETHEUS";
  private static final String PROMETHEUS_TOKEN = "TWINLOOM_PROMETHEUS_TOKEN";
  private static final String TWIN_ROLE = "TWINLOOM_TWIN_ROLE";
  private static final String TWIN_REGION = "TWINLOOM_TWIN_REGION";
  private static final String TWIN_WORKSPACE = "TWINLOOM_TWIN_WORKSPACE";

  private Provisioning() {}

  /** Where the dashboards are: in the folder that {@code TWINLOOM_DASHBOARDS} names. */
  static String dashboards(String twin) {
    return String.format(
        Locale.ROOT,
        """
        apiVersion: 1
        providers:
          - name: "Twinloom %s"
            folder: "Twinloom %s"
            type: file
            updateIntervalSeconds: 30
            options:
              path: ${TWINLOOM_DASHBOARDS}
        """,
        twin,
        twin);
  }

  /**
   * The data sources.
   *
   * @param onCloud whether the view is on a cloud, and reads what that exposes
   */
  static String sources(boolean onCloud, Optional<TwinSource> throughTwin) {
    StringBuilder yaml = new StringBuilder("apiVersion: 1\ndatasources:\n");
    yaml.append(DataSource.rows(variable(API), variable(API_KEY)).yaml());
    yaml.append(DataSource.metrics(variable(PROMETHEUS), variable(PROMETHEUS_TOKEN)).yaml());
    if (onCloud && throughTwin.isEmpty()) {
      yaml.append(DataSource.readers(variable(READER), variable(TOKEN)).yaml());
    }
    throughTwin.ifPresent(
        source ->
            yaml.append(
                DataSource.twin(
                        source,
                        new TwinPlace(
                            "default",
                            variable(TWIN_ROLE),
                            variable(TWIN_REGION),
                            variable(TWIN_WORKSPACE)))
                    .yaml()));
    return yaml.toString();
  }

  private static String variable(String name) {
    return "${" + name + "}";
  }

  /** The environment that Grafana's process needs, without its values. */
  static String environment(boolean onCloud, Optional<TwinSource> throughTwin) {
    StringBuilder text = new StringBuilder();
    text.append("# The environment of Grafana's process. No value here is a secret yet.\n");
    text.append("# The folder dashboards/ beside this file, as Grafana sees it:\n");
    text.append("TWINLOOM_DASHBOARDS=/etc/twinloom/dashboards\n");
    text.append(
        "# Twinloom's API, as 'twinloom status' names it; a key where it is not on loopback:\n");
    text.append(API).append("=http://127.0.0.1:8080\n").append(API_KEY).append("=\n");
    text.append("# A Prometheus that scrapes the API's /metrics:\n");
    text.append(PROMETHEUS).append("=http://127.0.0.1:9090\n");
    text.append(PROMETHEUS_TOKEN).append("=\n");
    if (onCloud && throughTwin.isEmpty()) {
      text.append("# The hot reader's address and token, from config_inter_cloud.json:\n");
      text.append(READER).append("=\n").append(TOKEN).append("=\n");
    }
    throughTwin.ifPresent(
        source ->
            text.append("# The twin service: ")
                .append(source.app())
                .append(" must be installed.\n")
                .append(TWIN_ROLE + "=\n" + TWIN_REGION + "=\n" + TWIN_WORKSPACE + "=\n"));
    return text.toString();
  }
}
