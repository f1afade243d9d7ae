package io.twinloom.server.grafana.files;

import io.twinloom.model.CloudConventions.TwinSource;
import java.util.Optional;

/** Provisioning files; Grafana replaces {@code $NAME} in them by its environment. */
final class Provisioning {

  private static final String API = "TWINLOOM_API";
  private static final String API_KEY = "TWINLOOM_API_KEY";
  private static final String READER = "TWINLOOM_READER_URL";
  private static final String TOKEN = "TWINLOOM_READER_TOKEN";

  private Provisioning() {}

  /** Where the dashboards are: in the folder that {@code TWINLOOM_DASHBOARDS} names. */
  static String dashboards(String twin) {
    return """
        apiVersion: 1
        providers:
          - name: "Twinloom %s"
            folder: "Twinloom %s"
            type: file
            updateIntervalSeconds: 30
            options:
              path: ${TWINLOOM_DASHBOARDS}
        """
        .formatted(twin, twin);
  }

  /**
   * The data sources.
   *
   * @param onCloud whether the view is on a cloud, and reads what that exposes
   */
  static String sources(boolean onCloud, Optional<TwinSource> throughTwin) {
    StringBuilder yaml = new StringBuilder("apiVersion: 1\ndatasources:\n");
    yaml.append(infinity("Twinloom", Sources.ROWS, API, "/grafana/health", bearer()));
    yaml.append(
        """
          - name: "Twinloom metrics"
            uid: %s
            type: prometheus
            access: proxy
            url: ${%s}
            jsonData:
              httpMethod: GET
              httpHeaderName1: Authorization
            secureJsonData:
              httpHeaderValue1: "Bearer ${%s}"
        """
            .formatted(Sources.METRICS.uid(), "TWINLOOM_PROMETHEUS", "TWINLOOM_PROMETHEUS_TOKEN"));
    if (onCloud && throughTwin.isEmpty()) {
      yaml.append(infinity("Twinloom readers", Sources.READERS, READER, "", token()));
    }
    throughTwin.ifPresent(source -> yaml.append(twin(source)));
    return yaml.toString();
  }

  private static String infinity(
      String name, Sources source, String address, String health, String authentication) {
    String check =
        health.isEmpty()
            ? ""
            : """
                    customHealthCheckEnabled: true
                    customHealthCheckUrl: ${%s}%s
              """
                .formatted(address, health);
    return """
          - name: "%s"
            uid: %s
            type: %s
            access: proxy
            url: ${%s}
            jsonData:
              allowedHosts: ["${%s}"]
              timeoutInSeconds: 30
        """
            .formatted(name, source.uid(), source.type(), address, address)
        + check
        + authentication;
  }

  private static String bearer() {
    return """
              auth_method: bearerToken
            secureJsonData:
              bearerToken: ${%s}
        """
        .formatted(API_KEY);
  }

  /** The token of the readers' connections, in the header that receivers read. */
  private static String token() {
    return """
              auth_method: apiKey
              apiKeyKey: X-Inter-Cloud-Token
              apiKeyType: header
            secureJsonData:
              apiKeyValue: ${%s}
        """
        .formatted(TOKEN);
  }

  private static String twin(TwinSource source) {
    return """
          - name: "Twinloom twin"
            uid: %s
            type: %s
            access: proxy
            jsonData:
              authType: default
              assumeRoleArn: ${TWINLOOM_TWIN_ROLE}
              defaultRegion: ${TWINLOOM_TWIN_REGION}
              workspaceId: ${TWINLOOM_TWIN_WORKSPACE}
        """
        .formatted(GrafanaFiles.TWIN_UID, source.type());
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
    text.append("TWINLOOM_PROMETHEUS=http://127.0.0.1:9090\nTWINLOOM_PROMETHEUS_TOKEN=\n");
    if (onCloud && throughTwin.isEmpty()) {
      text.append("# The hot reader's address and token, from config_inter_cloud.json:\n");
      text.append(READER).append("=\n").append(TOKEN).append("=\n");
    }
    throughTwin.ifPresent(
        source ->
            text.append("# The twin service: ")
                .append(source.app())
                .append(" must be installed.\n")
                .append("TWINLOOM_TWIN_ROLE=\nTWINLOOM_TWIN_REGION=\nTWINLOOM_TWIN_WORKSPACE=\n"));
    return text.toString();
  }
}
