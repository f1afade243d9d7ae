package io.twinloom.deployer.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.change.Change.Standing;
import io.twinloom.deployer.change.Change.Step;
import io.twinloom.deployer.change.DeployedState.LayerState;
import io.twinloom.deployer.change.DeployedState.Previous;
import io.twinloom.deployer.change.DeployedState.Retired;
import io.twinloom.deployer.change.DeployedState.Role;
import io.twinloom.deployer.control.ChangeProgress;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.model.DataType;
import io.twinloom.model.Device;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import io.twinloom.model.cloud.KnownClouds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DeployedStateTest {

  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  private static final Placement ON_AWS = all(KnownClouds.AWS);

  private static Placement all(Provider cloud) {
    return new Placement(cloud, cloud, cloud, cloud, cloud, Optional.of(cloud), Optional.of(cloud));
  }

  @Test
  void theSameProjectOnTheSameCloudsIsTheSameGeneration() {
    DeployedState state = DeployedState.first("p", ON_AWS);

    assertThat(state.next("p", ON_AWS)).isEqualTo(state);
    assertThat(state.next("q", ON_AWS).generation()).isEqualTo(2);
    assertThat(state.next("p", all(KnownClouds.AZURE)).generation()).isEqualTo(2);
  }

  @Test
  void whatIsWrittenIsRead() {
    DeployedState state =
        new DeployedState(
            7,
            "digest",
            Map.of(
                Layer.L1,
                new LayerState(
                    KnownClouds.AWS, List.of(new Previous(KnownClouds.GOOGLE, Role.FORWARDING))),
                Layer.L3_HOT,
                new LayerState(
                    KnownClouds.AZURE, List.of(new Previous(KnownClouds.AWS, Role.READABLE)))),
            new TreeMap<>(
                Map.of(
                    "s1",
                    new Retired(
                        new Device(
                            "s1",
                            List.of(
                                new Device.Property(
                                    "t", DataType.DOUBLE, Optional.of(JsonNumber.of(1)))),
                            List.of(
                                new Device.ConstProperty(
                                    "c", DataType.STRING, new JsonString("v")))),
                        Optional.empty()))),
            new TreeMap<>(Map.of("hall-s1-processor", "abc")),
            Optional.empty());

    assertThat(DeployedStateJson.read(DeployedStateJson.write(state))).isEqualTo(state);
    assertThat(state.layout(ON_AWS).legs().of(Layer.L3_HOT).read())
        .containsExactly(KnownClouds.AWS);
    assertThat(state.layout(ON_AWS).legs().of(Layer.L1).others())
        .as("devices are let in there")
        .containsExactly(new Leg(KnownClouds.GOOGLE, Use.READ, false));
  }

  private static Change change(Standing standing) {
    Phase phase = new Phase(Phase.Kind.COPY, Layer.L3_COLD, new Layout(ON_AWS, Legs.NONE));
    return new Change("c", "p", "q", Map.of(), Set.of(), List.of(phase), 0, standing);
  }

  @Test
  void aChangeIsWrittenWithItsProgress() {
    ChangeProgress progress =
        new ChangeProgress(0, 3, 400, OptionalLong.of(900), 2, OptionalLong.empty());
    Change change = change(new Standing(Step.WAITING, "w", NOW, Optional.of(progress)));
    DeployedState state = DeployedState.first("q", ON_AWS).with(Optional.of(change));

    JsonObject written = DeployedStateJson.write(state);
    assertThat(DeployedStateJson.read(written)).isEqualTo(state);
    JsonObject earlier =
        written.toBuilder()
            .put(
                "change",
                written.object("change").orElseThrow().toBuilder().remove("progress").build())
            .build();
    assertThat(DeployedStateJson.read(earlier).change())
        .as("as an earlier version wrote it")
        .contains(change(new Standing(Step.WAITING, "w", NOW)));
  }

  @Test
  void theStatusOfAChangeHasItsProgressAndAnEndOnlyWhileItActs() {
    ChangeProgress progress =
        new ChangeProgress(9, 0, 400, OptionalLong.of(900), 2, OptionalLong.of(5));
    Change acting = change(new Standing(Step.ENTERING, "", NOW)).further(progress, NOW);

    assertThat(acting.status().progress()).contains(progress);
    assertThat(acting.status().waitingFor()).isEmpty();
    assertThat(acting.status().cancellable()).isTrue();
    assertThat(acting.further(progress, NOW.plusSeconds(9)).status().since())
        .as("it has acted since then")
        .isEqualTo(NOW.toString());
    assertThat(acting.standing(Step.PAUSED, "", NOW).status().progress())
        .contains(progress.stopped());
  }

  @Test
  void aDeviceThatIsGoneIsRetiredUntilItIsThereAgain() {
    Device one = new Device("s1", List.of(), List.of());
    Device two = new Device("s2", List.of(), List.of());
    DeployedState without =
        DeployedState.first("p", ON_AWS).retiring(List.of(one, two), List.of(one), NOW);

    assertThat(without.retired()).containsOnlyKeys("s2");
    assertThat(without.retiring(List.of(one), List.of(one), NOW).retired()).containsOnlyKeys("s2");
    assertThat(without.retiring(List.of(one), List.of(one, two), NOW).retired()).isEmpty();
    DeployedState kept = DeployedStateJson.read(DeployedStateJson.write(without));
    assertThat(kept).isEqualTo(without);
    assertThat(kept.retired().get("s2").since()).contains(NOW);
  }

  @Test
  void whatIsNoStateIsNotTakenForOne() {
    JsonObject state = DeployedStateJson.write(DeployedState.first("p", ON_AWS));
    for (String member : List.of("generation", "project", "layers", "retiredDevices")) {
      assertThatThrownBy(() -> DeployedStateJson.read(state.toBuilder().remove(member).build()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(member);
    }
  }
}
