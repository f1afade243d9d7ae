package io.twinloom.topology.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Placement;
import io.twinloom.topology.Projects;
import io.twinloom.topology.Topology;
import org.junit.jupiter.api.Test;

class PlanJsonTest {
  private static final Placement APART =
      Projects.placement("aws", "azure", "google", "aws", "azure", "none", "none");
  private final JsonObject plan =
      PlanJson.of(Topology.of(Projects.project(APART, Projects.ALL_ON, true)));

  @Test
  void aFunctionSaysWhereItRunsAndWhy() throws Exception {
    assertThat(plan.array("functions").orElseThrow())
        .contains(
            Json.parse(
                """
                {"name": "mill-ingestion", "cloudName": "mill-ingestion", "function": "ingestion",
                 "cloud": "azure", "layer": "L2", "exposed": true,
                 "why": "receives the measurements of L1, which is on aws; exposed because L1 on \
                aws sends to it"}\
                """),
            Json.parse(
                """
                {"name": "mill-saw-processor", "cloudName": "mill-saw-processor",
                 "function": "user-processor", "cloud": "azure", "layer": "L2",
                 "exposed": false, "why": "the user's code for device saw"}\
                """));
  }

  @Test
  void aStoreSaysWhatItHolds() throws Exception {
    assertThat(plan.array("stores").orElseThrow())
        .contains(
            Json.parse(
                """
                {"name": "mill-hot-iot-data", "cloudName": "mill-hot-iot-data", "kind": "hot",
                 "cloud": "google"}\
                """));
  }

  @Test
  void aScheduleSaysWhatRunsWhen() throws Exception {
    assertThat(plan.array("schedules").orElseThrow())
        .contains(
            Json.parse(
                """
                {"name": "mill-hot-to-cold-mover-daily", "cloud": "google", "function": "mill-hot-to-cold-mover",
                 "cron": "0 2 * * *", "what": "moves what is due, daily at 02:00 UTC"}\
                """));
  }

  @Test
  void aConnectionSaysWhoSendsToWhom() throws Exception {
    assertThat(plan.array("connections").orElseThrow())
        .contains(
            Json.parse(
                """
                {"id": "aws_l1_to_azure_l2", "from": "aws", "to": "azure",
                 "function": "ingestion", "senders": ["mill-connector"],
                 "receiver": "mill-ingestion"}\
                """),
            Json.parse(
                """
                {"id": "azure_l2_to_gcp_l3", "from": "azure", "to": "google",
                 "function": "hot-writer", "senders": ["mill-persister"],
                 "receiver": "mill-hot-writer"}\
                """));
  }
}
