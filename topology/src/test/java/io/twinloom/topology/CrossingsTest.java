package io.twinloom.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.cloud.KnownClouds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What crosses clouds, for every placement. */
class CrossingsTest {

  @Test
  void theConnectionsAreThoseOfTheTable() {
    List<String> wrong = new ArrayList<>();
    Projects.forEverything(
        project -> {
          Map<String, String> actual = new LinkedHashMap<>();
          for (Connection c : Topology.of(project).connections()) {
            actual.put(c.id(), c.receiver().kind().id());
          }
          if (!actual.equals(expected(project))) {
            wrong.add(project.placement() + " " + new TreeSet<>(actual.keySet()));
          }
        });
    assertThat(wrong).isEmpty();
  }

  /** The table of connections: id and receiver. */
  private static Map<String, String> expected(Project project) {
    Placement p = project.placement();
    String l1 = in(p.l1());
    String l2 = in(p.l2());
    String hot = in(p.l3Hot());
    String cold = in(p.l3Cold());
    String archive = in(p.l3Archive());
    String l4 = p.l4().map(CrossingsTest::in).orElse("none");
    String l5 = p.l5().map(CrossingsTest::in).orElse("none");
    Map<String, String> ids = new LinkedHashMap<>();
    if (!l1.equals(l2)) {
      ids.put(l1 + "_l1_to_" + l2 + "_l2", "ingestion");
    }
    if (!l2.equals(hot)) {
      ids.put(l2 + "_l2_to_" + hot + "_l3", "hot-writer");
    }
    if (!hot.equals(cold)) {
      ids.put(hot + "_l3hot_to_" + cold + "_l3cold", "cold-writer");
    }
    if (!cold.equals(archive)) {
      ids.put(cold + "_l3cold_to_" + archive + "_l3archive", "archive-writer");
    }
    if (!l4.equals("none") && !l4.equals(hot)) {
      ids.put(hot + "_l3_to_" + l4 + "_l4_hot_reader", "hot-reader");
      ids.put(hot + "_l3_to_" + l4 + "_l4_hot_reader_last_entry", "hot-reader-last-entry");
    }
    boolean throughTwin = l4.equals("aws") && l5.equals("aws");
    if (!l5.equals("none") && !throughTwin) {
      ids.put(hot + "_l3_to_" + l5 + "_l5_hot_reader", "hot-reader");
      ids.put(hot + "_l3_to_" + l5 + "_l5_hot_reader_last_entry", "hot-reader-last-entry");
    }
    if (project.config().historyOverTiers()) {
      String reader = l4.equals("none") ? hot : l4;
      String at = l4.equals("none") ? hot + "_l3hot" : l4 + "_l4";
      if (!cold.equals(reader)) {
        ids.put(cold + "_l3cold_to_" + at + "_cold_reader", "cold-reader");
      }
      if (!archive.equals(reader)) {
        ids.put(archive + "_l3archive_to_" + at + "_archive_reader", "archive-reader");
      }
    }
    if (project.features().returnFeedbackToDevice() && !l1.equals(l2)) {
      ids.put(l2 + "_l2_to_" + l1 + "_l1_feedback", "feedback-gateway");
    }
    if ((l4.equals("azure") || l4.equals("gcp")) && !l4.equals(l2)) {
      ids.put(l2 + "_l2_to_" + l4 + "_l4", "twin-updater");
    }
    return ids;
  }

  private static String in(Provider provider) {
    return provider == KnownClouds.GOOGLE ? "gcp" : provider.id();
  }

