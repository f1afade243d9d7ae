package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.testkit.aws.FakeAws;
import io.twinloom.testkit.aws.FakeAws.Answer;
import io.twinloom.testkit.aws.FakeTwinMaker;
import io.twinloom.testkit.terraform.OfflineTerraform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code --target cloud} as a user calls it, for a twin wholly on AWS: the real Terraform with
 * stand-ins for its providers, and stand-ins of ours for what the SDK asks AWS itself. What that
 * cannot show is whether AWS takes what it is given.
 */
@Tag("full")
class CloudDeploymentTest {

  /** What is in the names of files that hold keys, tokens or Terraform's state. */
  private static final String SECRET = "private|secrets|tokens|tfstate|outputs";

  private final FakeTwinMaker twinMaker = new FakeTwinMaker();
  private final Map<String, String> environment = new HashMap<>();
  private Path folder;

  /** What was written to the hot table. */
  private final List<String> noted = new CopyOnWriteArrayList<>();

  private FakeAws aws;

  @BeforeEach
  void project() throws IOException {
    environment.putAll(OfflineTerraform.environment());
    folder = OfflineTerraform.emptyFolder("cloud-deployment");
    aws = new FakeAws(this::answer);
    environment.putAll(aws.environment());
    environment.put("TWINLOOM_ARTIFACTS", folder.resolve("clouds").toString());
    Files.createDirectories(folder.resolve("clouds"));
    Files.writeString(folder.resolve("clouds").resolve("twinloom-aws.jar"), "a jar");
    assertThat(CliRun.in(folder, "init", "twin").exitCode()).isEqualTo(ExitCode.DONE);
    StringBuilder providers = new StringBuilder("{");
    for (String layer : List.of("1", "2", "3_hot", "3_cold", "3_archive", "4")) {
      providers.append("\"layer_%s_provider\": \"aws\", ".formatted(layer));
    }
    Files.writeString(
        folder.resolve("twin").resolve("config_providers.json"),
        providers.append("\"layer_5_provider\": \"none\"}"));
  }

  @AfterEach
  void stop() {
    if (aws != null) {
      aws.close();
    }
  }

  private Answer answer(FakeAws.Request request) {
    if (request.path().startsWith("/workspaces/")) {
      return twinMaker.to(request);
    }
    if (request.body().contains("\"RequestItems\"")) {
      noted.add(request.body());
      return Answer.json("{\"UnprocessedItems\": {}}");
    }
    return request.parameter("Action").equals("GetCallerIdentity")
        ? Answer.xml(
            "<GetCallerIdentityResponse><GetCallerIdentityResult>"
                + "<Arn>arn:aws:iam::123456789012:user/deployer</Arn>"
                + "<Account>123456789012</Account></GetCallerIdentityResult>"
                + "</GetCallerIdentityResponse>")
        : new Answer(400, "text/xml", "");
  }

  private CliRun run(String... words) {
    return CliRun.in(folder, environment, words);
  }

  private CliRun done(String... words) {
    CliRun run = run(words);
    assertThat(run.exitCode()).as("%s%n%s", run.out(), run.err()).isEqualTo(ExitCode.DONE);
    return run;
  }

  @Test
  void aTwinIsPlannedDeployedTwiceAndDestroyedWithoutAnyRest() throws IOException {
    CliRun planned = done("plan", "twin", "--target", "cloud");
    assertThat(planned.out()).contains("to add");
    assertThat(twinMaker.entities).isEmpty();

    done("deploy", "twin", "--target", "cloud", "--yes");

    assertThat(managed()).isPositive();
    assertThat(twinMaker.entities).isNotEmpty();
    assertThat(twinMaker.types).isNotEmpty();
    assertThat(noted).singleElement().asString().contains("#devices", "sensor-1");
    assertThat(files("private")).as("the device's key").hasSize(1);
    for (Path file : files(SECRET)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as("%s", file)
          .isEqualTo("rw-------");
    }
    int before = managed();
    Set<String> entities = Set.copyOf(twinMaker.entities.keySet());

    done("deploy", "twin", "--target", "cloud", "--yes");

    assertThat(managed()).isEqualTo(before);
    assertThat(twinMaker.entities.keySet()).isEqualTo(entities);

    done("destroy", "twin", "--target", "cloud", "--delete-data", "--yes");

    assertThat(managed()).isZero();
    assertThat(twinMaker.entities).isEmpty();
    assertThat(twinMaker.types).isEmpty();
    assertThat(files(SECRET)).isEmpty();
  }

  @Test
  @DisplayName("a program deploys a twin to AWS over REST, and removes it again")
  void theSameIsDoneOverRest() throws Exception {
    try (ServedProcess serve = ServedProcess.start(folder, environment)) {
      JsonObject deployed = serve.deployment("{\"action\": \"deploy\", \"target\": \"cloud\"");
      assertThat(deployed.text("state")).as(Json.text(deployed)).contains("done");
      assertThat(managed()).isPositive();
      assertThat(twinMaker.entities).isNotEmpty();
      String id = deployed.text("id").orElseThrow();
      String events = serve.text("projects/twin/deployments/" + id + "/events");
      assertThat(events).contains("event: deployment", "\"state\":\"done\"");
      assertThat(events).doesNotContainIgnoringCase("BEGIN RSA").doesNotContain("PRIVATE KEY");

      JsonObject refused = serve.deployment("{\"action\": \"destroy\", \"target\": \"cloud\"");
      assertThat(Json.text(refused)).as("stores that hold data stay").contains("\"state\"");
      JsonObject destroyed =
          serve.deployment("{\"action\": \"destroy\", \"target\": \"cloud\", \"deleteData\": true");
      assertThat(destroyed.text("state")).as(Json.text(destroyed)).contains("done");
      assertThat(managed()).isZero();
      assertThat(twinMaker.entities).isEmpty();
      assertThat(files(SECRET)).isEmpty();
    }
  }

  /** How many resources Terraform's state still has; a state that is gone has none. */
  private int managed() throws IOException {
    int resources = 0;
    for (Path state : files("terraform.tfstate")) {
      JsonObject json = Json.parseObject(Files.readAllBytes(state));
      resources += json.array("resources").map(list -> list.size()).orElse(0);
    }
    return resources;
  }

  private List<Path> files(String named) throws IOException {
    Path data = folder.resolve("twin").resolve(".twinloom");
    if (!Files.exists(data)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(data)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches(".*(" + named + ").*"))
          .filter(file -> !file.toString().contains("/.terraform/"))
          .toList();
    }
  }
}
