package io.twinloom.topology.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Features;
import io.twinloom.model.Placement;
import io.twinloom.topology.Projects;
import io.twinloom.topology.Topology;
import org.junit.jupiter.api.Test;

class PlanDifferenceTest {
  private static final Topology ON_GOOGLE =
      of(Projects.placement("aws", "azure", "google", "google", "google", "none", "google"));
  private static final Topology ON_AZURE =
      of(Projects.placement("aws", "azure", "azure", "azure", "azure", "none", "google"));

  private static Topology of(Placement placement) {
    return Topology.of(Projects.project(placement, Features.NONE, false));
  }

  @Test
  void thePlanOfWhatIsDeployedChangesNothing() {
    PlanDifference difference = PlanDifference.between(ON_GOOGLE, ON_GOOGLE);
    assertThat(difference.changes()).isEmpty();
    assertThat(difference.text()).isEqualTo("Nothing changes.\n");
    assertThat(difference.json()).isEmpty();
  }

  @Test
  void movingALayerChangesWhatRunsOnItAndItsCrossings() {
    assertThat(PlanDifference.between(ON_GOOGLE, ON_AZURE).text())
        .isEqualTo(
            """
            - function    mill-hot-writer: on google
            ~ function    mill-hot-reader: cloud google → azure
            ~ function    mill-hot-reader-last-entry: cloud google → azure
            ~ function    mill-hot-to-cold-mover: cloud google → azure
            ~ function    mill-cold-to-archive-mover: cloud google → azure
            ~ store       mill-hot-iot-data: cloud google → azure; its data is copied, or left there
            ~ store       mill-cold-iot-data: cloud google → azure; its data is copied, or left there
            ~ store       mill-archive-iot-data: cloud google → azure; its data is copied, or left there
            - connection  azure_l2_to_gcp_l3: to mill-hot-writer
            - connection  gcp_l3_to_gcp_l5_hot_reader: to mill-hot-reader
            - connection  gcp_l3_to_gcp_l5_hot_reader_last_entry: to mill-hot-reader-last-entry
            + connection  azure_l3_to_gcp_l5_hot_reader: to mill-hot-reader
            + connection  azure_l3_to_gcp_l5_hot_reader_last_entry: to mill-hot-reader-last-entry
            """);
  }

  @Test
  void theOtherWayRoundWhatWasAddedIsRemoved() {
    assertThat(PlanDifference.between(ON_AZURE, ON_GOOGLE).changes())
        .filteredOn(c -> c.name().equals("mill-hot-writer"))
        .containsExactly(
            new PlanDifference.Change(
                PlanDifference.Kind.ADDED, "function", "mill-hot-writer", "on google"));
  }

  @Test
  void aPlanThatWasKeptAsJsonIsComparedAsWell() {
    byte[] kept = Json.bytes(PlanJson.of(ON_GOOGLE));
    assertThat(PlanDifference.between(Json.parseObject(kept), PlanJson.of(ON_GOOGLE)).changes())
        .isEmpty();
  }

  @Test
  void beforeTheFirstDeploymentEverythingIsAdded() {
    PlanDifference difference = PlanDifference.between(JsonObject.EMPTY, PlanJson.of(ON_GOOGLE));
    assertThat(difference.changes())
        .allMatch(c -> c.kind() == PlanDifference.Kind.ADDED)
        .hasSize(
            ON_GOOGLE.functions().size()
                + ON_GOOGLE.stores().size()
                + ON_GOOGLE.schedules().size()
                + ON_GOOGLE.topics().size()
                + ON_GOOGLE.connections().size());
  }

  @Test
  void aReasonThatReadsDifferentlyIsNoChange() {
    String plan = PlanJson.of(ON_GOOGLE).toString();
    String reworded = plan.replace("runs the user's code", "lets the user's code run");
    assertThat(reworded).isNotEqualTo(plan);
    assertThat(
            PlanDifference.between(
                    Json.parseObject(plan.getBytes(UTF_8)),
                    Json.parseObject(reworded.getBytes(UTF_8)))
                .changes())
        .isEmpty();
  }

  @Test
  void programsGetOneObjectAChange() throws Exception {
    assertThat(PlanDifference.between(ON_GOOGLE, ON_AZURE).json())
        .contains(
            Json.parse(
                """
                {"change": "changed", "part": "function", "name": "mill-hot-reader",
                 "details": "cloud google → azure"}\
                """));
  }
}
