package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.server.metrics.Metric;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that {@code grafana} writes, and what they show of a twin that runs. */
class GrafanaTest {

  private static final Set<String> FORMATS =
      Set.of("table", "timeseries", "logs", "node-graph-nodes", "node-graph-edges");

  @TempDir Path folder;

  @Test
  @DisplayName("The dashboards for Grafana show a running twin's data")
  void everyQueryOfTheDashboardsIsAnsweredWithRowsOfItsColumns() throws Exception {
    init();
    ForegroundTwin twin = ForegroundTwin.start(folder, "farm");
    try {
      CliRun sent = twin.run("simulate", "farm", "--rate", "50", "--for", "2s", "--wait", "--json");
      assertThat(sent.exitCode()).as(sent.err()).isEqualTo(ExitCode.DONE);
      URI api = api(twin);
      assertThat(health(api)).contains("\"status\":\"ok\"", "greenhouse");
      Instant now = Instant.now();
      for (Path file : dashboards("local")) {
        JsonObject dashboard = Json.parseObject(Files.readAllBytes(file));
        InfinityStandIn plugin =
            new InfinityStandIn(api, now.minus(Duration.ofHours(1)), now.plusSeconds(60));
        for (JsonObject variable : variables(dashboard)) {
          if (variable.text("type").equals(Optional.of("query"))) {
            List<String> values = plugin.values(variable);
            assertThat(values).as(variable.toString()).isNotEmpty();
            plugin.set(variable.text("name").orElseThrow(), values.getFirst());
          }
        }
        for (JsonObject panel : InfinityStandIn.objects(dashboard, "panels")) {
          for (JsonObject target : InfinityStandIn.objects(panel, "targets")) {
            if (target.has("root_selector")) {
              String title = file.getFileName() + ": " + panel.text("title").orElseThrow();
              List<List<Object>> frame = plugin.frame(target);
              if (!title.endsWith("Log")) {
                assertThat(frame).as(title).isNotEmpty();
              }
              if (target.text("format").equals(Optional.of("timeseries"))) {
                assertThat(frame)
                    .as("a series rises in time")
                    .isSortedAccordingTo(
                        (a, b) -> ((Instant) a.getFirst()).compareTo((Instant) b.getFirst()));
              }
            }
          }
        }
      }
    } finally {
      twin.destroy();
    }
  }

  @Test
  void everyDashboardIsOneThatGrafanaTakes() throws Exception {
    init();
    Set<String> ids = new HashSet<>();
    for (String place : List.of("local", "google", "azure", "aws")) {
      CliRun made = CliRun.in(folder, "grafana", "farm", "--out", "g", "--for", place, "--json");
      assertThat(made.exitCode()).as(made.err()).isEqualTo(ExitCode.DONE);
      ids.clear();
      for (Path file : dashboards(place)) {
        JsonObject dashboard = Json.parseObject(Files.readAllBytes(file));
        String uid = dashboard.text("uid").orElseThrow();
        assertThat(uid).matches("[A-Za-z0-9_-]{1,40}");
        assertThat(ids.add(uid)).as(uid).isTrue();
        String text = Files.readString(file);
        assertThat(text).doesNotContain("://");
        Set<String> defined = new HashSet<>();
        variables(dashboard).forEach(v -> defined.add(v.text("name").orElseThrow()));
        Matcher used = Pattern.compile("\\$\\{([a-z]+)}").matcher(text);
        while (used.find()) {
          assertThat(defined).as(file.toString()).contains(used.group(1));
        }
        Set<String> panels = new HashSet<>();
        for (JsonObject panel : InfinityStandIn.objects(dashboard, "panels")) {
          assertThat(panels.add(String.valueOf(panel.get("id")))).isTrue();
          assertThat(panel.text("description").orElse("")).isNotEmpty();
          for (JsonObject target : InfinityStandIn.objects(panel, "targets")) {
            assertThat(target.object("datasource").flatMap(d -> d.text("uid")).orElseThrow())
                .matches("\\$\\{[a-z]+}");
            target.text("format").ifPresent(format -> assertThat(FORMATS).contains(format));
          }
        }
      }
    }
  }