  @Test
  void aFunctionIsExposedExactlyWhereACrossingEndsAndSaysWhy() {
    List<String> wrong = new ArrayList<>();
    Projects.forEverything(
        project -> {
          Topology topology = Topology.of(project);
          for (DeployedFunction f : topology.functions()) {
            boolean ends = topology.connections().stream().anyMatch(c -> c.receiver().equals(f));
            if (f.exposed() != ends || f.why().contains("exposed because") != ends) {
              wrong.add(f + " " + project.placement());
            }
          }
        });
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyConnectionHasBothEndsOnTheirClouds() {
    List<String> wrong = new ArrayList<>();
    Projects.forEverything(
        project -> {
          Topology topology = Topology.of(project);
          for (Connection c : topology.connections()) {
            boolean view = c.id().contains("_l5_");
            boolean sendersThere =
                c.senders().stream()
                    .map(topology::function)
                    .allMatch(f -> f.map(DeployedFunction::cloud).equals(Optional.of(c.from())));
            if (c.receiver().cloud() != c.to()
                || !topology.functions().contains(c.receiver())
                || !sendersThere
                || c.senders().isEmpty() != view
                || (c.from() == c.to() && !view)) {
              wrong.add(c + " " + project.placement());
            }
          }
        });
    assertThat(wrong).isEmpty();
  }

  @Test
  void everySenderHasItsConnection() {
    List<String> wrong = new ArrayList<>();
    Projects.forEverything(
        project -> {
          Topology topology = Topology.of(project);
          Set<String> connected = new HashSet<>();
          for (Connection c : topology.connections()) {
            c.senders().forEach(sender -> connected.add(sender + " " + c.receiver().kind()));
          }
          for (DeployedFunction f : topology.functions()) {
            for (FunctionKind receiver : FunctionKind.values()) {
              boolean isConnected = connected.contains(f.name() + " " + receiver);
              if (isConnected != sendsTo(f.kind(), receiver, project.placement())) {
                wrong.add(f.kind() + " to " + receiver + " " + project.placement());
              }
            }
          }
        });
    assertThat(wrong).isEmpty();
  }

  /** The column "job", as far as it crosses clouds. */
  private static boolean sendsTo(FunctionKind sender, FunctionKind receiver, Placement p) {
    Provider reading = p.l4().orElse(p.l3Hot());
    return switch (sender) {
      case CONNECTOR -> receiver == FunctionKind.INGESTION;
      case PERSISTER ->
          (receiver == FunctionKind.HOT_WRITER && p.l2() != p.l3Hot())
              || (receiver == FunctionKind.TWIN_UPDATER
                  && p.l4().isPresent()
                  && p.l4().get() != KnownClouds.AWS
                  && p.l4().get() != p.l2());
      case EVENT_FEEDBACK -> receiver == FunctionKind.FEEDBACK_GATEWAY && p.l1() != p.l2();
      case HOT_TO_COLD_MOVER -> receiver == FunctionKind.COLD_WRITER && p.l3Hot() != p.l3Cold();
      case COLD_TO_ARCHIVE_MOVER ->
          receiver == FunctionKind.ARCHIVE_WRITER && p.l3Cold() != p.l3Archive();
      case DATA_CONNECTOR -> receiver == FunctionKind.HOT_READER;
      case DATA_CONNECTOR_LAST_ENTRY -> receiver == FunctionKind.HOT_READER_LAST_ENTRY;
      case HISTORY_READER ->
          (receiver == FunctionKind.HOT_READER && p.l3Hot() != reading)
              || (receiver == FunctionKind.COLD_READER && p.l3Cold() != reading)
              || (receiver == FunctionKind.ARCHIVE_READER && p.l3Archive() != reading);
      default -> false;
    };
  }

  @Test
  void aTwinOnAwsAloneExposesNothing() {
    Topology topology = Topology.of(Projects.project(Projects.allOn("aws"), Projects.ALL_ON, true));
    assertThat(topology.functions()).noneMatch(DeployedFunction::exposed);
    assertThat(topology.connections()).isEmpty();
    assertThat(topology.function(FunctionKind.CONNECTOR)).isEmpty();
  }

  @Test
  void aTwinOnOneOtherCloudExposesOnlyTheReadersAndOnlyForItsView() {
    for (String cloud : List.of("azure", "google")) {
      Topology seen = Topology.of(Projects.project(Projects.allOn(cloud), Projects.ALL_ON, true));
      assertThat(seen.functions())
          .filteredOn(DeployedFunction::exposed)
          .extracting(DeployedFunction::name)
          .containsExactly("mill-hot-reader", "mill-hot-reader-last-entry");
      Placement unseen = Projects.placement(cloud, cloud, cloud, cloud, cloud, cloud, "none");
      assertThat(Topology.of(Projects.project(unseen, Projects.ALL_ON, true)).functions())
          .noneMatch(DeployedFunction::exposed);
    }
  }

  @Test
  void aViewOnAwsReadsTheStoreItselfWhereTheTwinIsElsewhere() {
    Placement p = Projects.placement("aws", "aws", "aws", "aws", "aws", "azure", "aws");
    assertThat(Topology.of(Projects.project(p)).connections())
        .extracting(Connection::id)
        .contains("aws_l3_to_aws_l5_hot_reader", "aws_l3_to_aws_l5_hot_reader_last_entry");
  }

  @Test
  void aReaderWithTwoConnectionsNamesBothReasons() {
    Placement p = Projects.placement("aws", "aws", "aws", "aws", "aws", "azure", "google");
    assertThat(Topology.of(Projects.project(p)).function(FunctionKind.HOT_READER))
        .get()
        .extracting(DeployedFunction::why)
        .isEqualTo(
            "answers range queries on the hot store; exposed because L4 on azure reads the hot"
                + " store through it, and L5 on google reads the hot store itself");
  }
}
