package io.twinloom.topology;

import static io.twinloom.model.cloud.KnownClouds.AWS;
import static io.twinloom.model.cloud.KnownClouds.AZURE;
import static io.twinloom.model.cloud.KnownClouds.GOOGLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.CloudConventions.TwinService;
import io.twinloom.model.Features;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs;
import io.twinloom.model.StoreLegs.Copy;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What carries the newest values over when layer 4 moves. */
class TwinCopyingTest {

  /** The twin in a phase of the move of layer 4. */
  private static Project moving(
      Placement placement, Provider to, Optional<Boolean> running, boolean history) {
    Provider from = placement.l4().orElseThrow();
    StoreLegs legs =
        StoreLegs.NONE
            .with(new Leg(to, Use.JOINING, false))
            .copying(running.map(runs -> new Copy(from, to, runs)));
    return Projects.project(placement, Features.NONE, history)
        .withLegs(placement, Legs.NONE.with(Layer.L4, legs));
  }

  private static Project copying(Placement placement, Provider to) {
    return moving(placement, to, Optional.of(true), true);
  }

  private static DeployedFunction copier(Topology topology) {
    return topology.functions(FunctionKind.TWIN_COPIER).getFirst();
  }

  private static List<String> rights(Topology topology) {
    return topology.permissions().stream()
        .filter(p -> p.function().equals("mill-twin-copier"))
        .map(p -> p.cloud().id() + " " + p.action() + " " + p.target())
        .toList();
  }

  private static Map<String, String> settings(Project project) {
    Topology topology = Topology.of(project);
    Map<String, String> tokens = new HashMap<>();
    topology.connections().forEach(c -> tokens.put(c.id(), "t-" + c.id()));
    FunctionSettings.Parts parts =
        FunctionSettings.apart(project, topology, tokens).get(copier(topology).id());
    Map<String, String> settings = new HashMap<>(parts.open());
    parts.addresses().forEach((variable, c) -> settings.put(variable, c.id()));
    return settings;
  }

  private static List<String> copies(Topology topology) {
    return topology.connections().stream()
        .map(Connection::id)
        .filter(id -> id.endsWith("_copy"))
        .toList();
  }

