package io.twinloom.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Condition;
import io.twinloom.model.EventRule;
import io.twinloom.model.EventRule.ActionType;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.UserCode.Form;
import io.twinloom.model.cloud.KnownClouds;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoodProjectTest {

  private static Project read(TestProject files) {
    Reading reading = files.read();
    assertThat(reading.problems()).isEmpty();
    return reading.project().orElseThrow();
  }

  @Test
  void everyFileOfAGoodProjectIsRead() {
    Project project = read(TestProject.good());

    assertThat(project.config().name()).isEqualTo("factory");
    assertThat(project.config().historyOverTiers()).isTrue();
    assertThat(project.placement())
        .isEqualTo(
            new Placement(
                KnownClouds.AWS,
                KnownClouds.AZURE,
                KnownClouds.GOOGLE,
                KnownClouds.AWS,
                KnownClouds.AZURE,
                Optional.of(KnownClouds.AWS),
                Optional.empty()));
    assertThat(project.devices()).extracting(d -> d.id()).containsExactly("oven-1", "belt-1");
    assertThat(project.features().returnFeedbackToDevice()).isTrue();
    assertThat(project.simulatorPayloads()).hasSize(2);
    assertThat(project.userCode())
        .extracting(c -> c.role() + " " + c.name() + " " + c.form())
        .containsExactly(
            "PROCESSOR oven-1 PYTHON_PROCESS",
            "DEFAULT_PROCESSOR  PYTHON_PROCESS",
            "EVENT_ACTION alarm PYTHON_PROCESS",
            "EVENT_ACTION report JAVA_SOURCE",
            "EVENT_ACTION restart JAVA_JAR",
            "EVENT_FEEDBACK  PYTHON_PROCESS");
  }

  @Test
  void aRuleKnowsItsDeviceThroughTheHierarchy() {
    EventRule rule = read(TestProject.good()).rules().get(0);

    assertThat(rule.device()).isEqualTo("oven-1");
    assertThat(rule.condition())
        .isEqualTo(
            new Condition.Comparison(
                new Condition.Path("hall.oven", "temperature", "oven-1"),
                Condition.Operator.GREATER,
                new Condition.NumberConstant(new BigDecimal("200.5"))));
    assertThat(rule.action().type()).isEqualTo(ActionType.FUNCTION);
    assertThat(rule.action().feedback()).isPresent();
    assertThat(rule.source().has("condition")).isTrue();
  }

  @Test
  void aComponentWithoutPropertiesHasThoseOfItsDevice() {
    Hierarchy.Entity hall = read(TestProject.good()).hierarchy().roots().get(0);

    assertThat(hall.components())
        .extracting(c -> c.device().orElse(""))
        .containsExactly("oven-1", "belt-1");
    assertThat(hall.components().get(0).properties()).hasSize(2);
    assertThat(hall.components().get(0).constProperties()).hasSize(1);
    assertThat(hall.children().get(0).relations().get(0).target()).isEqualTo("hall");
  }

  @Test
  void withoutAHierarchyEachDeviceIsAnEntity() {
    Project project =
        read(
            TestProject.good()
                .without("twin_hierarchy/hierarchy.json")
                .change(
                    "config_events.json", "hall.oven.temperature", "anything.oven-1.temperature"));

    assertThat(project.hierarchy().generated()).isTrue();
    assertThat(project.hierarchy().roots())
        .extracting(e -> e.id())
        .containsExactly("oven-1", "belt-1");
    assertThat(project.rules().get(0).device()).isEqualTo("oven-1");
  }

  @Test
  void onlyThreeFilesAreNeeded() {
    Project project =
        read(
            TestProject.good()
                .without("config_events.json")
                .without("config_optimization.json")
                .without("twin_hierarchy")
                .without("processors")
                .without("event_actions")
                .without("event_feedback")
                .without("iot_device_simulator"));

    assertThat(project.rules()).isEmpty();
    assertThat(project.userCode()).isEmpty();
  }

  @Test
  void theJavaSourceOfAFolderTakesTheJarsBesideItAsLibraries() {
    Project project = read(TestProject.good().with("event_actions/report/library.jar", "PK"));

    assertThat(project.userCode()).extracting(c -> c.form()).contains(Form.JAVA_SOURCE);
  }

  @Test
  void missingProvidersOfTheUpperLayersAreThoseBelow() {
    Project project =
        read(
            TestProject.good()
                .change("config_providers.json", "  \"layer_4_provider\": \"aws\",\n", "")
                .change(
                    "config_providers.json",
                    "\"azure\",\n  \"layer_5_provider\": \"none\"",
                    "\"azure\""));

    assertThat(project.placement().l4()).contains(KnownClouds.GOOGLE);
    assertThat(project.placement().l5()).contains(KnownClouds.GOOGLE);
  }
}
