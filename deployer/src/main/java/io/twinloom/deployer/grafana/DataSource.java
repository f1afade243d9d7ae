package io.twinloom.deployer.grafana;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.CloudConventions.TwinSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data source as Grafana is given it, in a provisioning file or over its API. Its text never
 * shows a secret.
 *
 * @param uid how dashboards name it
 * @param name what people see
 * @param type the id of its plugin
 * @param url where it reads; empty where its plugin knows
 * @param options {@code jsonData}
 * @param secrets {@code secureJsonData}, which Grafana keeps encrypted and never gives back
 */
public record DataSource(
    String uid,
    String name,
    String type,
    Optional<String> url,
    JsonObject options,
    Map<String, String> secrets) {

  private static final int SECONDS = 30;

  public DataSource {
    secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
  }

  /**
   * Where a twin service of a cloud is read.
   *
   * @param authentication how the plugin gets credentials, by its own word
   * @param role what it takes to read
   */
  public record TwinPlace(String authentication, String role, String region, String workspace) {}

  /** Rows of Twinloom's API, which takes a key. */
  static DataSource rows(String address, String key) {
    JsonObject options =
        infinity(address)
            .put("customHealthCheckEnabled", true)
            .put("customHealthCheckUrl", address + "/grafana/health")
            .put("auth_method", "bearerToken")
            .build();
    return of(Sources.ROWS, "Twinloom", address, options, Map.of("bearerToken", key));
  }

  /** Metrics of Twinloom's API by a Prometheus that scrapes it. */
  static DataSource metrics(String address, String token) {
    JsonObject options =
        JsonObject.builder()
            .put("httpMethod", "GET")
            .put("httpHeaderName1", "Authorization")
            .build();
    return of(
        Sources.METRICS,
        "Twinloom metrics",
        address,
        options,
        Map.of("httpHeaderValue1", "Bearer " + token));
  }

  /** Items of the hot store by its reader, whose token stands in the header that it reads. */
  static DataSource readers(String address, String token) {
    JsonObject options =
        infinity(address)
            .put("auth_method", "apiKey")
            .put("apiKeyKey", "X-Inter-Cloud-Token")
            .put("apiKeyType", "header")
            .build();
    return of(Sources.READERS, "Twinloom readers", address, options, Map.of("apiKeyValue", token));
  }

  /** A cloud's twin service. */
  static DataSource twin(TwinSource source, TwinPlace place) {
    JsonObject options =
        JsonObject.builder()
            .put("authType", place.authentication())
            .put("assumeRoleArn", place.role())
            .put("defaultRegion", place.region())
            .put("workspaceId", place.workspace())
            .build();
    return new DataSource(
        GrafanaFiles.TWIN_UID, "Twinloom twin", source.type(), Optional.empty(), options, Map.of());
  }

  private static JsonObject.Builder infinity(String address) {
    return JsonObject.builder()
        .put("allowedHosts", JsonArray.ofTexts(List.of(address)))
        .put("timeoutInSeconds", SECONDS);
  }

  private static DataSource of(
      Sources source,
      String name,
      String address,
      JsonObject options,
      Map<String, String> secrets) {
    return new DataSource(
        source.uid(), name, source.type(), Optional.of(address), options, secrets);
  }

  /** As Grafana's API takes it. */
  JsonObject json() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("uid", uid)
            .put("name", name)
            .put("type", type)
            .put("access", "proxy")
            .put("jsonData", options);
    url.ifPresent(address -> json.put("url", address));
    if (!secrets.isEmpty()) {
      JsonObject.Builder secure = JsonObject.builder();
      secrets.forEach(secure::put);
      json.put("secureJsonData", secure.build());
    }
    return json.build();
  }

  /** As an entry of a provisioning file. */
  String yaml() {
    StringBuilder yaml = new StringBuilder();
    json()
        .members()
        .forEach(
            (key, value) -> {
              yaml.append(yaml.isEmpty() ? "  - " : "    ").append(key).append(':');
              if (value instanceof JsonObject inner) {
                yaml.append('\n');
                inner.members().forEach((k, v) -> line(yaml, k, Json.text(v)));
              } else {
                yaml.append(' ').append(Json.text(value)).append('\n');
              }
            });
    return yaml.toString();
  }

  /** A text of JSON is one of YAML. */
  private static void line(StringBuilder yaml, String key, String value) {
    yaml.append("      ").append(key).append(": ").append(value).append('\n');
  }

  @Override
  public String toString() {
    return uid + " (" + type + ")";
  }
}
