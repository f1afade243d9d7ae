package io.twinloom.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.StoreLegs;
import io.twinloom.model.cloud.KnownClouds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RightsTest {

  @Test
  void noRightReachesAnotherCloud() {
    List<String> wrong = new ArrayList<>();
    Projects.forEverything(
        project -> {
          Topology t = Topology.of(project);
          Map<String, Object> cloudOf = new HashMap<>();
          t.functions().forEach(f -> cloudOf.put(f.name(), f.cloud()));
          t.stores().forEach(s -> cloudOf.put(s.name(), s.cloud()));
          t.topics().forEach(topic -> cloudOf.put(topic.name(), topic.cloud()));
          cloudOf.put("theirs", project.placement().l2());
          for (Permission p : t.permissions()) {
            if (cloudOf.get(p.function()) != cloudOf.get(p.target())) {
              wrong.add(p + " " + project.placement());
            }
          }
        });
    assertThat(wrong).isEmpty();
  }

  @Test
  void aHotWriterMayWriteAndNothingElse() {
    Placement apart = Projects.placement("aws", "azure", "google", "aws", "aws", "aws", "aws");
    assertThat(rights(apart, "mill-hot-writer")).containsExactly("WRITE_ITEMS mill-hot-iot-data");
    assertThat(rights(apart, "mill-persister"))
        .containsExactly(
            "INVOKE mill-event-checker",
            "KEEP_CIRCUITS mill-persister",
            "KEEP_RUNS mill-persister");
  }

  @Test
  void onOneCloudEachFunctionMayDoItsJobAndNoMore() {
    Placement one = Projects.allOn("google");
    assertThat(rights(one, "mill-dispatcher"))
        .containsExactly("INVOKE mill-processor", "KEEP_RUNS mill-dispatcher");
    assertThat(rights(one, "mill-processor"))
        .containsExactly(
            "INVOKE mill-saw-processor",
            "INVOKE mill-default-processor",
            "INVOKE mill-persister",
            "KEEP_RUNS mill-processor");
    assertThat(rights(one, "mill-saw-processor")).isEmpty();
    assertThat(rights(one, "mill-persister"))
        .containsExactly(
            "WRITE_ITEMS mill-hot-iot-data",
            "INVOKE mill-event-checker",
            "INVOKE mill-twin-updater",
            "KEEP_RUNS mill-persister");
    assertThat(rights(one, "mill-event-feedback"))
        .containsExactly(
            "INVOKE mill-user-feedback",
            "SEND_COMMANDS dt/mill/+/commands",
            "KEEP_RUNS mill-event-feedback");
    assertThat(rights(one, "mill-hot-reader")).containsExactly("READ_ITEMS mill-hot-iot-data");
    assertThat(rights(one, "mill-hot-to-cold-mover"))
        .containsExactly(
            "READ_ITEMS mill-hot-iot-data",
            "DELETE_ITEMS mill-hot-iot-data",
            "WRITE_OBJECTS mill-cold-iot-data",
            "READ_OBJECTS mill-cold-iot-data",
            "KEEP_PLANS mill-hot-to-cold-mover");
    assertThat(rights(one, "mill-history-reader"))
        .containsExactly(
            "INVOKE mill-hot-reader", "INVOKE mill-cold-reader", "INVOKE mill-archive-reader");
    assertThat(rights(one, "mill-twin-updater"))
        .containsExactly(
            "READ_GRAPH mill-twin-graph",
            "WRITE_GRAPH mill-twin-graph",
            "KEEP_RUNS mill-twin-updater");
  }

  @Test
  void aPersisterMayInvokeItselfWhereTheTwinThatItPushesToIsOnAnotherCloud() {
    Placement far = Projects.placement("aws", "aws", "aws", "aws", "aws", "azure", "none");
    assertThat(rights(far, "mill-persister"))
        .containsExactly(
            "WRITE_ITEMS mill-hot-iot-data",
            "INVOKE mill-event-checker",
            "INVOKE mill-persister",
            "KEEP_CIRCUITS mill-persister",
            "KEEP_RUNS mill-persister");
    Placement pulling =
        Projects.placement("azure", "azure", "azure", "azure", "azure", "aws", "aws");
    assertThat(rights(pulling, "mill-persister")).doesNotContain("INVOKE mill-persister");
  }

  @Test
  void aDispatcherMayInvokeTheConnectorWhereTheProcessorIsElsewhere() {
    Placement p = Projects.placement("aws", "azure", "azure", "azure", "azure", "none", "none");
    assertThat(rights(p, "mill-dispatcher"))
        .containsExactly("INVOKE mill-connector", "KEEP_RUNS mill-dispatcher");
    assertThat(rights(p, "mill-connector"))
        .containsExactly("KEEP_CIRCUITS mill-connector", "KEEP_RUNS mill-connector");
    assertThat(rights(p, "mill-event-feedback"))
        .containsExactly(
            "INVOKE mill-user-feedback",
            "KEEP_CIRCUITS mill-event-feedback",
            "KEEP_RUNS mill-event-feedback");
    assertThat(rights(p, "mill-feedback-gateway"))
        .containsExactly("SEND_COMMANDS dt/mill/+/commands", "KEEP_ANSWERS mill-feedback-gateway");
  }

  @Test
  void eachKindOfStateIsForThoseThatKeepIt() {
    Placement apart = Projects.placement("aws", "azure", "google", "aws", "azure", "aws", "aws");
    assertThat(
            Topology.of(Projects.project(apart, Projects.ALL_ON, true)).permissions().stream()
                .filter(p -> p.action().name().startsWith("KEEP_"))
                .map(p -> p.action() + " " + p.function() + " " + p.target()))
        .containsExactly(
            "KEEP_RUNS mill-dispatcher mill-dispatcher",
            "KEEP_CIRCUITS mill-connector mill-connector",
            "KEEP_RUNS mill-connector mill-connector",
            "KEEP_ANSWERS mill-feedback-gateway mill-feedback-gateway",
            "KEEP_ANSWERS mill-ingestion mill-ingestion",
            "KEEP_RUNS mill-processor mill-processor",
            "KEEP_CIRCUITS mill-persister mill-persister",
            "KEEP_RUNS mill-persister mill-persister",
            "KEEP_RUNS mill-event-checker mill-event-checker",
            "KEEP_CIRCUITS mill-event-feedback mill-event-feedback",
            "KEEP_RUNS mill-event-feedback mill-event-feedback",
            "KEEP_PLANS mill-hot-to-cold-mover mill-hot-to-cold-mover",
            "KEEP_PLANS mill-cold-to-archive-mover mill-cold-to-archive-mover");
  }

  @Test
  void whileDevicesAreLetInOnSeveralCloudsTheyAreNotedAndLookedUpByTheLatestEndpoint() {
    Placement moved = Projects.placement("aws", "azure", "aws", "aws", "aws", "aws", "aws");
    StoreLegs former =
        StoreLegs.NONE.with(new StoreLegs.Leg(KnownClouds.GOOGLE, StoreLegs.Use.READ, false));
    Project project =
        Projects.project(moved.withLegs(Legs.NONE.with(Layer.L1, former)), Projects.ALL_ON, true);
    assertThat(
            Topology.of(project).permissions().stream()
                .filter(p -> p.action().name().endsWith("_DEVICES"))
                .map(p -> p.action() + " " + p.function() + " on " + p.cloud().id()))
        .containsExactlyInAnyOrder(
            "NOTE_DEVICES mill-dispatcher on aws",
            "NOTE_DEVICES mill-dispatcher on google",
            "FIND_DEVICES mill-feedback-gateway on aws");
  }

  @Test
  void theTwinServiceCallsTheReadersOfItsOwnCloud() {
    assertThat(twinReaders(Projects.allOn("aws")))
        .containsExactly("mill-hot-reader", "mill-hot-reader-last-entry", "mill-history-reader");
    assertThat(
            twinReaders(
                Projects.placement("azure", "azure", "azure", "azure", "azure", "aws", "aws")))
        .containsExactly(
            "mill-history-reader",
            "mill-digital-twin-data-connector",
            "mill-digital-twin-data-connector-last-entry");
    assertThat(twinReaders(Projects.allOn("azure"))).isEmpty();
    assertThat(twinReaders(Projects.placement("aws", "aws", "aws", "aws", "aws", "none", "none")))
        .isEmpty();
  }

  private static List<String> twinReaders(Placement placement) {
    return Topology.of(Projects.project(placement))
        .twinReaders(placement.l4().orElseGet(placement::l3Hot))
        .stream()
        .map(DeployedFunction::name)
        .toList();
  }

  private static List<String> rights(Placement placement, String function) {
    return Topology.of(Projects.project(placement, Projects.ALL_ON, true)).permissions().stream()
        .filter(p -> p.function().equals(function))
        .map(p -> p.action() + " " + p.target())
        .toList();
  }
}