  @Test
  void everyMetricOfTheDashboardsIsOneThatIsScraped() throws Exception {
    init();
    Set<String> scraped = new HashSet<>();
    for (Metric metric : Metric.values()) {
      scraped.add(metric.scraped());
      scraped.add(metric.scraped() + "_bucket");
    }
    Set<String> used = new HashSet<>();
    for (Path file : dashboards("local")) {
      Matcher name = Pattern.compile("twinloom_[a-z_]+").matcher(Files.readString(file));
      while (name.find()) {
        used.add(name.group());
      }
    }
    assertThat(used).hasSizeGreaterThan(6);
    assertThat(scraped).containsAll(used);
  }

  @Test
  void theFilesHoldNoAddressAndNoSecret() throws Exception {
    init();
    CliRun.in(folder, "grafana", "farm", "--out", "g", "--for", "azure");
    String sources =
        Files.readString(folder.resolve("g/azure/provisioning/datasources/twinloom.yaml"));
    assertThat(sources).doesNotContain("http://", "https://");
    Matcher value =
        Pattern.compile(
                "(?m)^\\s+(url|bearerToken|apiKeyValue|httpHeaderValue1|customHealthCheckUrl): (.*)$")
            .matcher(sources);
    int found = 0;
    while (value.find()) {
      found++;
      assertThat(value.group(2)).contains("${TWINLOOM_");
    }
    assertThat(found).isGreaterThan(5);
    assertThat(sources).contains("allowedHosts:", "X-Inter-Cloud-Token");
    Set<String> named = new HashSet<>();
    Matcher variable = Pattern.compile("\\$\\{(TWINLOOM_[A-Z_]+)}").matcher(sources);
    while (variable.find()) {
      named.add(variable.group(1));
    }
    assertThat(Files.readString(folder.resolve("g/azure/environment.example"))).contains(named);
  }

  @Test
  void aViewThatReadsThroughTheTwinHasPanelsOfItsComponents() throws Exception {
    init();
    Path providers = folder.resolve("farm/config_providers.json");
    Files.writeString(
        providers,
        Files.readString(providers)
            .replaceAll("(layer_[45]_provider\": *)\"[a-z]+\"", "$1\"aws\""));
    CliRun run = CliRun.in(folder, "grafana", "farm", "--out", "g", "--for", "aws");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    String device = Files.readString(folder.resolve("g/aws/dashboards/device.json"));
    assertThat(device).contains("EntityHistory", "entityId", "componentName");
  }

  @Test
  void aPlaceThatThereIsNotIsBadUsage() {
    init();
    CliRun run = CliRun.in(folder, "grafana", "farm", "--out", "g", "--for", "mars");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("mars", "azure");
  }

  private void init() {
    assertThat(CliRun.in(folder, "init", "farm", "--from", "greenhouse").exitCode())
        .isEqualTo(ExitCode.DONE);
    assertThat(CliRun.in(folder, "grafana", "farm", "--out", "g").exitCode())
        .isEqualTo(ExitCode.DONE);
  }

  private List<Path> dashboards(String place) throws Exception {
    try (Stream<Path> files =
        Files.list(folder.resolve("g").resolve(place).resolve("dashboards"))) {
      List<Path> all = new ArrayList<>(files.sorted().toList());
      assertThat(all).hasSize(4);
      return all;
    }
  }

  private static List<JsonObject> variables(JsonObject dashboard) {
    return InfinityStandIn.objects(dashboard.object("templating").orElseThrow(), "list");
  }

  private static URI api(ForegroundTwin twin) throws Exception {
    return URI.create(
        Json.parseObject(Files.readAllBytes(twin.endpoints())).text("api").orElseThrow());
  }

  private static String health(URI api) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(api.resolve("/grafana/health")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
