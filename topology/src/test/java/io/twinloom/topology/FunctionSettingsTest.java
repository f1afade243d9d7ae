package io.twinloom.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.json.Json;
import io.twinloom.model.Connections;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.TwinConfig;
import io.twinloom.model.TwinloomException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionSettingsTest {
  private static final Placement APART =
      Projects.placement("aws", "azure", "google", "aws", "azure", "azure", "google");

  @Test
  void everyFunctionKnowsItsTwinByOneTextThatAllShare() throws Exception {
    Map<String, Map<String, String>> all = settings(Projects.project(APART));
    String info = all.get("mill-saw-processor").get("DIGITAL_TWIN_INFO");
    assertThat(all.values()).allMatch(own -> own.get("DIGITAL_TWIN_INFO") == info);
    String saw =
        """
        "properties": [{"name": "speed", "dataType": "DOUBLE", "initValue": 1.50}],
        "constProperties": [{"name": "maker", "dataType": "STRING", "value": "ACME"}]\
        """;
    assertThat(Json.parse(info))
        .isEqualTo(
            Json.parse(
                """
                {"config": {"digital_twin_name": "mill", "hot_storage_size_in_days": 7,
                            "cold_storage_size_in_days": 30, "mode": "PRODUCTION"},
                 "config_iot_devices": [
                   {"id": "saw", SAW},
                   {"id": "drill", "properties": [{"name": "depth", "dataType": "INTEGER"}]}],
                 "config_events": [RULE(alarm), RULE(alarm), RULE(first), RULE(theirs)],
                 "config_providers": {
                   "layer_1_provider": "aws", "layer_2_provider": "azure",
                   "layer_3_hot_provider": "google", "layer_3_cold_provider": "aws",
                   "layer_3_archive_provider": "azure", "layer_4_provider": "azure",
                   "layer_5_provider": "google"},
                 "twin_hierarchy": [
                   {"type": "entity", "id": "hall",
                    "children": [
                      {"type": "entity", "id": "bench",
                       "children": [
                         {"type": "component", "name": "saw-part", "componentTypeId": "machine",
                          "iotDeviceId": "saw", SAW}]}],
                    "relations": [{"name": "holds", "target": "bench"}]}],
                 "processors": {"saw": "mill-saw-processor", "*": "mill-default-processor"}}
                """
                    .replace("SAW", saw)
                    .replaceAll(
                        "RULE\\((\\w+)\\)",
                        "{\"condition\": \"bench.saw-part.speed > INTEGER(3)\","
                            + " \"action\": {\"functionName\": \"$1\"}}")));
  }

  @Test
  void aLayerThatATwinLacksIsNone() {
    Placement p = Projects.placement("aws", "aws", "aws", "aws", "aws", "none", "none");
    assertThat(settings(Projects.project(p)).get("mill-dispatcher").get("DIGITAL_TWIN_INFO"))
        .contains("\"layer_4_provider\":\"none\",\"layer_5_provider\":\"none\"");
  }

  @Test
  void theDispatcherHandsOnToTheConnectorWhereThereIsOne() {
    assertThat(own(Projects.project(APART), "mill-dispatcher"))
        .isEqualTo(Map.of("TARGET_FUNCTION_SUFFIX", "-connector"));
    assertThat(own(Projects.project(Projects.allOn("aws")), "mill-dispatcher"))
        .isEqualTo(Map.of("TARGET_FUNCTION_SUFFIX", "-processor"));
  }

  @Test
  void aSenderHasTheAddressAndTheTokenOfItsConnection() {
    assertThat(own(Projects.project(APART), "mill-connector"))
        .isEqualTo(
            Map.of(
                "REMOTE_INGESTION_URL", "https://azure.example/mill-ingestion",
                "REMOTE_INGESTION_TOKEN", "token-of-aws_l1_to_azure_l2",
                "INTER_CLOUD_TOKEN", "token-of-aws_l1_to_azure_l2"));
    assertThat(own(Projects.project(APART), "mill-cold-to-archive-mover"))
        .containsEntry("REMOTE_ARCHIVE_WRITER_URL", "https://azure.example/mill-archive-writer");
    assertThat(own(Projects.project(APART), "mill-digital-twin-data-connector-last-entry"))
        .containsEntry("REMOTE_READER_URL", "https://google.example/mill-hot-reader-last-entry");
  }

  @Test
  void aSenderWithSeveralConnectionsTellsTheirTokensApart() {
    assertThat(own(Projects.project(APART), "mill-history-reader"))
        .isEqualTo(
            Map.of(
                "LOCAL_ARCHIVE_READER_NAME", "mill-archive-reader",
                "REMOTE_READER_URL", "https://google.example/mill-hot-reader",
                "REMOTE_READER_TOKEN", "token-of-gcp_l3_to_azure_l4_hot_reader",
                "REMOTE_COLD_READER_URL", "https://aws.example/mill-cold-reader",
                "REMOTE_COLD_READER_TOKEN", "token-of-aws_l3cold_to_azure_l4_cold_reader"));
  }

  @Test
  void aHistoryReaderCallsTheReadersOfItsOwnCloud() {
    Placement p = Projects.placement("aws", "aws", "aws", "aws", "aws", "none", "none");
    assertThat(own(Projects.project(p), "mill-history-reader"))
        .isEqualTo(
            Map.of(
                "LOCAL_HOT_READER_NAME", "mill-hot-reader",
                "LOCAL_COLD_READER_NAME", "mill-cold-reader",
                "LOCAL_ARCHIVE_READER_NAME", "mill-archive-reader"));
  }

  @Test
  void aReceiverAcceptsTheTokensOfAllItsConnections() {
    assertThat(own(Projects.project(APART), "mill-hot-reader"))
        .isEqualTo(
            Map.of(
                "INTER_CLOUD_TOKEN",
                "token-of-gcp_l3_to_azure_l4_hot_reader,token-of-gcp_l3_to_gcp_l5_hot_reader"));
  }

  @Test
  void duringRotationAReceiverAcceptsBothTokensAndTheSenderSendsTheNewest() {
    Project project = Projects.project(APART);
    Map<String, Connections.Connection> byId = new LinkedHashMap<>(connections(project).byId());
    Connections.Connection old = byId.get("aws_l1_to_azure_l2");
    byId.put(
        "aws_l1_to_azure_l2",
        new Connections.Connection(old.provider(), old.function(), old.url(), "newest, oldest"));
    Map<String, Map<String, String>> all =
        named(project, Topology.of(project), new Connections(byId));
    assertThat(all.get("mill-ingestion")).containsEntry("INTER_CLOUD_TOKEN", "newest,oldest");
    assertThat(all.get("mill-connector"))
        .containsEntry("REMOTE_INGESTION_TOKEN", "newest")
        .containsEntry("INTER_CLOUD_TOKEN", "newest");
  }

  @Test
  void bothEndsOfAConnectionKnowWhetherItSigns() {
    Project project =
        Projects.signing(
            APART,
            new TwinConfig.Signing(
                TwinConfig.SigningMode.OFF,
                Map.of(
                    "aws_l1_to_azure_l2", TwinConfig.SigningMode.STRICT,
                    "gcp_l3_to_azure_l4_hot_reader", TwinConfig.SigningMode.ON)));
    assertThat(own(project, "mill-connector")).containsEntry("REMOTE_INGESTION_SIGNED", "strict");
    assertThat(own(project, "mill-ingestion")).containsEntry("INTER_CLOUD_SIGNED", "strict");
    assertThat(own(project, "mill-hot-reader")).containsEntry("INTER_CLOUD_SIGNED", "on,off");
    assertThat(own(project, "mill-persister")).doesNotContainKey("REMOTE_WRITER_SIGNED");
    assertThat(own(project, "mill-hot-writer")).doesNotContainKey("INTER_CLOUD_SIGNED");
  }

  @Test
  void duringRotationASignedRequestIsSignedWithBothTokens() {
    Project project =
        Projects.signing(APART, new TwinConfig.Signing(TwinConfig.SigningMode.ON, Map.of()));
    Map<String, Connections.Connection> byId = new LinkedHashMap<>(connections(project).byId());
    Connections.Connection old = byId.get("aws_l1_to_azure_l2");
    byId.put(
        "aws_l1_to_azure_l2",
        new Connections.Connection(old.provider(), old.function(), old.url(), "newest, oldest"));
    Map<String, Map<String, String>> all =
        named(project, Topology.of(project), new Connections(byId));
    assertThat(all.get("mill-connector")).containsEntry("REMOTE_INGESTION_TOKEN", "newest,oldest");
    assertThat(all.get("mill-ingestion"))
        .containsEntry("INTER_CLOUD_TOKEN", "newest,oldest")
        .containsEntry("INTER_CLOUD_SIGNED", "on,on");
  }

  @Test
  void theWayOfAnEventIsNamedFunctionByFunction() {
    Project project = Projects.project(Projects.allOn("aws"), Projects.ALL_ON, true);
    assertThat(own(project, "mill-processor"))
        .isEqualTo(Map.of("PERSISTER_LAMBDA_NAME", "mill-persister"));
    Map<String, String> switches =
        Map.of("USE_EVENT_CHECKING", "true", "USE_WORKFLOW", "true", "USE_FEEDBACK", "true");
    assertThat(own(project, "mill-persister"))
        .containsAllEntriesOf(switches)
        .containsEntry("EVENT_CHECKER_LAMBDA_NAME", "mill-event-checker");
    assertThat(own(project, "mill-event-checker"))
        .containsAllEntriesOf(switches)
        .containsEntry("EVENT_FEEDBACK_LAMBDA_NAME", "mill-event-feedback");
    assertThat(own(project, "mill-event-feedback"))
        .isEqualTo(Map.of("USER_FEEDBACK_LAMBDA_NAME", "mill-user-feedback"));
  }

  @Test
  void aSenderPutsSeveralEventsIntoOneRequestWhereTheConnectionSaysThatItsReceiverTakesThem() {
    Project project = Projects.project(APART);
    Map<String, Connections.Connection> byId = new LinkedHashMap<>(connections(project).byId());
    byId.replaceAll(
        (id, c) ->
            new Connections.Connection(
                c.provider(), c.function(), c.url(), c.token(), c.function().equals("hot-writer")));
    Topology topology = Topology.of(project);
    assertThat(named(project, topology, new Connections(byId)).get("mill-persister"))
        .containsEntry("REMOTE_WRITER_BATCHES", "true");
    assertThat(settings(project).get("mill-persister")).doesNotContainKey("REMOTE_WRITER_BATCHES");
    Map<String, String> tokens = new LinkedHashMap<>();
    byId.forEach((id, c) -> tokens.put(id, c.token()));
    assertThat(
            FunctionSettings.apart(project, topology, tokens)
                .get(topology.function("mill-connector").orElseThrow().id())
                .open())
        .containsEntry("REMOTE_INGESTION_BATCHES", "true");
  }

  @Test
  void thePersisterCallsATwinUpdaterOfItsOwnCloudAndPostsToOneElsewhere() {
    Project together = Projects.project(Projects.allOn("azure"));
    assertThat(own(together, "mill-persister"))
        .containsEntry("TWIN_UPDATER_LAMBDA_NAME", "mill-twin-updater")
        .doesNotContainKey("REMOTE_TWIN_URL");
    Placement apart = Projects.placement("aws", "aws", "aws", "aws", "aws", "azure", "none");
    assertThat(own(Projects.project(apart), "mill-persister"))
        .containsEntry("REMOTE_TWIN_URL", "https://azure.example/mill-twin-updater")
        .doesNotContainKey("TWIN_UPDATER_LAMBDA_NAME");
  }

  @Test
  void whatIsNotDeployedIsNotSwitchedOn() {
    Map<String, String> off =
        Map.of("USE_EVENT_CHECKING", "false", "USE_WORKFLOW", "false", "USE_FEEDBACK", "false");
    Project without = Projects.project(Projects.allOn("aws"));
    assertThat(own(without, "mill-persister")).isEqualTo(off);
    Project with = Projects.project(Projects.allOn("aws"), Projects.ALL_ON, true);
    Topology all = Topology.of(with);
    Topology bare =
        new Topology(
            all.twin(),
            all.placement(),
            List.of(all.function(FunctionKind.PERSISTER).orElseThrow()),
            all.stores(),
            List.of(),
            all.topics(),
            List.of(),
            List.of());
    assertThat(named(with, bare, Connections.NONE).get("mill-persister"))
        .containsAllEntriesOf(off)
        .doesNotContainKey("EVENT_CHECKER_LAMBDA_NAME");
  }

  @ParameterizedTest
  @CsvSource({
    "aws_l1_to_azure_l2, mill-ingestion on azure cannot be reached from aws",
    "azure_l2_to_gcp_l3, mill-hot-writer on google cannot be reached from azure"
  })
  void aMissingConnectionIsNamed(String id, String consequence) {
    Project project = Projects.project(APART);
    Map<String, Connections.Connection> byId = new LinkedHashMap<>(connections(project).byId());
    assertThat(byId.remove(id)).isNotNull();
    assertThatThrownBy(() -> named(project, Topology.of(project), new Connections(byId)))
        .isInstanceOf(TwinloomException.class)
        .hasMessage("connection " + id + " is missing: " + consequence)
        .extracting(e -> ((TwinloomException) e).code())
        .isEqualTo("TL-CONNECTION-MISSING");
  }

  @Test
  void theHotWritersConnectionIsReadUnderItsOtherIdToo() {
    Project project = Projects.project(APART);
    Map<String, Connections.Connection> byId = new LinkedHashMap<>(connections(project).byId());
    byId.put("azure_l2_to_gcp_l3hot", byId.remove("azure_l2_to_gcp_l3"));
    assertThat(named(project, Topology.of(project), new Connections(byId)).get("mill-hot-writer"))
        .containsEntry("INTER_CLOUD_TOKEN", "token-of-azure_l2_to_gcp_l3");
  }

  @Test
  void aTokenStandsInTheSettingsOfItsConnectionsFunctionsAndNowhereElse() {
    List<String> wrong = new ArrayList<>();
    for (Placement placement : Projects.placements()) {
      Project project = Projects.project(placement, Projects.ALL_ON, true);
      Topology topology = Topology.of(project);
      Map<String, Map<String, String>> all = named(project, topology, connections(project));
      for (Connection c : topology.connections()) {
        for (String function : all.keySet()) {
          boolean holds =
              all.get(function).entrySet().stream()
                  .filter(e -> e.getKey().endsWith("TOKEN"))
                  .anyMatch(e -> List.of(e.getValue().split(",")).contains("token-of-" + c.id()));
          boolean leaks =
              all.get(function).entrySet().stream()
                  .anyMatch(e -> !e.getKey().endsWith("TOKEN") && e.getValue().contains("token-"));
          boolean needs = c.senders().contains(function) || c.receiver().name().equals(function);
          if (holds != needs || leaks) {
            wrong.add(function + " " + c.id() + " " + placement);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** The settings of one function without the one that all have. */
  private static Map<String, String> own(Project project, String function) {
    Map<String, String> own = new TreeMap<>(settings(project).get(function));
    own.remove("DIGITAL_TWIN_INFO");
    return own;
  }

  /** By the functions' names, of which there is one each in a twin that does not change. */
  private static Map<String, Map<String, String>> named(
      Project project, Topology topology, Connections connections) {
    Map<String, Map<String, String>> named = new LinkedHashMap<>();
    FunctionSettings.of(project, topology, connections)
        .forEach((id, settings) -> named.put(id.name(), settings));
    return named;
  }

  private static Map<String, Map<String, String>> settings(Project project) {
    return named(project, Topology.of(project), connections(project));
  }

  /** A connections file that has all that the project needs. */
  private static Connections connections(Project project) {
    Map<String, Connections.Connection> byId = new LinkedHashMap<>();
    for (Connection c : Topology.of(project).connections()) {
      URI url = URI.create("https://" + c.to().id() + ".example/" + c.receiver().name());
      byId.put(
          c.id(),
          new Connections.Connection(c.to(), c.receiver().kind().id(), url, "token-of-" + c.id()));
    }
    return new Connections(byId);
  }
}
