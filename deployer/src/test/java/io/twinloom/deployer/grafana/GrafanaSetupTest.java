package io.twinloom.deployer.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.grafana.DataSource.TwinPlace;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.grafana.FakeGrafana;
import io.twinloom.testkit.project.ProjectBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Grafana that a cloud runs is asked to do, played against a stand-in of its API. */
class GrafanaSetupTest {

  private static final String TOKEN = "glsa_the-token-of-the-deployment";
  private static final String SECRET = "a-token-of-32-characters-at-least";
  private static final TwinPlace PLACE =
      new TwinPlace("ec2_iam_role", "arn:role", "eu-central-1", "mill-twin-graph");

  @TempDir Path folder;

  private final List<String> steps = new ArrayList<>();
  private FakeGrafana grafana;

  @BeforeEach
  void start() throws IOException {
    grafana = new FakeGrafana();
    grafana.tokens.add(TOKEN);
  }

  @AfterEach
  void stop() {
    grafana.close();
  }

  private Project project() {
    return ProjectBuilder.of("mill").device("saw-1", "speed").readFrom(folder.resolve("mill"));
  }

  private ManagedView throughTwin() {
    return ManagedView.throughTwin(project(), KnownClouds.AWS, PLACE);
  }

  private ManagedView throughReader(String token) {
    return ManagedView.throughReader(project(), URI.create("https://reader.example.org/r"), token);
  }

  private void make(ManagedView view) {
    make(view, TOKEN);
  }

  private void make(ManagedView view, String token) {
    try (GrafanaApi api = new GrafanaApi(grafana.address(), token, duration -> {})) {
      new GrafanaSetup(api, duration -> {}, steps::add).make(view);
    }
  }

  @Test
  void anEmptyGrafanaGetsPluginSourceFolderAndDashboard() {
    make(throughTwin());
    assertThat(grafana.plugins).containsExactly(Map.entry("grafana-iot-twinmaker-app", true));
    JsonObject source = grafana.sources.get("twinloom-twin");
    assertThat(source.object("jsonData").orElseThrow().toString())
        .contains("ec2_iam_role", "arn:role", "eu-central-1", "mill-twin-graph");
    assertThat(grafana.folders).containsEntry("mill-twinloom", "Twinloom mill");
    assertThat(grafana.dashboards).containsOnlyKeys("mill-device");
    assertThat(grafana.dashboards.get("mill-device").text("folderUid")).contains("mill-twinloom");
  }

  @Test
  void theReadersTokenIsASecretOfTheSource() {
    make(throughReader(SECRET));
    JsonObject source = grafana.sources.get("twinloom-readers");
    assertThat(source.object("secureJsonData").flatMap(s -> s.text("apiKeyValue")))
        .contains(SECRET);
    assertThat(source.toBuilder().remove("secureJsonData").build().toString())
        .doesNotContain(SECRET)
        .contains("X-Inter-Cloud-Token", "https://reader.example.org/r");
    assertThat(grafana.asked)
        .noneMatch(request -> request.contains("/settings") && request.startsWith("POST"));
  }

  @Test
  void makingTheSameAgainInstallsNothingAndKeepsOneOfEach() {
    make(throughTwin());
    grafana.asked.clear();
    make(throughTwin());
    assertThat(grafana.asked).noneMatch(request -> request.endsWith("/install"));
    assertThat(grafana.asked).noneMatch(request -> request.equals("POST /api/datasources"));
    assertThat(grafana.sources).hasSize(1);
    assertThat(grafana.dashboards).hasSize(1);
    assertThat(grafana.folders).hasSize(1);
  }

  @Test
  void whatWasCutOffAnywhereIsMadeByTheNextOne() {
    make(throughTwin());
    List<String> all = List.copyOf(grafana.asked);
    for (String request : all) {
      grafana.plugins.clear();
      grafana.sources.clear();
      grafana.folders.clear();
      grafana.dashboards.clear();
      grafana.failing.put(request, 400);
      assertThatThrownBy(() -> make(throughTwin()))
          .as(request)
          .isInstanceOf(TwinloomException.class);
      make(throughTwin());
      assertThat(grafana.dashboards).as(request).hasSize(1);
      assertThat(grafana.sources).as(request).hasSize(1);
    }
  }

