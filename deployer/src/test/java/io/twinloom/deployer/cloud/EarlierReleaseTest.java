package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.Journal;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierReleaseTest {

  @TempDir Path folder;
  private PreparedProject wanted;
  private Journal journal;

  @BeforeEach
  void prepare() {
    wanted = new HallOnClouds(folder).prepared();
    journal = new Journal(folder.resolve("journal.json"), InstantSource.system());
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whereATierIsIsReadFromItsStoreAndNotFromTheProject() {
    journal.enter(Journal.State.DEPLOYED, "abc");
    DeployedState state =
        EarlierRelease.state(
                wanted,
                json(
                    """
                    {"clouds": {"aws": {"stores": {"hall-hot-iot-data": "hall-hot-iot-data"}},
                                "google": {"stores": {"hall-cold-iot-data": "c"}}}}
                    """),
                journal)
            .orElseThrow();
    assertThat(wanted.project().placement().l3Hot()).isEqualTo(KnownClouds.GOOGLE);
    assertThat(state.layers().get(Layer.L3_HOT).current()).isEqualTo(KnownClouds.AWS);
    assertThat(state.layers().get(Layer.L3_COLD).current()).isEqualTo(KnownClouds.GOOGLE);
    assertThat(state.project()).isEqualTo("abc");
  }

  @Test
  void aLayerWithoutAStoreIsWhereItsFunctionsAre() {
    DeployedState state =
        EarlierRelease.state(
                wanted,
                json(
                    """
                    {"clouds": {"aws": {"functions": {"hall-dispatcher": {}}},
                                "google": {"functions": {"hall-processor": {}}}}}
                    """),
                journal)
            .orElseThrow();
    assertThat(wanted.project().placement().l2()).isEqualTo(KnownClouds.AWS);
    assertThat(state.layers().get(Layer.L1).current()).isEqualTo(KnownClouds.AWS);
    assertThat(state.layers().get(Layer.L2).current()).isEqualTo(KnownClouds.GOOGLE);
  }

  @Test
  void whereNothingStandsThereIsNoEarlierRelease() {
    assertThat(EarlierRelease.state(wanted, JsonObject.EMPTY, journal)).isEmpty();
  }
}
