package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.cloud.StandInTerraform.Applied;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.StoreMode;
import io.twinloom.deployer.terraform.PlannedChanges.Action;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.model.Layer;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.terraform.OfflineTerraform;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A hot store moves from AWS to a second cloud, with the real Terraform, phase by phase. */
@Tag("full")
class MovedTierOnCloudsTest {

  static final String TABLE = "module.aws.aws_dynamodb_table.hot[\"mill-hot-iot-data\"]";
  static final String NEW_STORE =
      "module.google.google_storage_bucket.store[\"mill-hot-iot-data\"]";

  static MillOnClouds deployed(String name) {
    MillOnClouds mill = new MillOnClouds(OfflineTerraform.emptyFolder(name));
    mill.withHotStoreOn(KnownClouds.AWS).deploy();
    mill.terraform.applied.clear();
    mill.waits.clear();
    mill.asked.clear();
    return mill.withHotStoreOn(KnownClouds.GOOGLE);
  }

  static ChangeOrder copying(MillOnClouds mill, Set<String> deleted) {
    return ChangeOrder.make(
        mill.prepared().digest(), Map.of(Layer.L3_HOT, StoreMode.COPY), deleted);
  }

  static List<String> removed(Applied applied) {
    return applied.changes().changes().stream()
        .filter(c -> c.action() == Action.REMOVE || c.action() == Action.REPLACE)
        .map(Change::address)
        .toList();
  }

  @Test
  void eachPhaseIsAnApplyThatRemovesNothingButWhatTheLastOnesName() {
    MillOnClouds mill = deployed("moved-tier");
    mill.deploy(copying(mill, Set.of()));

    assertThat(mill.asked).hasSize(1);
    assertThat(mill.asked.getFirst()).contains("readers read both stores");
    List<Applied> applied = mill.terraform.applied;
    assertThat(applied.stream().map(Applied::phase).distinct())
        .as("the version, then from expand, with which the movers are suspended, to contract")
        .containsExactly("null", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(applied.getLast().phase()).as("the change is over").isEqualTo("null");
    for (Applied one : applied) {
      switch (one.phase()) {
        case "8" ->
            assertThat(removed(one))
                .as("nobody reads the old store any more, and nothing copies")
                .isNotEmpty()
                .allMatch(address -> address.contains("store-copier"));
        case "9" ->
            assertThat(removed(one))
                .isNotEmpty()
                .noneMatch(address -> address.contains("aws_dynamodb_table"))
                .noneMatch(address -> address.contains("aws_s3_bucket"));
        default ->
            assertThat(removed(one))
                .as("phase " + one.phase())
                .allMatch(address -> address.contains("aws_s3_object.project"));
      }
    }
    assertThat(mill.standing()).as("the former store is kept").contains(TABLE, NEW_STORE);
    assertThat(mill.state().change()).isEmpty();
    assertThat(mill.change()).isEmpty();
    assertThat(mill.waits)
        .as("until no mover, and then no sender or reader, runs with former settings")
        .contains(Duration.ofSeconds(900), Duration.ofSeconds(150));
    mill.terraform.applied.clear();
    mill.deploy();
    assertThat(mill.terraform.applied).as("it is as the project says").isEmpty();
  }

  @Test
  void aProcessThatIsKilledAroundEveryApplyComesToTheSameEnd() {
    MillOnClouds mill = deployed("killed-phases");
    List<String> seen = mill.deployKilled(copying(mill, Set.of()), MillOnClouds.EVERYWHERE);
    assertThat(seen)
        .as("the kills were in all of them")
        .contains(
            "expand",
            "switch-reads",
            "switch-writes",
            "fence",
            "copy",
            "verify",
            "narrow-reads",
            "contract");
    assertThat(mill.state().change()).isEmpty();
    assertThat(mill.standing()).contains(TABLE, NEW_STORE);
    assertThat(mill.terraform.applied)
        .filteredOn(one -> !one.phase().equals("8") && !one.phase().equals("9"))
        .allSatisfy(
            one ->
                assertThat(removed(one))
                    .allMatch(address -> address.contains("aws_s3_object.project")));
    mill.terraform.applied.clear();
    mill.deploy();
    assertThat(mill.terraform.applied).isEmpty();
  }

  @Test
  @DisplayName("A former store goes where it was named, in an apply that unlocks it and one more")
  void aStoreThatWasNamedIsUnlockedAndThenRemovedInTheLastPhase() {
    MillOnClouds mill = deployed("deleted-store");
    mill.deploy(copying(mill, Set.of(MillOnClouds.STORE)));

    assertThat(mill.standing()).contains(NEW_STORE).doesNotContain(TABLE);
    List<Applied> removing =
        mill.terraform.applied.stream().filter(one -> removed(one).contains(TABLE)).toList();
    assertThat(removing).hasSize(1);
    assertThat(removing.getFirst().phase()).isEqualTo("9");

    mill.terraform.applied.clear();
    mill.deploy(copying(mill, Set.of(MillOnClouds.STORE)));
    assertThat(mill.terraform.applied).as("the same order again changes nothing").isEmpty();
    assertThat(mill.said).anyMatch(line -> line.contains("nothing is left to remove"));
  }

  @Test
  void aStoreThatWasNamedGoesThoughTheProcessIsKilledAfterEveryApply() {
    MillOnClouds mill = deployed("killed-deleted-store");
    List<String> killedIn =
        mill.deployKilled(copying(mill, Set.of(MillOnClouds.STORE)), MillOnClouds.BEHIND);

    assertThat(killedIn).contains("narrow-reads", "contract");
    assertThat(mill.refused).isEmpty();
    assertThat(mill.standing()).contains(NEW_STORE).doesNotContain(TABLE);
    assertThat(mill.terraform.applied.stream().filter(one -> unlocks(one, TABLE)))
        .as("it was not locked again once it was unlocked")
        .hasSize(1);
    mill.terraform.applied.clear();
    mill.deploy();
    assertThat(mill.terraform.applied).isEmpty();
  }

  private static boolean unlocks(Applied applied, String store) {
    return applied.changes().changes().stream()
        .anyMatch(c -> c.action() == Action.CHANGE && c.address().equals(store));
  }

  @Test
  void anotherMachineWithTheStateSeesTheOpenChangeAndGoesOnWithItAlone() {
    MillOnClouds mill = deployed("two-machines");
    mill.deployKilledInPhase(copying(mill, Set.of()), "5");
    mill.onMachineWithState(OfflineTerraform.emptyFolder("two-machines-other"));

    mill.withHotStoreOn(KnownClouds.AWS);
    assertThatThrownBy(mill::deploy)
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-CHANGE-OPEN");
              assertThat(e.what()).contains("phase 5");
            });

