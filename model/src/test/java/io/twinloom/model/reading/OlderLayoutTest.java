package io.twinloom.model.reading;

import static io.twinloom.model.reading.TestProject.good;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.CloudSettings.Admin;
import io.twinloom.model.Hierarchy.Entity;
import io.twinloom.model.Project;
import io.twinloom.model.UserCode;
import io.twinloom.model.UserCode.Form;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OlderLayoutTest {

  private static Project read(TestProject files) {
    Reading reading = files.read();
    assertThat(reading.problems()).isEmpty();
    return reading.project().orElseThrow();
  }

  private static TestProject withoutCode() {
    return good().without("processors").without("event_actions").without("event_feedback");
  }

  private static TestProject inFolder(String cloudFolder, String file) {
    TestProject project = withoutCode();
    for (String folder :
        List.of(
            "processors/oven-1",
            "processors/default_processor",
            "event_actions/alarm",
            "event_actions/report",
            "event_actions/restart",
            "event-feedback",
            "_shared")) {
      project.with(cloudFolder + "/" + folder + "/" + file, "code");
    }
    return project;
  }

  private static TestProject l2On(TestProject project, String cloud) {
    return project.change(
        "config_providers.json",
        "\"layer_2_provider\": \"azure\"",
        "\"layer_2_provider\": \"" + cloud + "\"");
  }

  private static void isAllFrom(String folder, Form form, Project project) {
    assertThat(project.userCode())
        .extracting(UserCode::folder)
        .containsExactly(
            folder + "/processors/oven-1",
            folder + "/processors/default_processor",
            folder + "/event_actions/alarm",
            folder + "/event_actions/report",
            folder + "/event_actions/restart",
            folder + "/event-feedback");
    assertThat(project.userCode())
        .allMatch(c -> c.form() == form)
        .allMatch(c -> c.sharedFolder().equals(Optional.of(folder + "/_shared")));
  }

  @Test
  void codeForAwsIsReadFromLambdaFunctions() {
    isAllFrom(
        "lambda_functions",
        Form.PYTHON_LAMBDA,
        read(l2On(inFolder("lambda_functions", "lambda_function.py"), "aws")));
  }

  @Test
  void codeForAzureIsReadFromAzureFunctions() {
    isAllFrom(
        "azure_functions", Form.PYTHON_AZURE, read(inFolder("azure_functions", "function_app.py")));
  }

  @Test
  void codeForGoogleIsReadFromCloudFunctionsAlsoWhereTheCloudIsCalledGcp() {
    isAllFrom(
        "cloud_functions",
        Form.PYTHON_GOOGLE,
        read(l2On(inFolder("cloud_functions", "main.py"), "gcp")));
  }

  @Test
  void theFolderOfTheCloudThatL2IsOnWinsOverThoseOfOtherClouds() {
    TestProject project = inFolder("azure_functions", "process.py");
    project.with("lambda_functions/processors/oven-1/lambda_function.py", "code");

    isAllFrom("azure_functions", Form.PYTHON_PROCESS, read(project));
  }

  @Test
  void aFolderWithOnlyAFileOfAToolHoldsNoCode() {
    Project project = read(good().with("processors/belt-1/.gitkeep", ""));

    assertThat(project.processorOf("belt-1")).isEmpty();
  }

  @Test
  void aRuleNamesTheFolderOfItsCodeFromTheProjectsRoot() {
    Project project =
        read(
            good()
                .without("event_actions/alarm")
                .with("shared/alarms/process.py", "code")
                .change(
                    "config_events.json",
                    "\"functionName\": \"alarm\",",
                    "\"functionName\": \"alarm\", \"pathToCode\": \"./shared/alarms/\","));

    assertThat(project.userCode()).extracting(UserCode::folder).contains("shared/alarms");
  }

  @Test
  void aRuleWrittenForAnotherCloudTakesTheCodeOfThisOne() {
    Project project =
        read(
            good()
                .with("lambda_functions/event_actions/alarm/lambda_function.py", "code")
                .change(
                    "config_events.json",
                    "\"functionName\": \"alarm\",",
                    "\"functionName\": \"alarm\","
                        + " \"pathToCode\": \"lambda_functions/event_actions/alarm\","));

    assertThat(project.userCode()).extracting(UserCode::folder).contains("event_actions/alarm");
  }

  @Test
  void twinMakersHierarchyIsAListOfTrees() {
    TestProject project = good();
    String tree =
        new String(
            project.read("twin_hierarchy/hierarchy.json").orElseThrow(), StandardCharsets.UTF_8);
    Project read =
        read(
            project
                .without("twin_hierarchy")
                .with("twin_hierarchy/aws_hierarchy.json", "[" + tree + "]")
                .with("twin_hierarchy/azure_hierarchy.json", "not looked at"));

    assertThat(read.hierarchy()).isEqualTo(read(good()).hierarchy());
  }

  @Test
  void aDeviceThatIsContainedInATwinOfAzureIsAComponentOfIt() {
    Entity room = read(BadHierarchyTest.onAzure()).hierarchy().roots().get(0);

    assertThat(room.id()).isEqualTo("room");
    assertThat(room.components()).extracting(c -> c.name()).containsExactly("oven-1");
    assertThat(room.components().get(0).componentTypeId()).isEqualTo("dtmi:x:Room;1");
    assertThat(room.components().get(0).device()).contains("oven-1");
    assertThat(room.components().get(0).properties()).hasSize(2);
  }

  @Test
  void otherRelationshipsOfAzureAreRelationsAndPartsAreComponents() {
    TestProject project =
        BadHierarchyTest.onAzure()
            .change(
                "twin_hierarchy/azure_hierarchy.json",
                "\"$relationshipName\": \"contains\"",
                "\"$relationshipName\": \"heats\"")
            .change(
                "twin_hierarchy/azure_hierarchy.json",
                "\"floor\": 1",
                "\"belt-1\": {\"$metadata\": {}}");
    List<Entity> roots = read(project).hierarchy().roots();

    assertThat(roots).extracting(Entity::id).containsExactly("room", "oven-1");
    assertThat(roots.get(0).relations().get(0).name()).isEqualTo("heats");
    assertThat(roots.get(0).components().get(0).device()).contains("belt-1");
    assertThat(roots.get(1).components().get(0).device()).contains("oven-1");
  }

  @Test
  void twinsThatContainEachOtherEndUpInATree() {
    TestProject project =
        BadHierarchyTest.onAzure()
            .change(
                "twin_hierarchy/azure_hierarchy.json",
                "\"$relationshipName\": \"contains\"}",
                "\"$relationshipName\": \"contains\"}, {\"$sourceId\": \"oven-1\", \"$targetId\":"
                    + " \"room\", \"$relationshipName\": \"contains\"}");
    List<Entity> roots = project.read().project().orElseThrow().hierarchy().roots();

    assertThat(roots).extracting(Entity::id).containsExactly("room");
    assertThat(roots.get(0).children().get(0).relations().get(0).target()).isEqualTo("room");
  }

  @Test
  void whatOnlyTheCloudsNeedIsRead() {
    Project project =
        read(
            good()
                .with(
                    "config_user.json",
                    "{\"admin_email\": \"ann@example.com\", \"admin_first_name\": \"Ann\","
                        + " \"admin_last_name\": \"Lee\"}")
                .with(
                    "config_credentials.json",
                    "{\"gcp\": {\"gcp_project_id\": \"p\"}, \"aws\": {}}")
                .with("state_machines/azure_logic_app.json", WorkflowFilesTest.LOGIC_APP)
                .with("state_machines/google_cloud_workflow.yaml", WorkflowFilesTest.GOOGLE));

    assertThat(project.cloudSettings().admin())
        .contains(new Admin("ann@example.com", "Ann", "Lee"));
    assertThat(project.cloudSettings().credentials()).containsExactly(KnownClouds.GOOGLE);
    assertThat(project.cloudSettings().workflows())
        .containsOnlyKeys(KnownClouds.AZURE, KnownClouds.GOOGLE);
  }

  @Test
  void optionsOfTheConfigurationAreRead() {
    Project project =
        read(
            good()
                .change(
                    "config.json",
                    "\"DEBUG\"",
                    "\"PRODUCTION\", \"history_over_tiers\": false, \"compress_chunks\": true,"
                        + " \"signed_connections\": {\"aws_l1_to_azure_l2\": \"strict\"}"));

    assertThat(project.config().historyOverTiers()).isFalse();
    assertThat(project.config().compressChunks()).isTrue();
    assertThat(project.config().signedConnections().of("aws_l1_to_azure_l2")).hasToString("STRICT");
    assertThat(project.config().signedConnections().of("azure_l2_to_gcp_l3")).hasToString("OFF");
  }

  @Test
  void connectionsAreReadWithTheGivenTokens() {
    String token = "0123456789abcdef0123456789abcdef";
    Project project =
        read(
            good()
                .with(
                    "config_inter_cloud.json",
                    "{\"connections\": {\"azure_l2_to_gcp_l3hot\": {\"provider\": \"gcp\","
                        + " \"function\": \"hot-writer\", \"url\": \"https://h/x\", \"token\": \""
                        + token
                        + ","
                        + token
                        + "\"}}}"));

    assertThat(project.connections().byId().get("azure_l2_to_gcp_l3hot").provider())
        .isEqualTo(KnownClouds.GOOGLE);
    assertThat(project.connections().byId().get("azure_l2_to_gcp_l3hot").token()).startsWith(token);
  }

  @Test
  void theNeutralFoldersHaveASharedFolderEachWhichIsNoDevicesAndNoFunctions() {
    Project project =
        read(
            good()
                .with("processors/_shared/units.py", "X = 1\n")
                .with("event_actions/_shared/texts.py", "X = 1\n"));

    assertThat(project.userCode())
        .isNotEmpty()
        .allSatisfy(
            code ->
                assertThat(code.sharedFolder())
                    .isEqualTo(
                        switch (code.role()) {
                          case PROCESSOR, DEFAULT_PROCESSOR -> Optional.of("processors/_shared");
                          case EVENT_ACTION -> Optional.of("event_actions/_shared");
                          case EVENT_FEEDBACK -> Optional.empty();
                        }));
  }
}
