package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.json.Json;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Applies and destroys with the real Terraform and stand-ins for the clouds. */
@Tag("full")
class TerraformApplyTest {

  @Test
  void aTwinWhollyOnAwsIsMadeReadAndLeavesNothing() {
    Path data = TfCheck.emptyFolder("whole");
    List<String> steps = new ArrayList<>();
    TerraformFolder terraform = written(Twins.twin("aaaaaaa", Twins.ALL), data, steps);
    terraform.init();
    terraform.validate();
    PlannedChanges changes = terraform.plan();
    assertThat(changes.changed() + changes.removed()).isZero();
    assertThat(changes.losses()).isEmpty();
    terraform.apply();
    assertThat(terraform.managed()).isEqualTo((int) changes.added());
    assertThat(steps)
        .contains(
            "made function mill-dispatcher",
            "made function mill-Säge.1-processor",
            "made table mill-hot-iot-data",
            "made bucket cold",
            "made workflow mill-workflow",
            "made TwinMaker workspace twin",
            "made topic rule telemetry");

    AwsRules.check(
        Twins.twin("aaaaaaa", Twins.ALL),
        Part.of(TfCheck.show(data.resolve("terraform"))).get("aws"));
    JsonObject aws = terraform.outputs().object("clouds").orElseThrow().object("aws").orElseThrow();
    JsonObject endpoints = terraform.outputs().object("endpoints").orElseThrow();
    assertThat(endpoints.object("aws").orElseThrow().members()).isEmpty();
    assertThat(aws.text("state_table")).contains("mill-state");
    assertThat(aws.object("stores").orElseThrow().text("mill-hot-iot-data"))
        .contains("mill-hot-iot-data");
    assertThat(aws.object("stores").orElseThrow().text("mill-cold-iot-data").orElse(""))
        .matches("mill-cold-iot-data-[0-9a-f]{8}");
    JsonObject device =
        terraform
            .outputs()
            .object("device_credentials")
            .orElseThrow()
            .object("aws")
            .orElseThrow()
            .object("Säge.1")
            .orElseThrow();
    assertThat(device.text("client_id").orElse("")).matches("mill-Sage-1-[0-9a-z]{6}");
    assertThat(device.text("telemetry")).contains("dt/mill/Säge.1/telemetry");
    assertThat(device.text("private_key").orElse("")).isNotEmpty();

    assertThat(terraform.plan().changes()).isEmpty();
    assertThat(terraform.planDestroy().losses())
        .extracting(PlannedChanges.Change::what)
        .contains("table mill-hot-iot-data", "bucket cold", "bucket archive", "bucket dead-letters")
        .doesNotContain("bucket deployment");
    terraform.destroy();
    assertThat(terraform.managed()).isZero();
  }

  @Test
  void whatHoldsDataCanStayWithWhatProtectsItAndIsTakenIntoUseAgain() {
    Path data = TfCheck.emptyFolder("kept");
    Project project = Twins.twin("aaaaaaa", Twins.ALL);
    TerraformFolder terraform = written(project, data, new ArrayList<>());
    terraform.init();
    terraform.plan();
    terraform.apply();
    int all = terraform.managed();
    List<StoredData> stored = terraform.stored();
    assertThat(stored)
        .extracting(StoredData::id)
        .containsExactlyInAnyOrder(
            "aws:mill-hot-iot-data",
            "aws:mill-cold-iot-data",
            "aws:mill-archive-iot-data",
            "aws:mill-state",
            "aws:mill-dead-letters",
            "aws:mill-twin");

    PlannedChanges changes = terraform.planDestroy(stored);
    assertThat(changes.losses()).isEmpty();
    assertThat(changes.removed()).isPositive();
    terraform.apply();
    assertThat(terraform.stored())
        .extracting(StoredData::address)
        .containsExactlyInAnyOrderElementsOf(stored.stream().map(StoredData::address).toList());
    assertThat(Json.text(TfCheck.show(data.resolve("terraform"))))
        .contains("aws_s3_bucket_public_access_block.this[\\\"cold\\\"]")
        .doesNotContain("\"address\":\"module.aws.aws_lambda_function.");
    assertThat(terraform.planDestroy(terraform.stored()).isEmpty()).isTrue();

    PlannedChanges again = terraform.plan();
    assertThat(again.losses()).isEmpty();
    assertThat(again.changes())
        .filteredOn(c -> c.action() == PlannedChanges.Action.ADD)
        .extracting(PlannedChanges.Change::what)
        .contains("function mill-dispatcher")
        .doesNotContain("table mill-hot-iot-data", "bucket cold");
    terraform.apply();
    assertThat(terraform.managed()).isEqualTo(all);
    terraform.destroy();
    assertThat(terraform.managed()).isZero();
  }

