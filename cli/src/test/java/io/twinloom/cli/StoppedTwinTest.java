package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a twin that does not run, and what it is not started or deployed with. */
class StoppedTwinTest {

  /** Neither variables nor files nor a machine's own role give credentials. */
  private static final Map<String, String> NO_ACCOUNT =
      Map.of(
          "AWS_EC2_METADATA_DISABLED",
          "true",
          "AWS_SHARED_CREDENTIALS_FILE",
          "/nowhere",
          "AWS_CONFIG_FILE",
          "/nowhere");

  @TempDir Path folder;

  @Test
  @DisplayName("data is deleted by a mistake")
  void dataIsNotDeletedWithoutAskingOrBeingToldSo() throws Exception {
    init("twin");
    Files.createDirectories(folder.resolve("twin/.twinloom"));
    Path kept = Files.writeString(folder.resolve("twin/.twinloom/journal.json"), "{}");
    CliRun refused = CliRun.in(folder, "destroy", "twin", "--delete-data");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(refused.err()).contains("--yes");
    assertThat(kept).exists();

    CliRun mistyped = CliRun.typing(folder, List.of("no"), "destroy", "twin", "--delete-data");
    assertThat(mistyped.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(mistyped.err())
        .contains("This deletes all", "Type ", "Nothing was ended or deleted");
    assertThat(kept).exists();

    assertThat(CliRun.in(folder, "destroy", "twin", "--delete-data", "--yes").exitCode())
        .isEqualTo(ExitCode.DONE);
    assertThat(kept).doesNotExist();
  }

  @Test
  @DisplayName("a plan for the clouds is wanted before there are credentials")
  void aPlanForTheCloudsSaysWhatIsMissingToAskThemAndLeavesNoFolder() {
    init("twin");
    CliRun run = CliRun.in(folder, NO_ACCOUNT, "plan", "twin", "--target", "cloud");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("dispatcher");
    assertThat(run.err()).contains("is not known", "TL-CREDENTIALS-", "fix: ");
    CliRun json = CliRun.in(folder, NO_ACCOUNT, "plan", "twin", "--target", "cloud", "--json");
    assertThat(json.json().object("clouds").orElseThrow().object("error")).isPresent();

    CliRun check = CliRun.in(folder, NO_ACCOUNT, "check-credentials", "twin");
    assertThat(check.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(check.out()).contains("    at:  ", "    fix: ");
    assertThat(folder.resolve("twin/.twinloom")).doesNotExist();
  }

  @Test
  @DisplayName("the file of the clouds' dashboards is missing, and the twin runs on this machine")
  void whatOnlyTheCloudsNeedIsSaidForTheCloudsAlone() throws Exception {
    init("twin");
    for (List<String> command : List.of(List.of("plan", "twin"), List.of("status", "twin"))) {
      assertThat(CliRun.in(folder, command.toArray(String[]::new)).err())
          .as("%s", command)
          .doesNotContain("config_user.json");
    }
    Files.writeString(
        folder.resolve("twin/config_providers.json"),
        Files.readString(folder.resolve("twin/config_providers.json"))
            .replaceAll("\"(azure|google)\"", "\"aws\""));
    CliRun cloud = CliRun.in(folder, "validate", "twin", "--target", "cloud");
    assertThat(cloud.out() + cloud.err()).contains("config_user.json");
  }

  @Test
  void theStatusOfATwinThatNeverRanSaysThatItDoesNotRun() {
    init("twin");
    CliRun run = CliRun.in(folder, "status", "twin", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.json().members())
        .containsKeys("target", "layers", "functions", "connections", "deadLetters", "warnings");
    assertThat(run.json().get("running")).isEqualTo(JsonBoolean.FALSE);
    JsonObject layer =
        (JsonObject) run.json().array("layers").orElse(JsonArray.EMPTY).values().get(0);
    assertThat(layer).isEqualTo(json("{\"layer\":\"L1\",\"cloud\":\"aws\",\"healthy\":false}"));
  }

  @Test
  void askingATwinThatDoesNotRunFailsAndSaysHowToStartIt() {
    init("twin");
    for (String command : List.of("verify", "simulate", "dead-letters")) {
      CliRun run = CliRun.in(folder, command, "twin");

      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.err()).contains("TL-LOCAL-NOT-RUNNING", "twinloom up twin");
    }
  }

  @Test
  void endingWhatDoesNotRunIsDoneAtOnce() {
    init("twin");
    CliRun run = CliRun.in(folder, "destroy", "twin", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.json()).isEqualTo(json("{\"destroyed\":false,\"dataDeleted\":false}"));
  }

  @Test
  void aCertificateWithoutItsKeyIsRefused() {
    init("twin");
    CliRun run = CliRun.in(folder, "up", "twin", "--mqtt-cert", "c.pem");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("TL-OPTION-MQTT-CERT", "--mqtt-key");
  }

  @Test
  void aFileOfUsersIsCheckedLineByLineAndNoPasswordIsShown() throws Exception {
    init("twin");
    Files.writeString(folder.resolve("users"), "anna:s3cret\nbert s3cret2\n");
    CliRun run = CliRun.in(folder, "up", "twin", "--mqtt-users", "users");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("Line 2", "user:password").doesNotContain("s3cret");
  }

  @Test
  void anAddressInTheFormOfTheWebIsNoneToListenOn() {
    init("twin");
    CliRun run = CliRun.in(folder, "up", "twin", "--bind", "[::1]");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("TL-OPTION-BIND", "::1");
  }

  @Test
  void aFileOfUsersInAnotherEncodingIsNamedWithItsLine() throws Exception {
    init("twin");
    Files.write(folder.resolve("users"), "anna:x\njörg:y\n".getBytes(StandardCharsets.ISO_8859_1));
    CliRun run = CliRun.in(folder, "up", "twin", "--mqtt-users", "users");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("not in UTF-8", "byte 0xF6", "line 2");
  }

  @Test
  void optionsOfThisMachineAreNotIgnoredOnTheClouds() {
    init("twin");
    CliRun run = CliRun.in(folder, "deploy", "twin", "--target", "cloud", "--port-base", "4000");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--port-base");
  }

  private void init(String name) {
    assertThat(CliRun.in(folder, "init", name).exitCode()).isEqualTo(ExitCode.DONE);
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }
}
