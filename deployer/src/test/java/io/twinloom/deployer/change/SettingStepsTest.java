package io.twinloom.deployer.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.testkit.project.ProjectBuilder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingStepsTest {

  @TempDir Path folder;
  private int projects;

  private PreparedProject with(String key, JsonValue value) {
    Path place = folder.resolve("p" + projects++);
    ProjectBuilder.of("hall").overThreeClouds().device("s1", "t").config(key, value).writeTo(place);
    return Preparation.of(
            place, UserCodeChecker.of(folder.resolve("cache"), "", InstantSource.system()))
        .project()
        .orElseThrow();
  }

  private static boolean isIdle(PreparedProject step) {
    return step.topology()
        .placement()
        .legs()
        .suspended()
        .containsAll(List.of(FunctionKind.HOT_TO_COLD_MOVER, FunctionKind.COLD_TO_ARCHIVE_MOVER));
  }

  @Test
  void moversAreIdleBeforeChunksAreKeptOtherwise() {
    PreparedProject before = with("compress_chunks", JsonBoolean.FALSE);
    List<PreparedProject> steps =
        SettingSteps.between(before, with("compress_chunks", JsonBoolean.TRUE));

    assertThat(steps).singleElement().matches(SettingStepsTest::isIdle);
    assertThat(steps.getFirst().project().config())
        .as("with the settings that they planned with")
        .isEqualTo(before.project().config());
  }

  @Test
  void sendersSignBeforeUnsignedRequestsAreRefused() {
    List<PreparedProject> steps =
        SettingSteps.between(
            with("signed_connections", new JsonString("off")),
            with("signed_connections", new JsonString("strict")));

    assertThat(steps).hasSize(2).allMatch(SettingStepsTest::isIdle);
    assertThat(steps)
        .extracting(step -> step.project().config().signedConnections().everywhere())
        .containsExactly(SigningMode.OFF, SigningMode.ON);
  }

  @Test
  void otherSettingsTakeNoStep() {
    assertThat(
            SettingSteps.between(
                with("mode", new JsonString("DEBUG")), with("mode", new JsonString("PRODUCTION"))))
        .isEmpty();
  }
}
