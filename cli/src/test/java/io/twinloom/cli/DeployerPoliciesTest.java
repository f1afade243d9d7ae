package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.testkit.aws.FakeAws;
import io.twinloom.testkit.aws.FakeAws.Answer;
import io.twinloom.testkit.project.ProjectBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check-credentials --policy} prints what is pasted into the cloud's console. */
class DeployerPoliciesTest {

  @TempDir Path folder;
  private FakeAws aws;

  @BeforeEach
  void start() throws IOException {
    aws =
        new FakeAws(
            request ->
                Answer.xml(
                    "<GetCallerIdentityResponse><GetCallerIdentityResult>"
                        + "<Arn>arn:aws:iam::123456789012:user/deployer</Arn>"
                        + "<Account>123456789012</Account></GetCallerIdentityResult>"
                        + "</GetCallerIdentityResponse>"));
    ProjectBuilder.of("hall").writeTo(folder.resolve("hall"));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private CliRun run(String... words) {
    return CliRun.in(folder, aws.environment(), words);
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theDocumentsAreTheOnlyThingOnStandardOut() {
    CliRun run = run("check-credentials", "hall", "--policy");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out())
        .startsWith("{")
        .contains("\"Version\"", "arn:aws:lambda:eu-central-1:123456789012:function:hall-*");
    JsonObject result = json(run("check-credentials", "hall", "--policy", "--json").out());
    JsonObject cloud = (JsonObject) result.array("clouds").orElseThrow().values().getFirst();
    assertThat(cloud.text("cloud")).contains("aws");
    assertThat(cloud.array("policies").orElseThrow().size()).isPositive();
  }

  @Test
  void whereTheAccountIsNotKnownThatIsSaid() {
    aws.answer(
        request ->
            new Answer(
                403,
                "text/xml",
                "<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>no</Message>"
                    + "</Error></ErrorResponse>"));
    CliRun run = run("check-credentials", "hall", "--policy");
    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("arn:aws:lambda:eu-central-1:*:function:hall-*");
    assertThat(run.err()).contains("for any account");
  }
}