  @Test
  void anotherTokenOfTheReaderReplacesTheFormerOne() {
    make(throughReader(SECRET));
    make(throughReader("another-token-of-32-characters-xx"));
    assertThat(grafana.sources.get("twinloom-readers").toString())
        .contains("another-token")
        .doesNotContain(SECRET);
  }

  @Test
  void whatIsReadOtherwiseNowLeavesNoSourceOfTheFormerWay() {
    make(throughReader(SECRET));
    make(throughTwin());
    assertThat(grafana.sources).containsOnlyKeys("twinloom-twin");
  }

  @Test
  void aSourceOfSomebodyElseStays() {
    make(throughTwin());
    grafana.sources.put("theirs", JsonObject.builder().put("name", "Theirs").build());
    make(throughTwin());
    assertThat(grafana.sources).containsKeys("theirs", "twinloom-twin");
  }

  @Test
  void aPluginThatTakesItsTimeIsWaitedFor() {
    grafana.slow.set(7);
    make(throughReader(SECRET));
    assertThat(grafana.sources).containsOnlyKeys("twinloom-readers");
    assertThat(steps).anyMatch(step -> step.contains("installing yesoreyeram-infinity-datasource"));
  }

  @Test
  void aPluginThatNeverComesIsAnErrorOfItsOwn() {
    grafana.slow.set(1_000);
    assertThatThrownBy(() -> make(throughReader(SECRET)))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> assertThat(e.error()).isEqualTo(GrafanaError.GRAFANA_PLUGIN));
  }

  @Test
  void aGrafanaThatStartsIsAskedAgain() {
    grafana.failing.put("POST /api/datasources", 503);
    make(throughTwin());
    assertThat(grafana.sources).hasSize(1);
  }

  @Test
  void aGrafanaThatStaysTooBusyIsAnErrorThatMayBeOverLater() {
    String request = "POST /api/datasources";
    grafana.failing.put(request, 503);
    try (GrafanaApi api =
        new GrafanaApi(grafana.address(), TOKEN, duration -> grafana.failing.put(request, 503))) {
      assertThatThrownBy(
              () -> new GrafanaSetup(api, duration -> {}, steps::add).make(throughTwin()))
          .isInstanceOfSatisfying(
              TwinloomException.class,
              e -> {
                assertThat(e.error()).isEqualTo(GrafanaError.GRAFANA_UNREACHABLE);
                assertThat(e.fix()).isEqualTo(GrafanaError.GRAFANA_UNREACHABLE.fix());
              });
    }
  }

  @Test
  void aTokenThatIsNoneOfItsIsAnErrorThatSaysSoWithoutTheToken() {
    assertThatThrownBy(() -> make(throughTwin(), "glsa_of-somebody-else"))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.error()).isEqualTo(GrafanaError.GRAFANA_REFUSED);
              assertThat(e.what()).contains("401", "Invalid API key");
              assertThat(e.fix()).contains("admin");
              assertThat(e.toString()).doesNotContain("glsa_");
            });
  }

  @Test
  void whatGrafanaRepeatsOfARequestIsSaidWithoutItsSecrets() {
    grafana.failing.put("POST /api/datasources", 400);
    assertThatThrownBy(() -> make(throughReader(SECRET)))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> assertThat(e.what()).contains("said 400").doesNotContain(SECRET));
    assertThat(steps.toString()).doesNotContain(SECRET, TOKEN);
    assertThat(throughReader(SECRET).toString()).doesNotContain(SECRET);
  }

  @Test
  void aGrafanaThatIsNotThereIsAnErrorThatMayBeOverLater() throws IOException {
    URI nowhere = grafana.address();
    grafana.close();
    try (GrafanaApi api = new GrafanaApi(nowhere, TOKEN, duration -> {})) {
      assertThatThrownBy(
              () -> new GrafanaSetup(api, duration -> {}, steps::add).make(throughTwin()))
          .isInstanceOfSatisfying(
              TwinloomException.class,
              e -> {
                assertThat(e.error()).isEqualTo(GrafanaError.GRAFANA_UNREACHABLE);
                assertThat(e.retryable()).isTrue();
              });
    }
  }
}
