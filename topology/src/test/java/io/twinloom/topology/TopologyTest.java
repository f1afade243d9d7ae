package io.twinloom.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.twinloom.model.Features;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.topology.Permission.Action;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TopologyTest {
  private static final Placement APART =
      Projects.placement("aws", "azure", "google", "aws", "azure", "aws", "none");

  @Test
  void namesAreLegalOnTheirCloudsAndNeverCollide() {
    Pattern aws = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    Pattern others = Pattern.compile("[a-z][a-z0-9-]{2,58}[a-z0-9]");
    List<String> wrong = new ArrayList<>();
    Projects.forEverything(
        project -> {
          Set<String> names = new HashSet<>();
          Set<String> cloudNames = new HashSet<>();
          for (DeployedFunction f : Topology.of(project).functions()) {
            Pattern legal = f.cloud() == KnownClouds.AWS ? aws : others;
            if (!names.add(f.name())
                || !cloudNames.add(f.cloud() + f.cloudName())
                || !legal.matcher(f.cloudName()).matches()) {
              wrong.add(f + " " + project.placement());
            }
          }
        });
    assertThat(wrong).isEmpty();
  }

  @Test
  void theSameProjectAlwaysHasTheSameTopology() {
    assertThat(Topology.of(Projects.project(APART)))
        .isEqualTo(Topology.of(Projects.project(APART)));
  }

  @Test
  void thereIsOneUserProcessorPerDeviceWithCodeAndADefaultOne() {
    assertThat(Topology.of(Projects.project(APART)).functions())
        .filteredOn(f -> f.kind() == FunctionKind.USER_PROCESSOR)
        .extracting(DeployedFunction::name, f -> f.userCode().orElseThrow().folder())
        .containsExactly(
            tuple("mill-saw-processor", "processors/saw"),
            tuple("mill-default-processor", "processors/default_processor"));
  }

  @Test
  void eachEventActionIsDeployedOnceAndOnlyWhereTwinloomDeploysIt() {
    Topology topology = Topology.of(Projects.project(APART, Projects.ALL_ON, true));
    assertThat(topology.functions())
        .filteredOn(f -> f.kind() == FunctionKind.EVENT_ACTION)
        .extracting(DeployedFunction::name)
        .containsExactly("mill-alarm", "mill-first", "mill-second");
    assertThat(Topology.foreignActions(Projects.project(APART, Projects.ALL_ON, true)))
        .containsExactly("theirs");
    assertThat(topology.permissions())
        .contains(
            new Permission(APART.l2(), "mill-event-checker", Action.INVOKE, "mill-alarm"),
            new Permission(APART.l2(), "mill-event-checker", Action.INVOKE, "theirs"),
            new Permission(APART.l2(), "mill-event-checker", Action.RUN_WORKFLOW, "mill-workflow"),
            new Permission(APART.l2(), "mill-workflow", Action.INVOKE, "mill-first"),
            new Permission(APART.l2(), "mill-workflow", Action.INVOKE, "mill-second"))
        .doesNotContain(
            new Permission(APART.l2(), "mill-event-checker", Action.INVOKE, "mill-first"));
  }

  @Test
  void theFunctionsOfAWorkflowAreNotDeployedWhereWorkflowsAreOff() {
    Features checking = new Features(true, false, false, false, false);
    assertThat(Topology.of(Projects.project(APART, checking, true)).functions())
        .filteredOn(f -> f.kind() == FunctionKind.EVENT_ACTION)
        .extracting(DeployedFunction::name)
        .containsExactly("mill-alarm");
  }

  @Test
  void eachTierIsAStoreOnItsCloudAndTheTwinHasAGraphWhereThereIsOne() {
    assertThat(Topology.of(Projects.project(APART)).stores())
        .containsExactly(
            store("mill-hot-iot-data", Store.Kind.HOT, KnownClouds.GOOGLE),
            store("mill-cold-iot-data", Store.Kind.COLD, KnownClouds.AWS),
            store("mill-archive-iot-data", Store.Kind.ARCHIVE, KnownClouds.AZURE),
            store("mill-twin-graph", Store.Kind.TWIN_GRAPH, KnownClouds.AWS));
    Placement noTwin = Projects.placement("aws", "aws", "aws", "aws", "aws", "none", "none");
    assertThat(Topology.of(Projects.project(noTwin)).stores())
        .extracting(Store::kind)
        .containsExactly(Store.Kind.HOT, Store.Kind.COLD, Store.Kind.ARCHIVE);
  }

  private static Store store(String name, Store.Kind kind, Provider cloud) {
    return new Store(name, name, kind, cloud);
  }

  @Test
  void moversRunDailyAndWeeklyAndContinueEveryQuarterOfAnHour() {
    assertThat(Topology.of(Projects.project(APART)).schedules())
        .extracting(s -> s.name() + " " + s.function() + " " + s.cron())
        .containsExactly(
            "mill-hot-to-cold-mover-daily mill-hot-to-cold-mover 0 2 * * *",
            "mill-hot-to-cold-mover-continue mill-hot-to-cold-mover */15 * * * *",
            "mill-cold-to-archive-mover-weekly mill-cold-to-archive-mover 0 3 * * 0",
            "mill-cold-to-archive-mover-continue mill-cold-to-archive-mover */15 * * * *");
  }

  @Test
  void devicesTalkToTheCloudOfLayerOne() {
    assertThat(Topology.of(Projects.project(APART)).topics())
        .containsExactly(
            new Topic("dt/mill/+/telemetry", Topic.Kind.TELEMETRY, KnownClouds.AWS),
            new Topic("dt/mill/+/commands", Topic.Kind.COMMANDS, KnownClouds.AWS));
  }

  @Test
  void everythingRefersToWhatIsThere() {
    List<String> wrong = new ArrayList<>();
    Projects.forEverything(
        project -> {
          Topology t = Topology.of(project);
          Set<String> known = new HashSet<>();
          t.functions().forEach(f -> known.add(f.name()));
          t.stores().forEach(s -> known.add(s.name()));
          t.topics().forEach(topic -> known.add(topic.name()));
          known.addAll(Topology.foreignActions(project));
          t.permissions().stream()
              .filter(p -> !known.contains(p.function()) || !known.contains(p.target()))
              .forEach(p -> wrong.add(p + " " + project.placement()));
          t.connections().stream()
              .filter(c -> !known.containsAll(c.senders()) || !t.functions().contains(c.receiver()))
              .forEach(c -> wrong.add(c + " " + project.placement()));
        });
    assertThat(wrong).isEmpty();
  }
}
