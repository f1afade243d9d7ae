package io.twinloom.server.twin;

import java.util.List;

/** Routes of the document that are not there yet. */
final class PlannedRoutes {
  static final List<String> NAMES =
      List.of(
          "DELETE /projects/{project}",
          "DELETE /projects/{project}/chaos/{connection}",
          "DELETE /projects/{project}/files/{path}",
          "GET /events",
          "GET /metrics",
          "GET /projects/{project}/chaos",
          "GET /projects/{project}/config/{name}",
          "GET /projects/{project}/deployments",
          "GET /projects/{project}/deployments/{deployment}",
          "GET /projects/{project}/deployments/{deployment}/events",
          "GET /projects/{project}/devices",
          "GET /projects/{project}/devices/{device}/why",
          "GET /projects/{project}/entities",
          "GET /projects/{project}/export",
          "GET /projects/{project}/files",
          "GET /projects/{project}/files/{path}",
          "GET /projects/{project}/firings",
          "GET /projects/{project}/functions",
          "GET /projects/{project}/functions/{function}/code",
          "GET /projects/{project}/ledger",
          "GET /projects/{project}/logs",
          "GET /projects/{project}/simulator",
          "GET /projects/{project}/simulator/package",
          "GET /projects/{project}/ticks",
          "GET /projects/{project}/tiers",
          "GET /projects/{project}/tiers/{tier}/chunks",
          "GET /projects/{project}/traces",
          "GET /projects/{project}/traffic",
          "GET /projects/{project}/validation",
          "GET /projects/{project}/values",
          "GET /projects/{project}/versions",
          "GET /traces/{trace}",
          "POST /projects",
          "POST /projects/{project}/credentials-check",
          "POST /projects/{project}/deployments",
          "POST /projects/{project}/deployments/{deployment}/cancel",
          "POST /projects/{project}/devices/{device}/messages",
          "POST /projects/{project}/functions/{function}/invoke",
          "POST /projects/{project}/simulator/start",
          "POST /projects/{project}/simulator/stop",
          "POST /projects/{project}/versions/{version}/restore",
          "POST /validation/file",
          "POST /validation/zip",
          "PUT /projects/{project}",
          "PUT /projects/{project}/chaos/{connection}",
          "PUT /projects/{project}/config/{name}",
          "PUT /projects/{project}/files/{path}",
          "PUT /projects/{project}/functions/{function}/code");

  private PlannedRoutes() {}
}