  @Test
  void addressesGoFromReceiversToSendersWithinOneApply() {
    Path data = TfCheck.emptyFolder("crossings");
    TerraformFolder terraform =
        written(Twins.twin("azazaaa", Twins.EVENTS), data, new ArrayList<>());
    terraform.init();
    terraform.plan();
    terraform.apply();
    JsonObject endpoints = terraform.outputs().object("endpoints").orElseThrow();
    JsonObject onAws = endpoints.object("aws").orElseThrow();
    assertThat(onAws.members().keySet())
        .contains("mill-feedback-gateway", "mill-hot-writer", "mill-archive-writer");
    assertThat(endpoints.object("azure").orElseThrow().members().keySet())
        .contains("mill-ingestion", "mill-cold-writer");
    assertThat(onAws.text("mill-hot-writer").orElse("")).startsWith("https://");
    assertThat(Json.text(TfCheck.show(data.resolve("terraform"))))
        .contains("\"REMOTE_INGESTION_URL\":\"https://x.example/mill-ingestion\"");
    terraform.destroy();
    assertThat(terraform.managed()).isZero();
  }

  @Test
  void theStateIsOutsideTheFolderWhichCanBeWrittenAnew() throws Exception {
    Path data = TfCheck.emptyFolder("anew");
    Project project = Twins.twin("zzzazzz", Twins.EVENTS);
    TerraformFolder terraform = written(project, data, new ArrayList<>());
    terraform.init();
    terraform.plan();
    terraform.apply();
    assertThat(Files.exists(data.resolve("terraform.tfstate"))).isTrue();
    new TerraformFiles(data.resolve("terraform")).remove();
    TerraformFolder again = written(project, data, new ArrayList<>());
    again.init();
    assertThat(again.plan().changes()).isEmpty();
    again.destroy();
  }

  @Test
  void theDailyMoveIsDividedOverTheRunsThatTheProjectSets() {
    Path data = TfCheck.emptyFolder("runs");
    TerraformFolder terraform =
        written(Twins.setting("aaaaaaa", "{\"mover_runs\": 3}"), data, new ArrayList<>());
    terraform.init();
    terraform.plan();
    terraform.apply();

    Part aws = Part.of(TfCheck.show(data.resolve("terraform"))).get("aws");
    for (String when : List.of("daily", "continue")) {
      for (int run = 0; run < 3; run++) {
        JsonObject input =
            Part.parse(
                aws.one("aws_scheduler_schedule", "mill-hot-to-cold-mover-" + when + "-" + run)
                    .block("target")
                    .text("input")
                    .orElseThrow());
        assertThat(input.get("run")).isEqualTo(JsonNumber.of(run));
        assertThat(input.get("of")).isEqualTo(JsonNumber.of(3));
        assertThat(input.has("continue")).isEqualTo(when.equals("continue"));
      }
    }
    assertThat(aws.keys("aws_scheduler_schedule"))
        .doesNotContain("mill-hot-to-cold-mover-daily", "mill-hot-to-cold-mover-continue")
        .noneMatch(name -> name.matches("mill-cold-to-archive-mover-.*-[0-9]"));
    terraform.destroy();
  }

  @Test
  void aSettingThatTheReaderWouldRefuseIsRefusedByTheHclToo() {
    for (String wrong :
        List.of(
            "{\"mover_runs\": 17}",
            "{\"batch_window_seconds\": 301}",
            "{\"put_off_limit_seconds\": 59}",
            "{\"log_retention_days\": 17}",
            "{\"tags\": [1]}")) {
      TerraformFolder terraform =
          written(Twins.setting("aaaaaaa", wrong), TfCheck.emptyFolder("wrong"), new ArrayList<>());
      terraform.init();
      assertThatThrownBy(terraform::plan).as(wrong).isInstanceOf(TwinloomException.class);
    }
  }

  private static TerraformFolder written(Project project, Path data, List<String> steps) {
    Path folder = Twins.written(project, data.resolve("terraform"));
    return TfCheck.terraform().in(folder, Map.of(), Set.of(), steps::add);
  }
}