  @Test
  void whereTheFormerServiceKeepsValuesItIsBesideItsGraphAndMayOnlyReadThat() {
    Placement placement = Projects.placement("aws", "aws", "aws", "aws", "aws", "azure", "none");
    Project project = copying(placement, GOOGLE);
    Topology topology = Topology.of(project);
    assertThat(copier(topology).cloud()).isEqualTo(AZURE);
    assertThat(copier(topology).layer()).isEqualTo(Layer.L4);
    assertThat(rights(topology))
        .containsExactly("azure READ_GRAPH mill-twin-graph", "azure KEEP_PLANS mill-twin-copier");
    assertThat(settings(project))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "COPY_SOURCE", "graph",
                "REMOTE_COPY_WRITER_URL", "azure_l4_to_gcp_l4_copy",
                "REMOTE_COPY_WRITER_BATCHES", "true"));
    assertThat(topology.schedules())
        .filteredOn(s -> s.kind() == FunctionKind.TWIN_COPIER)
        .singleElement()
        .matches(Schedule::continues);
  }

  @Test
  void whereTheFormerServiceKeepsNoneItIsBesideTheHotStoreAndMayCallTheReaders() {
    Placement placement = Projects.placement("aws", "aws", "aws", "google", "aws", "aws", "none");
    Project project = copying(placement, AZURE);
    Topology topology = Topology.of(project);
    assertThat(copier(topology).cloud()).isEqualTo(AWS);
    assertThat(copier(topology).layer()).isEqualTo(Layer.L3_HOT);
    assertThat(rights(topology))
        .as("no right on any store")
        .containsExactly(
            "aws INVOKE mill-hot-reader",
            "aws INVOKE mill-archive-reader",
            "aws KEEP_PLANS mill-twin-copier");
    assertThat(settings(project))
        .containsEntry("COPY_SOURCE", "history")
        .containsEntry("LOCAL_HOT_READER_NAME", "mill-hot-reader")
        .containsEntry("LOCAL_ARCHIVE_READER_NAME", "mill-archive-reader")
        .containsEntry("REMOTE_COLD_READER_URL", "gcp_l3cold_to_aws_l3hot_cold_reader")
        .containsEntry("REMOTE_COPY_WRITER_URL", "aws_l3hot_to_azure_l4_copy")
        .doesNotContainKey("TWIN_UPDATER_LAMBDA_NAME");
  }

  @Test
  void withoutAHistoryOverTheTiersTheHotStoreIsTheSource() {
    Project project = moving(Projects.allOn("aws"), AZURE, Optional.of(true), false);
    assertThat(settings(project)).containsEntry("COPY_SOURCE", "hot");
    assertThat(rights(Topology.of(project)))
        .containsExactly("aws INVOKE mill-hot-reader", "aws KEEP_PLANS mill-twin-copier");
  }

  @Test
  void theNewUpdaterIsInvokedWhereTheHotStoreIsOnItsCloud() {
    Placement placement =
        Projects.placement("aws", "aws", "google", "google", "google", "aws", "none");
    Project project = copying(placement, GOOGLE);
    Topology topology = Topology.of(project);
    assertThat(copier(topology).cloud()).isEqualTo(GOOGLE);
    assertThat(rights(topology)).contains("google INVOKE mill-twin-updater");
    assertThat(copies(topology)).isEmpty();
    assertThat(settings(project))
        .containsEntry("TWIN_UPDATER_LAMBDA_NAME", "mill-twin-updater")
        .doesNotContainKey("REMOTE_COPY_WRITER_URL");
  }

  @Test
  void theUpdaterOfAThirdCloudIsNotTheNewOne() {
    Placement placement =
        Projects.placement("aws", "aws", "google", "google", "google", "aws", "none");
    StoreLegs legs =
        StoreLegs.NONE
            .with(new Leg(GOOGLE, Use.UNREAD, false))
            .with(new Leg(AZURE, Use.JOINING, false))
            .copying(Optional.of(new Copy(AWS, AZURE, true)));
    Project project =
        Projects.project(placement).withLegs(placement, Legs.NONE.with(Layer.L4, legs));
    assertThat(rights(Topology.of(project))).doesNotContain("google INVOKE mill-twin-updater");
    assertThat(settings(project))
        .containsEntry("REMOTE_COPY_WRITER_URL", "gcp_l3hot_to_azure_l4_copy")
        .doesNotContainKey("TWIN_UPDATER_LAMBDA_NAME");
  }

  @Test
  void beforeAndAfterItsPhasesThereIsOnlyTheConnectionAndWithoutACopyNothing() {
    Placement placement = Projects.allOn("azure");
    Topology prepared = Topology.of(moving(placement, GOOGLE, Optional.of(false), true));
    assertThat(prepared.functions(FunctionKind.TWIN_COPIER)).isEmpty();
    assertThat(rights(prepared)).isEmpty();
    assertThat(copies(prepared)).containsExactly("azure_l4_to_gcp_l4_copy");
    assertThat(prepared.connections())
        .filteredOn(c -> c.id().endsWith("_copy"))
        .allMatch(c -> c.senders().isEmpty());
    Topology none = Topology.of(moving(placement, GOOGLE, Optional.empty(), true));
    assertThat(none.functions(FunctionKind.TWIN_COPIER)).isEmpty();
    assertThat(copies(none)).isEmpty();
  }

  @Test
  void inEveryPlacementItIsOnTheCloudThatTheTableSaysAndReachesTheNewUpdater() {
    List<String> wrong = new ArrayList<>();
    for (Placement placement : Projects.placements()) {
      for (Provider to : Provider.all()) {
        boolean pushed = to.conventions().twinService() == TwinService.PUSHED;
        if (placement.l4().isPresent() && !placement.l4().get().equals(to) && pushed) {
          check(placement, to, wrong);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static void check(Placement placement, Provider to, List<String> wrong) {
    Project project = copying(placement, to);
    Topology topology = Topology.of(project);
    Provider expected = placement.l4().get().equals(AWS) ? placement.l3Hot() : placement.l4().get();
    List<DeployedFunction> copiers = topology.functions(FunctionKind.TWIN_COPIER);
    boolean there = copiers.size() == 1 && copiers.getFirst().cloud() == expected;
    String reached =
        settings(project)
            .getOrDefault(
                expected == to ? "TWIN_UPDATER_LAMBDA_NAME" : "REMOTE_COPY_WRITER_URL", "");
    boolean connected =
        copies(topology).size() == (expected == to ? 0 : 1)
            && !reached.isEmpty()
            && topology.connections().stream()
                .filter(c -> c.id().endsWith("_copy"))
                .allMatch(c -> c.to() == to && c.receiver().kind() == FunctionKind.TWIN_UPDATER);
    if (!there || !connected) {
      wrong.add(placement + " to " + to.id() + ": " + copiers + " " + reached);
    }
  }
}
