package io.twinloom.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.cloud.CloudStep;
import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Connections;
import io.twinloom.model.Connections.Connection;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.aws.FakeAws;
import io.twinloom.testkit.aws.FakeAws.Answer;
import io.twinloom.testkit.grafana.FakeGrafana;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workspace of Managed Grafana whose API and whose Grafana are stand-ins. */
class ViewDashboardsTest {

  private static final String WORKSPACE = "g-0123456789";
  private static final String KEY = "glsa_a-token-that-nobody-may-read";
  private static final String READER_TOKEN = "the-readers-token-of-32-characters";

  @TempDir Path folder;

  private final List<String> steps = new ArrayList<>();
  private final List<String> accounts = new ArrayList<>();
  private String version = "12.1";
  private List<String> versions = List.of();
  private String status = "ACTIVE";
  private FakeGrafana grafana;
  private FakeAws aws;
  private AwsDeployClients clients;

  @BeforeEach
  void start() throws IOException {
    grafana = new FakeGrafana();
    aws = new FakeAws(this::answer);
    clients = StandInClients.of(aws, folder);
  }

  @AfterEach
  void stop() {
    clients.close();
    aws.close();
    grafana.close();
  }

  /** As the API reference of Managed Grafana says. */
  private Answer answer(FakeAws.Request request) {
    String accountsPath = "/workspaces/" + WORKSPACE + "/serviceaccounts";
    String path = request.path().replaceFirst("\\?.*", "");
    String what = request.method() + " " + path;
    if (what.equals("GET /versions")) {
      return Answer.json("{\"grafanaVersions\":" + Json.text(texts(versions)) + "}");
    }
    if (!path.startsWith("/workspaces/" + WORKSPACE)) {
      return refused(404, "ResourceNotFoundException", "no such workspace");
    }
    if (what.equals("GET /workspaces/" + WORKSPACE)) {
      return Answer.json(
          "{\"workspace\":{\"id\":\"%s\",\"status\":\"%s\",\"grafanaVersion\":\"%s\"}}"
              .formatted(WORKSPACE, status, version));
    }
    if (path.endsWith("/configuration")) {
      if (request.method().equals("PUT")) {
        version = body(request).text("grafanaVersion").orElseThrow();
        assertThat(body(request).text("configuration")).contains("{\"plugins\":{}}");
        return new Answer(202, "application/json", "{}");
      }
      return Answer.json("{\"configuration\":\"{\\\"plugins\\\":{}}\"}");
    }
    if (what.equals("GET " + accountsPath)) {
      return Answer.json(
          accounts.isEmpty()
              ? "{\"serviceAccounts\":[],\"workspaceId\":\"" + WORKSPACE + "\"}"
              : "{\"serviceAccounts\":[{\"id\":\"7\",\"name\":\"twinloom\",\"grafanaRole\":\"ADMIN\","
                  + "\"isDisabled\":\"false\"}],\"workspaceId\":\""
                  + WORKSPACE
                  + "\"}");
    }
    if (what.equals("POST " + accountsPath)) {
      assertThat(body(request).text("grafanaRole")).contains("ADMIN");
      accounts.add(body(request).text("name").orElseThrow());
      return Answer.json(
          "{\"id\":\"7\",\"name\":\"twinloom\",\"grafanaRole\":\"ADMIN\",\"workspaceId\":\"g\"}");
    }
    if (what.equals("POST " + accountsPath + "/7/tokens")) {
      assertThat(String.valueOf(body(request).get("secondsToLive"))).isEqualTo("900");
      grafana.tokens.add(KEY);
      return Answer.json(
          "{\"serviceAccountId\":\"7\",\"workspaceId\":\"g\",\"serviceAccountToken\":{\"id\":\"3\","
              + "\"name\":\"t\",\"key\":\""
              + KEY
              + "\"}}");
    }
    if (what.equals("DELETE " + accountsPath + "/7/tokens/3")) {
      grafana.tokens.remove(KEY);
      return Answer.json("{\"serviceAccountId\":\"7\",\"tokenId\":\"3\",\"workspaceId\":\"g\"}");
    }
    if (what.equals("DELETE " + accountsPath + "/7")) {
      accounts.clear();
      return Answer.json("{\"serviceAccountId\":\"7\",\"workspaceId\":\"g\"}");
    }
    return refused(400, "ValidationException", what);
  }

