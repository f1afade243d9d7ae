package io.twinloom.deployer.grafana;

import io.twinloom.json.JsonObject;

/** Queries of metrics. */
final class Prometheus {

  private Prometheus() {}

  /**
   * As the target of a panel.
   *
   * @param legend what a curve is called, with labels in double braces
   */
  static JsonObject target(String refId, String expression, String legend) {
    return JsonObject.builder()
        .put("refId", refId)
        .put("datasource", Sources.METRICS.reference())
        .put("expr", expression)
        .put("legendFormat", legend)
        .put("range", true)
        .build();
  }
}
