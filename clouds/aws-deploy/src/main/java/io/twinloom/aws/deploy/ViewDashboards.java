package io.twinloom.aws.deploy;

import io.twinloom.deployer.Pause;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.cloud.CloudStep;
import io.twinloom.deployer.cloud.Deployment;
import io.twinloom.deployer.grafana.DataSource.TwinPlace;
import io.twinloom.deployer.grafana.GrafanaApi;
import io.twinloom.deployer.grafana.GrafanaSetup;
import io.twinloom.deployer.grafana.ManagedView;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Connections;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.topology.Connection;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Dashboards of a twin whose layer 5 is on AWS, with the plugin and the data source that they need.
 * They go with their workspace.
 *
 * @param pause between questions whether Grafana is ready
 */
record ViewDashboards(
    AwsDeployClients clients, Deployment deployment, InstantSource clock, Pause pause)
    implements CloudStep {

  /** The step's name in the journal. */
  static final String ID = "aws-dashboards";

  /** The plugins' word for the role of the workspace that they run in. */
  private static final String WORKSPACE_ROLE = "ec2_iam_role";

  private static final Pause PAUSE =
      Pause.sleeping("Setting up Grafana was interrupted.", "Deploy again.");

  /** The step, where there is a workspace. */
  static Optional<CloudStep> step(
      AwsDeployClients clients, Deployment deployment, InstantSource clock) {
    return carriers(deployment, Layer.L5).contains(KnownClouds.AWS)
        ? Optional.of(new ViewDashboards(clients, deployment, clock, PAUSE))
        : Optional.empty();
  }

  private static List<Provider> carriers(Deployment deployment, Layer layer) {
    Project project = deployment.project().project();
    return project.legs().carriers(layer, project.placement());
  }

  /** While layer 4 is on another cloud too, the hot store is read. */
  private boolean isThroughTwin() {
    return carriers(deployment, Layer.L4).equals(List.of(KnownClouds.AWS));
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public boolean holdsTokens() {
    return !isThroughTwin();
  }

  @Override
  public void make(Progress progress) {
    URI address = URI.create(deployment.outputs().text("view").orElseThrow(this::notDeployed));
    GrafanaWorkspace workspace =
        new GrafanaWorkspace(
            clients.grafana,
            place().text("workspace").orElseThrow(this::notDeployed),
            clock,
            pause);
    workspace.updateWhereTooOld(progress);
    ManagedView view =
        view()
            .and(
                CloudWatchDashboards.source(WORKSPACE_ROLE, clients.region().id()),
                new CloudWatchDashboards(deployment).all());
    workspace.withToken(
        token -> {
          try (GrafanaApi grafana = new GrafanaApi(address, token, pause)) {
            new GrafanaSetup(grafana, pause, progress).make(view);
          }
        });
  }

  private JsonObject place() {
    return deployment.outputs().object("dashboards").orElse(JsonObject.EMPTY);
  }

  private ManagedView view() {
    Project project = deployment.project().project();
    if (isThroughTwin()) {
      TwinPlace place =
          new TwinPlace(
              WORKSPACE_ROLE,
              place().text("role").orElseThrow(this::notDeployed),
              clients.region().id(),
              deployment
                  .outputs()
                  .object("twin")
                  .flatMap(twin -> twin.text("workspace"))
                  .orElseThrow(this::notDeployed));
      return ManagedView.throughTwin(project, KnownClouds.AWS, place);
    }
    Connections.Connection reader =
        deployment.project().topology().connections().stream()
            .filter(readsForTheView(project.placement()))
            .map(Connection::id)
            .findFirst()
            .map(deployment.connections().byId()::get)
            .orElseThrow(this::notDeployed);
    // Of several that are valid the first is sent.
    return ManagedView.throughReader(
        project, reader.url(), reader.token().split(",", -1)[0].strip());
  }

  private static Predicate<Connection> readsForTheView(Placement placement) {
    return connection ->
        connection.route().caller() == Layer.L5
            && connection.from() == KnownClouds.AWS
            && connection.receiver().kind() == FunctionKind.HOT_READER
            && placement.of(Layer.L3_HOT).filter(hot -> hot == connection.to()).isPresent();
  }

  private TwinloomException notDeployed() {
    return new TwinloomException(
        AwsDeployError.VIEW_INCOMPLETE,
        "What the dashboards read is not deployed.",
        "layer_5_provider",
        AwsDeployError.VIEW_INCOMPLETE.fix());
  }

  /** Removes what a workspace is set up by; the rest goes with the workspace. */
  static void remove(AwsDeployClients clients, JsonObject outputs, InstantSource clock) {
    outputs
        .object("dashboards")
        .flatMap(made -> made.text("workspace"))
        .ifPresent(id -> new GrafanaWorkspace(clients.grafana, id, clock, PAUSE).removeAccount());
  }
}