  private static Answer refused(int status, String type, String message) {
    return new Answer(
        status,
        "application/json",
        "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}");
  }

  private static JsonObject body(FakeAws.Request request) {
    return Json.parseObject(request.body().getBytes(StandardCharsets.UTF_8));
  }

  private static JsonArray texts(List<String> all) {
    return JsonArray.ofTexts(all);
  }

  private ProjectBuilder twinHere() {
    return ProjectBuilder.of("hall")
        .device("saw-1", "speed")
        .on(Layer.L4, KnownClouds.AWS)
        .on(Layer.L5, KnownClouds.AWS);
  }

  private ProjectBuilder twinElsewhere() {
    return twinHere().on(Layer.L4, KnownClouds.AZURE);
  }

  private CloudStep step(ProjectBuilder builder) {
    Deployment deployment = deployment(builder);
    return ViewDashboards.step(clients, deployment, () -> Instant.EPOCH)
        .map(step -> new ViewDashboards(clients, deployment, () -> Instant.EPOCH, d -> {}))
        .orElseThrow();
  }

  private Deployment deployment(ProjectBuilder builder) {
    Project project = builder.readFrom(folder.resolve("hall"));
    Topology topology = Topology.of(project);
    Map<String, Connection> connections = new LinkedHashMap<>();
    topology
        .connections()
        .forEach(
            c ->
                connections.put(
                    c.id(),
                    new Connection(
                        c.to(),
                        c.receiver().kind().id(),
                        URI.create("https://" + c.receiver().kind().id() + ".example.org"),
                        c.receiver().kind() == FunctionKind.HOT_READER
                            ? READER_TOKEN + ",the-former-token-of-32-characters"
                            : "x".repeat(32))));
    return new Deployment(
        new PreparedProject(folder, "d", project, topology, List.of()),
        outputs(),
        new Connections(connections));
  }

  private JsonObject outputs() {
    return Json.parseObject(
        """
        {"view": "%s", "dashboards": {"workspace": "%s", "role": "arn:aws:iam::1:role/hall.dashboard"},
         "twin": {"workspace": "hall-twin-graph"}}
        """
            .formatted(grafana.address(), WORKSPACE)
            .getBytes(StandardCharsets.UTF_8));
  }

  private void make(ProjectBuilder builder) {
    step(builder).make(steps::add);
  }

  @Test
  void theDashboardsReadThroughTwinMakerByTheWorkspacesRole() {
    make(twinHere());
    assertThat(grafana.sources.get("twinloom-twin").toString())
        .contains("ec2_iam_role", "hall.dashboard", "eu-central-1", "hall-twin-graph");
    assertThat(grafana.plugins).containsEntry("grafana-iot-twinmaker-app", true);
    assertThat(grafana.dashboards)
        .containsOnlyKeys("hall-device", "hall-overview", "hall-tiers", "hall-operations");
    assertThat(grafana.sources.get("twinloom-cloudwatch").toString())
        .contains("ec2_iam_role", "eu-central-1");
  }

  @Test
  void withoutATwinThereTheyReadTheHotStoreByTheTokenThatIsSentNow() {
    make(twinElsewhere());
    assertThat(grafana.sources.get("twinloom-readers").toString())
        .contains(READER_TOKEN, "https://hot-reader.example.org")
        .doesNotContain("former-token");
  }

  @Test
  void theTokenIsRemovedAndIsNowhereToBeRead() {
    make(twinHere());
    assertThat(grafana.tokens).isEmpty();
    assertThat(steps.toString()).doesNotContain(KEY);
  }

