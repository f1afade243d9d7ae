package io.twinloom.deployer.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.json.JsonString;
import io.twinloom.model.Device;
import io.twinloom.model.Layer;
import io.twinloom.model.TwinConfig.SigningMode;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.FunctionSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a twin is between two versions, so that no function refuses what another one sends. */
class VersionStepsTest {

  @TempDir Path folder;
  private int projects;

  private PreparedProject prepared(ProjectBuilder project) {
    Path place = folder.resolve("p" + projects++);
    project.writeTo(place);
    return Preparation.of(
            place, UserCodeChecker.of(folder.resolve("cache"), "", InstantSource.system()))
        .project()
        .orElseThrow();
  }

  private static ProjectBuilder hall() {
    return ProjectBuilder.of("hall").on(Layer.L3_HOT, KnownClouds.GOOGLE).device("s1", "t");
  }

  private PreparedProject signed(String mode) {
    return prepared(hall().config("signed_connections", new JsonString(mode)));
  }

  private static List<String> ids(List<Device> devices) {
    return devices.stream().map(Device::id).toList();
  }

  @Test
  void aDeviceThatIsAddedIsKnownBeforeItIsLetIn() {
    PreparedProject after = prepared(hall().device("s2", "t"));
    PreparedProject step = VersionSteps.between(prepared(hall()), after).orElseThrow();
    assertThat(ids(step.project().devices())).doesNotContain("s2").contains("s1");
    assertThat(ids(step.project().retired())).containsExactly("s2");
    assertThat(FunctionSettings.twinInfo(step.project()))
        .contains("\"retired_devices\":[{\"id\":\"s2\"");
    assertThat(VersionSteps.between(step, after))
        .as("it is let in then, also where that was cut off")
        .contains(step);
  }

  @Test
  void aDeviceThatIsRemovedAndTheSameVersionTakeOneStep() {
    PreparedProject two = prepared(hall().device("s2", "t"));
    assertThat(VersionSteps.between(two, prepared(hall()))).isEmpty();
    assertThat(VersionSteps.between(two, two)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "off, on, on",
    "off, strict, on strict",
    "on, strict, strict",
    "on, off, off",
    "strict, on, leaving on",
    "strict, off, leaving off"
  })
  void neitherUnsignedRequestsNorMissingTokensAreRefusedOnTheWay(
      String from, String to, String way) {
    PreparedProject before = signed(from);
    PreparedProject after = signed(to);
    Optional<PreparedProject> between = VersionSteps.between(before, after);
    List<PreparedProject> steps = new ArrayList<>();
    between.ifPresent(steps::add);
    steps.add(after);
    assertThat(
            steps.stream()
                .map(step -> step.project().config().signedConnections().everywhere())
                .map(mode -> mode == SigningMode.LEAVING_STRICT ? "leaving" : word(mode))
                .collect(Collectors.joining(" ")))
        .isEqualTo(way);
    PreparedProject former = before;
    for (PreparedProject step : steps) {
      // Receivers have a step's settings first: Terraform makes senders after those they call.
      assertThat(takes(received(step), sent(former))).as("%s to %s", from, to).isTrue();
      assertThat(takes(received(step), sent(step))).isTrue();
      former = step;
    }
  }

  private static String word(SigningMode mode) {
    return mode.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** In strict mode a request has no token, and in the others it has one. */
  private static boolean takes(String receiver, String sender) {
    return switch (receiver) {
      case "strict" -> !sender.equals("off");
      default -> !sender.equals("strict");
    };
  }

  private static String sent(PreparedProject project) {
    return setting(project, "REMOTE_WRITER_SIGNED");
  }

  private static String received(PreparedProject project) {
    return setting(project, "INTER_CLOUD_SIGNED");
  }

  private static String setting(PreparedProject project, String variable) {
    Map<String, String> tokens =
        project.topology().connections().stream()
            .collect(Collectors.toMap(c -> c.id(), c -> c.id()));
    return FunctionSettings.apart(project.project(), project.topology(), tokens).values().stream()
        .flatMap(parts -> Optional.ofNullable(parts.open().get(variable)).stream())
        .findFirst()
        .orElse("off");
  }
}
