package io.twinloom.deployer.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.json.Json;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionSettings;
import io.twinloom.topology.Permission;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The code of removed devices and actions")
class LeavingCodeTest {

  private static final String PROCESS = "def process(event):\n    return event\n";

  private PreparedProjects projects;

  @BeforeEach
  void in(@TempDir Path folder) {
    projects = new PreparedProjects(folder);
  }

  private static ProjectBuilder hall(Provider l2) {
    return ProjectBuilder.of("hall")
        .on(Layer.L2, l2)
        .device("s1", "t")
        .pythonProcessor("s1", PROCESS)
        .feature("useEventChecking")
        .rule("s1.s1.t > DOUBLE(1)", "alarm", PROCESS);
  }

  private static ProjectBuilder more() {
    return hall(KnownClouds.AWS)
        .device("s2", "t")
        .pythonProcessor("s2", PROCESS)
        .rule("s2.s2.t > DOUBLE(1)", "siren", PROCESS);
  }

  private static List<String> names(List<DeployedFunction> functions) {
    return functions.stream().map(DeployedFunction::name).toList();
  }

  @Test
  @DisplayName("stays with its rights, and no user code knows of it")
  void stays() {
    PreparedProject before = projects.of(more());
    PreparedProject after = projects.of(hall(KnownClouds.AWS));

    assertThat(names(LeavingCode.of(before, after).get(KnownClouds.AWS)))
        .containsExactlyInAnyOrder("hall-s2-processor", "hall-siren");
    PreparedProject kept = LeavingCode.keptIn(before, after);

    assertThat(names(kept.topology().functions()))
        .containsAll(names(after.topology().functions()))
        .contains("hall-s2-processor", "hall-siren")
        .hasSize(after.topology().functions().size() + 2);
    assertThat(kept.versions()).containsKeys("hall-s2-processor", "hall-siren", "hall-alarm");
    assertThat(kept.topology().permissions())
        .as("what still runs may still call it")
        .anyMatch(p -> isInvoke(p, "hall-event-checker", "hall-siren"))
        .anyMatch(p -> isInvoke(p, "hall-processor", "hall-s2-processor"));
    assertThat(FunctionSettings.twinInfo(kept.project()))
        .as("what packages of user code have")
        .isEqualTo(FunctionSettings.twinInfo(after.project()))
        .doesNotContain("siren", "s2-processor");
    assertThat(LeavingCode.of(kept, after)).as("cut off after it").isNotEmpty();
    assertThat(LeavingCode.of(before, before)).isEmpty();
  }

  @Test
  @DisplayName("of a removed device runs for what its device has sent before")
  void isCalledForWhatWaits() {
    PreparedProject before = projects.of(more());
    PreparedProject wanted = projects.of(hall(KnownClouds.AWS));
    PreparedProject after =
        DeployedState.first("", wanted.project().placement())
            .retiring(before.project().devices(), wanted.project().devices(), Instant.EPOCH)
            .retiringOf(wanted);

    assertThat(processors(LeavingCode.keptIn(before, after)))
        .containsEntry("s2", new JsonString("hall-s2-processor"))
        .containsKey("s1");
    assertThat(processors(after)).containsOnlyKeys("s1");
  }

  /** Which code the functions in the packages of a version call for each device. */
  private static Map<String, JsonValue> processors(PreparedProject version) {
    String file =
        FunctionSettings.twinInfoFile(
            version.project(), version.topology().function(FunctionKind.PROCESSOR).orElseThrow());
    String text =
        FunctionSettings.twinInfoFiles(version.project(), version.topology(), KnownClouds.AWS)
            .get(file);
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8))
        .object("processors")
        .orElseThrow()
        .members();
  }

  private static boolean isInvoke(Permission permission, String function, String target) {
    return permission.action() == Permission.Action.INVOKE
        && permission.function().equals(function)
        && permission.target().equals(target);
  }
}