  @Test
  void theTokenIsRemovedAlsoWhereGrafanaRefusesSomething() {
    grafana.failing.put("POST /api/dashboards/db", 400);
    assertThatThrownBy(() -> make(twinHere()))
        .isInstanceOf(TwinloomException.class)
        .hasMessageNotContaining(KEY);
    assertThat(grafana.tokens).isEmpty();
    make(twinHere());
    assertThat(grafana.dashboards).hasSize(4);
  }

  @Test
  void aTokenThatCannotBeRemovedEndsByItselfAndTheDashboardsAreThere() {
    aws.answer(
        request ->
            request.method().equals("DELETE")
                ? refused(403, "AccessDeniedException", "not yours")
                : answer(request));
    make(twinHere());
    assertThat(grafana.dashboards).hasSize(4);
    assertThat(grafana.tokens).hasSize(1);
  }

  @Test
  void allDeploymentsUseOneServiceAccount() {
    make(twinHere());
    make(twinHere());
    assertThat(accounts).containsExactly("twinloom");
  }

  @Test
  void aWorkspaceThatIsTooOldIsUpdatedToTheNewestVersionFirst() {
    version = "9.4";
    versions = List.of("10.4", "12.1", "12.0");
    make(twinHere());
    assertThat(version).isEqualTo("12.1");
    assertThat(steps).anyMatch(step -> step.contains("9.4 to 12.1"));
    assertThat(grafana.dashboards).hasSize(4);
  }

  @Test
  void aWorkspaceThatIsNewEnoughKeepsItsVersion() {
    versions = List.of("13.0");
    make(twinHere());
    assertThat(version).isEqualTo("12.1");
  }

  @Test
  void whereAwsOffersNoVersionThatIsNewEnoughThatIsSaid() {
    version = "9.4";
    versions = List.of("10.4");
    assertThatThrownBy(() -> make(twinHere()))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.error()).isEqualTo(AwsDeployError.VIEW_VERSION);
              assertThat(e.what()).contains("9.4", "11.6");
            });
    assertThat(grafana.asked).isEmpty();
  }

  @Test
  void anUpdateThatFailsIsSaid() {
    version = "9.4";
    versions = List.of("12.1");
    status = "VERSION_UPDATE_FAILED";
    assertThatThrownBy(() -> make(twinHere()))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> assertThat(e.error()).isEqualTo(AwsDeployError.VIEW_VERSION));
  }

  @Test
  void undoingRemovesTheServiceAccountOnceAndOnlyThat() {
    make(twinHere());
    ViewDashboards.remove(clients, outputs(), () -> Instant.EPOCH);
    assertThat(accounts).isEmpty();
    ViewDashboards.remove(clients, outputs(), () -> Instant.EPOCH);
  }

  @Test
  void undoingWhereTheWorkspaceIsGoneDoesNothing() {
    JsonObject gone =
        outputs().toBuilder()
            .put("dashboards", JsonObject.builder().put("workspace", "g-9999999999").build())
            .build();
    ViewDashboards.remove(clients, gone, () -> Instant.EPOCH);
    ViewDashboards.remove(clients, JsonObject.EMPTY, () -> Instant.EPOCH);
  }

  @Test
  void aViewElsewhereIsNoWorkOfAws() {
    assertThat(
            ViewDashboards.step(
                clients,
                deployment(twinHere().on(Layer.L5, KnownClouds.GOOGLE)),
                () -> Instant.EPOCH))
        .isEmpty();
  }

  @Test
  void theTokenOfTheReaderIsRenewedWhereOneIsSent() {
    assertThat(step(twinElsewhere()).holdsTokens()).isTrue();
    assertThat(step(twinHere()).holdsTokens()).isFalse();
  }

  @Test
  void versionsAreComparedByTheirNumbers() {
    assertThat(GrafanaWorkspace.ORDER.compare("9.4", "10.4")).isNegative();
    assertThat(GrafanaWorkspace.ORDER.compare("12", "11.6")).isPositive();
    assertThat(GrafanaWorkspace.ORDER.compare("11.6", "11.6")).isZero();
  }
}
