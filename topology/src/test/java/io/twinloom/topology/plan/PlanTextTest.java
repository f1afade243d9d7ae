package io.twinloom.topology.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Features;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.UserCode;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Projects;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTextTest {

  @Test
  void aTwinOverThreeCloudsShowsItsCrossingsAndWhyEachIsExposed() {
    Placement apart =
        Projects.placement("aws", "azure", "google", "google", "google", "google", "google");
    Features checking = new Features(true, false, false, false, false);
    assertThat(PlanText.of(Topology.of(Projects.project(apart, checking, false))))
        .isEqualTo(
            """
            Twin mill: 15 functions on aws, azure and google, 5 exposed

            aws
              L1
                 mill-dispatcher  normalises what the devices send and invokes what processes it
                 mill-connector   sends measurements to L2, which is on azure

            azure
              L2
              ⇒  mill-ingestion          receives the measurements of L1, which is on aws; exposed because L1 on
                                         aws sends to it
                 mill-processor          runs the user's code on each event
                 mill-saw-processor      the user's code for device saw
                 mill-default-processor  the user's code for devices without code of their own
                 mill-persister          sends each event to the hot store, which is on google
                 mill-event-checker      evaluates the rules, since useEventChecking is on
                 mill-alarm              the user's code for the event action alarm

            google
              L3 hot
              ⇒  mill-hot-writer             lets L2 write to the hot store, and nothing else; exposed because
                                             L2 on azure sends to it
              ⇒  mill-hot-reader             answers range queries on the hot store; exposed because L5 on
                                             google reads the hot store itself
              ⇒  mill-hot-reader-last-entry  answers with the newest values of the hot store; exposed because L5
                                             on google reads the hot store itself
                 mill-hot-to-cold-mover      moves what is older than 7 days to the cold store
              L3 cold
                 mill-cold-to-archive-mover  moves what is older than 37 days to the archive
              L4
              ⇒  mill-twin-updater           applies the newest values to the twin graph; exposed because L2 on
                                             azure sends to it

            Stores
              mill-hot-iot-data      hot on google
              mill-cold-iot-data     cold on google
              mill-archive-iot-data  archive on google
              mill-twin-graph        twin graph on google

            Schedules
              mill-hot-to-cold-mover      moves what is due, daily at 02:00 UTC
              mill-hot-to-cold-mover      continues a plan that is still open, every 15 minutes
              mill-cold-to-archive-mover  moves what is due, Sundays at 03:00 UTC
              mill-cold-to-archive-mover  continues a plan that is still open, every 15 minutes

            Connections, each with a token of its own
              aws_l1_to_azure_l2                      mill-connector ⇒ mill-ingestion
              azure_l2_to_gcp_l3                      mill-persister ⇒ mill-hot-writer
              azure_l2_to_gcp_l4                      mill-persister ⇒ mill-twin-updater
              gcp_l3_to_gcp_l5_hot_reader             readers on google ⇒ mill-hot-reader
              gcp_l3_to_gcp_l5_hot_reader_last_entry  readers on google ⇒ mill-hot-reader-last-entry

            ⇒ exposed: an HTTPS endpoint that only opens to a token
            """);
  }

  @Test
  void aTwinOnAwsAloneSaysThatNothingIsExposed() {
    assertThat(
            PlanText.of(Topology.of(Projects.project(Projects.allOn("aws"), Features.NONE, false))))
        .isEqualTo(
            """
            Twin mill: 9 functions on aws, none exposed

            aws
              L1
                 mill-dispatcher             normalises what the devices send and invokes what processes it
              L2
                 mill-processor              runs the user's code on each event
                 mill-saw-processor          the user's code for device saw
                 mill-default-processor      the user's code for devices without code of their own
                 mill-persister              writes each event to the hot store
              L3 hot
                 mill-hot-reader             answers range queries on the hot store
                 mill-hot-reader-last-entry  answers with the newest values of the hot store
                 mill-hot-to-cold-mover      moves what is older than 7 days to the cold store
              L3 cold
                 mill-cold-to-archive-mover  moves what is older than 37 days to the archive

            Stores
              mill-hot-iot-data      hot on aws
              mill-cold-iot-data     cold on aws
              mill-archive-iot-data  archive on aws
              mill-twin-graph        twin graph on aws

            Schedules
              mill-hot-to-cold-mover      moves what is due, daily at 02:00 UTC
              mill-hot-to-cold-mover      continues a plan that is still open, every 15 minutes
              mill-cold-to-archive-mover  moves what is due, Sundays at 03:00 UTC
              mill-cold-to-archive-mover  continues a plan that is still open, every 15 minutes

            Connections: none, so nothing is exposed
            """);
  }

  @Test
  void manyProcessorsAreCountedInsteadOfNamed() {
    Project few = Projects.project(Projects.allOn("aws"));
    List<UserCode> code = new ArrayList<>();
    for (int i = 1; i <= 1000; i++) {
      code.add(Projects.code(UserCode.Role.PROCESSOR, "saw" + i, "processors/saw" + i));
    }
    Project many = few.withUserCode(code);
    assertThat(PlanText.of(Topology.of(many)))
        .contains("mill-saw10-processor")
        .doesNotContain("mill-saw11-processor")
        .contains("and 990 more processors of the user's");
  }

  @Test
  void everyPlanNamesEveryFunctionInLinesThatFitATerminal() {
    List<String> wrong = new ArrayList<>();
    for (Placement placement : Projects.placements()) {
      Topology topology = Topology.of(Projects.project(placement, Projects.ALL_ON, true));
      String text = PlanText.of(topology);
      if (text.lines().anyMatch(line -> line.length() > 100)
          || !topology.functions().stream().map(DeployedFunction::name).allMatch(text::contains)) {
        wrong.add(text);
      }
    }
    assertThat(wrong).isEmpty();
  }
}
