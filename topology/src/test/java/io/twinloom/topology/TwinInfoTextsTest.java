package io.twinloom.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.Device;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.UserCode;
import io.twinloom.model.UserCode.Role;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TwinInfoTextsTest {

  private static final Placement APART =
      Projects.placement("aws", "azure", "google", "aws", "azure", "azure", "google");

  private final Project project = Projects.project(APART);
  private final Topology topology = Topology.of(project);

  @Test
  @DisplayName("the code that a retired device had is named to processors alone")
  void processorsKnowTheFormerCodeOfARetiredDevice() {
    Device lathe = new Device("lathe", List.of(), List.of());
    Project retired = project.withRetired(List.of(lathe), new TreeMap<>());
    TwinInfoTexts texts =
        new TwinInfoTexts(
            retired,
            List.of(
                former("lathe", Role.PROCESSOR),
                former("alarm", Role.EVENT_ACTION),
                former("never-there", Role.PROCESSOR)));

    assertThat(topology.functions())
        .allSatisfy(
            function ->
                assertThat(texts.of(function))
                    .doesNotContain("mill-alarm-code", "mill-never-there-code")
                    .matches(
                        info ->
                            info.contains("\"lathe\":\"mill-lathe-code\"")
                                == (function.kind() == FunctionKind.PROCESSOR)));
    assertThat(topology.functions(FunctionKind.PROCESSOR)).isNotEmpty();
  }

  /** A function with code of its own, which another version of the twin had. */
  private DeployedFunction former(String name, Role role) {
    DeployedFunction like = topology.functions(FunctionKind.PROCESSOR).getFirst();
    UserCode code =
        new UserCode(role, name, "code/" + name, UserCode.Form.PYTHON_PROCESS, Optional.empty());
    return new DeployedFunction(
        "mill-" + name + "-code",
        "mill-" + name + "-code",
        like.kind(),
        like.cloud(),
        like.layer(),
        false,
        "",
        Optional.of(code));
  }
}
