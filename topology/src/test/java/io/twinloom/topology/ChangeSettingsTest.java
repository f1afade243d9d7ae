package io.twinloom.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.StoreLegs;
import io.twinloom.model.cloud.KnownClouds;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeSettingsTest {

  @Test
  void theDispatcherNotesItsDevicesOnlyWhileTheyAreLetInOnSeveralClouds() {
    StoreLegs former =
        StoreLegs.NONE.with(new StoreLegs.Leg(KnownClouds.GOOGLE, StoreLegs.Use.READ, false));
    Placement one = Projects.allOn("aws");

    assertThat(dispatchers(one.withLegs(Legs.NONE.with(Layer.L1, former))))
        .isEqualTo(
            Map.of(
                "aws", Map.of("NOTE_DEVICES", "true"), "google", Map.of("NOTE_DEVICES", "true")));
    assertThat(dispatchers(one)).isEqualTo(Map.of("aws", Map.of()));
  }

  /** The settings of each cloud's dispatcher. */
  private static Map<String, Map<String, String>> dispatchers(Placement placement) {
    Project project = Projects.project(placement);
    Map<String, Map<String, String>> settings = new HashMap<>();
    for (DeployedFunction function : Topology.of(project).functions()) {
      if (function.kind() == FunctionKind.DISPATCHER) {
        Map<String, String> own = new HashMap<>();
        ChangeSettings.put(project, function, own);
        settings.put(function.cloud().id(), own);
      }
    }
    return settings;
  }
}
