package io.twinloom.deployer.cloud;

import static io.twinloom.model.cloud.KnownClouds.AWS;
import static io.twinloom.model.cloud.KnownClouds.GOOGLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.ChangePlan;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.deployer.change.Layout;
import io.twinloom.deployer.change.NextState;
import io.twinloom.deployer.cloud.DeploymentRecord.Beginning;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Placement;
import io.twinloom.model.TwinloomException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentRecordTest {

  @TempDir Path folder;
  private PreparedProject wanted;
  private Placement former;
  private DeployedState moving;

  /** Layer 2 moves from Google Cloud to AWS. */
  @BeforeEach
  void prepare() {
    wanted = new HallOnClouds(folder).prepared();
    former = wanted.project().placement().with(Layer.L2, GOOGLE);
    moving =
        NextState.of(
            ChangePlan.MOVING,
            Optional.of(DeployedState.first("former", former)),
            Optional.of(wanted.withLegs(former, Legs.NONE)),
            wanted,
            ChangeOrder.of(wanted.digest()),
            "c",
            Instant.EPOCH);
  }

  private JsonObject outputs(boolean converging) {
    Beginning beginning = new Beginning(new Layout(former, Legs.NONE), converging);
    return JsonObject.builder()
        .put(
            "deployment", DeploymentRecord.write(moving, Optional.of(beginning), Executor.ofThis()))
        .build();
  }

  @Test
  @DisplayName("a twin is in the layout that its change begins in until it is the version")
  void isInTheLayoutOfTheBeginning() {
    PreparedProject twin = DeploymentRecord.inLayout(moving, wanted, outputs(true));

    assertThat(twin.project().legs()).isEqualTo(Legs.NONE);
    assertThat(twin.topology().functions())
        .filteredOn(function -> function.layer() == Layer.L2)
        .isNotEmpty()
        .allMatch(function -> function.cloud() == GOOGLE);
  }

  @Test
  @DisplayName("once it is the version it is in the layout of its phase")
  void isInTheLayoutOfThePhase() {
    PreparedProject twin = DeploymentRecord.inLayout(moving, wanted, outputs(false));

    assertThat(twin.topology().functions())
        .filteredOn(function -> function.layer() == Layer.L2)
        .anyMatch(function -> function.cloud() == AWS)
        .anyMatch(function -> function.cloud() == GOOGLE);
  }

  @Test
  @DisplayName("what a newer version has written is not read by this one")
  void aNewerFormatIsRefused() {
    JsonObject written = outputs(false);
    assertThat(DeploymentRecord.read(written)).contains(moving);
    String newer = Json.text(written).replace("\\\"format\\\":1", "\\\"format\\\":2");
    JsonObject outputs = Json.parseObject(newer.getBytes(StandardCharsets.UTF_8));

    assertThat(outputs).isNotEqualTo(written);
    assertThatThrownBy(() -> DeploymentRecord.read(outputs))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-CLOUD-NEWER");
              assertThat(e.what()).contains("format 2");
            });
  }
}
