package io.twinloom.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.JsonObject;
import io.twinloom.server.metrics.Metric;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a twin that runs, and the page that lists them. */
class MetricsTest {

  private static final Path PAGE = Path.of("../docs/metrics.md").toAbsolutePath().normalize();

  private static final String HEAD =
      """
      # Metrics

      `GET /metrics` of a running twin (the address that `status` and `up` show) answers in the text
      format of Prometheus, or in OpenMetrics where `Accept` asks for that. Counters and histograms
      begin with the twin's process; `twin` is its name.

      This page is generated from the code. After a change, write it anew:
      `mvn -Pquick -pl server -am test -Dtest=MetricsTest -Dsurefire.failIfNoSpecifiedTests=false -Dtwinloom.docs.write`

      | metric | type | labels | what it says |
      |---|---|---|---|
      """;

  @TempDir static Path folder;
  private static GreenhouseTwin twin;

  @BeforeAll
  static void start() {
    twin = GreenhouseTwin.start(folder);
  }

  @AfterAll
  static void stop() {
    twin.close();
  }

  @Test
  void everyMetricOfTheTableIsScrapedAndNoOther() throws Exception {
    twin.post(
        "devices/tank/messages",
        JsonObject.builder().put("level", 1).put("timestamp", "yesterday").build());
    twin.send("climate", "temperature", 35);
    twin.send("climate", "temperature", 120);
    twin.awaitLedger("deadLettered", 2);
    twin.awaitLedger("stored", 1);

    List<String> lines = scrape("text/plain").body().lines().toList();
    Set<String> families = new TreeSet<>();
    lines.stream().filter(l -> l.startsWith("# TYPE ")).forEach(l -> families.add(l.split(" ")[2]));
    assertThat(families)
        .isEqualTo(
            Arrays.stream(Metric.values())
                .map(Metric::scraped)
                .collect(Collectors.toCollection(TreeSet::new)));
    assertThat(lines)
        .contains(
            "twinloom_dead_letters{twin=\"glass\"} 2.0",
            "twinloom_measurements_total{state=\"stored\",twin=\"glass\"} 1.0",
            "twinloom_user_code_restarts_total{twin=\"glass\"} 0.0")
        .anyMatch(
            l ->
                l.startsWith("twinloom_function_duration_seconds_bucket{")
                    && l.contains("glass-dispatcher"))
        .anyMatch(l -> l.startsWith("twinloom_rules_fired_total{") && l.endsWith(" 1.0"));
  }

  @Test
  void openMetricsIsAnsweredToWhoAsksForIt() throws Exception {
    HttpResponse<String> answer = scrape("application/openmetrics-text; version=1.0.0");

    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .startsWith("application/openmetrics-text");
    assertThat(answer.body()).endsWith("# EOF\n");
  }

  @Test
  void thePageOfMetricsIsThatOfTheCode() throws IOException {
    String page =
        Arrays.stream(Metric.values())
            .map(
                m ->
                    "| `%s` | %s | %s | %s |\n"
                        .formatted(
                            m.scraped(),
                            m.typeName(),
                            m.labels().stream()
                                .map(l -> "`" + l + "`")
                                .collect(Collectors.joining(", ")),
                            m.help()))
            .collect(Collectors.joining("", HEAD, ""));
    if (System.getProperty("twinloom.docs.write") != null) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).hasContent(page);
  }

  private static HttpResponse<String> scrape(String accept) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(twin.address().resolve("/metrics"))
                    .header("Accept", accept)
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }
}