    mill.terraform.applied.clear();
    mill.withHotStoreOn(KnownClouds.GOOGLE).deploy();
    assertThat(mill.state().change()).isEmpty();
    assertThat(mill.terraform.applied.stream().map(Applied::phase))
        .contains("6", "7", "8", "9")
        .doesNotContain("2", "3", "4");
  }

  @Test
  void aChangeThatIsTakenBackEndsWhereItBegan() {
    MillOnClouds mill = deployed("taken-back");
    mill.deployKilledInPhase(copying(mill, Set.of()), "4");
    mill.terraform.applied.clear();
    mill.cancel();

    assertThat(mill.state().change()).isEmpty();
    assertThat(mill.state().layers().get(Layer.L3_HOT).current()).isEqualTo(KnownClouds.AWS);
    assertThat(mill.standing()).contains(TABLE, NEW_STORE);
    assertThat(mill.terraform.applied)
        .allSatisfy(one -> assertThat(removed(one)).doesNotContain(TABLE, NEW_STORE));
    mill.withHotStoreOn(KnownClouds.AWS);
    mill.terraform.applied.clear();
    mill.deploy();
    assertThat(mill.terraform.applied).isEmpty();
  }

  @Test
  void aChangeThatIsPausedStopsAfterItsPhaseAndDeployingGoesOnWithIt() {
    MillOnClouds mill = deployed("paused");
    mill.whileWaiting = () -> mill.target().pause();
    mill.deploy(copying(mill, Set.of()));
    assertThat(mill.change().orElseThrow().isPaused()).isTrue();
    assertThat(mill.change().orElseThrow().at().kind()).isEqualTo("expand");

    mill.whileWaiting = () -> {};
    assertThat(mill.target().changes(mill.prepared(), false, mill.said::add).phases())
        .as("the plan has what is left")
        .hasSize(8)
        .last()
        .asString()
        .contains("is removed");
    mill.terraform.applied.clear();
    mill.deploy();
    assertThat(mill.state().change()).isEmpty();
    assertThat(mill.terraform.applied.stream().map(Applied::phase)).contains("3", "9");
    assertThatThrownBy(() -> mill.target().pause())
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-CHANGE-NONE"));
  }

  @Test
  void aStoreThatIsLeftIsReadWhereItIsUntilItIsRetired() {
    MillOnClouds mill = deployed("left-store");
    mill.deploy(
        ChangeOrder.make(
            mill.prepared().digest(), Map.of(Layer.L3_HOT, StoreMode.LEAVE), Set.of()));
    assertThat(mill.terraform.applied)
        .allSatisfy(
            one ->
                assertThat(removed(one))
                    .allMatch(address -> address.contains("aws_s3_object.project")));
    assertThat(mill.standing())
        .contains(TABLE, NEW_STORE)
        .noneMatch(address -> address.contains("store-copier"));
    assertThat(mill.state().layers().get(Layer.L3_HOT).previous()).hasSize(1);

    assertThatThrownBy(() -> mill.retire(Set.of()))
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-STORE-HOLDS-DATA"));
    mill.retire(Set.of(MillOnClouds.STORE));
    assertThat(mill.standing()).contains(NEW_STORE).doesNotContain(TABLE);
    assertThat(mill.state().layers().get(Layer.L3_HOT).previous()).isEmpty();
  }
}
