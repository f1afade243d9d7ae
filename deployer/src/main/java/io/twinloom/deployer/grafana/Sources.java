package io.twinloom.deployer.grafana;

import io.twinloom.json.JsonObject;

/** The data sources that dashboards use, by the variables that choose them. */
enum Sources {
  /** Rows of Twinloom's own API. */
  ROWS("rows", "yesoreyeram-infinity-datasource", "twinloom"),
  /** Items of the readers of the hot store, which a cloud exposes for its view. */
  READERS("readers", "yesoreyeram-infinity-datasource", "twinloom-readers"),
  /** Metrics of Twinloom's API. */
  METRICS("metrics", "prometheus", "twinloom-metrics");

  private final String variable;
  private final String type;
  private final String uid;

  Sources(String variable, String type, String uid) {
    this.variable = variable;
    this.type = type;
    this.uid = uid;
  }

  /** The id of its plugin. */
  String type() {
    return type;
  }

  /** The id that the provisioning file gives it. */
  String uid() {
    return uid;
  }

  /** The dashboard's variable that chooses it. */
  String variable() {
    return variable;
  }

  /** How a panel names it: by the dashboard's variable. */
  JsonObject reference() {
    return Dashboard.chosen(variable, type);
  }
}
