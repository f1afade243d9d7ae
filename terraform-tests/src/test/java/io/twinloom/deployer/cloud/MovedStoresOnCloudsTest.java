package io.twinloom.deployer.cloud;

import static io.twinloom.deployer.cloud.MovedTierOnCloudsTest.NEW_STORE;
import static io.twinloom.deployer.cloud.MovedTierOnCloudsTest.TABLE;
import static io.twinloom.deployer.cloud.MovedTierOnCloudsTest.copying;
import static io.twinloom.deployer.cloud.MovedTierOnCloudsTest.deployed;
import static io.twinloom.deployer.cloud.MovedTierOnCloudsTest.removed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.change.TouchedData;
import io.twinloom.deployer.cloud.StandInTerraform.Killed;
import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.ChangeStatus;
import io.twinloom.deployer.control.StoreMode;
import io.twinloom.model.Layer;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.terraform.OfflineTerraform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the stores when tiers move on clouds, with the real Terraform. */
@Tag("full")
class MovedStoresOnCloudsTest {

  @Test
  void aTierComesBackToTheStoreThatWasKeptWhichLosesWhatTheOneInUseHasNot() {
    MillOnClouds mill = deployed("came-back");
    mill.deploy(copying(mill, Set.of()));
    Map<String, String> kept = mill.stored(KnownClouds.AWS);
    kept.putAll(Map.of("press 1", "moved on since", "press 2", "as it was", "press 3", "old"));
    Map<String, String> current = mill.stored(KnownClouds.GOOGLE);
    current.putAll(Map.of("press 2", "as it was", "press 3", "replaced", "press 4", "new"));
    mill.clouds.operations.values().forEach(operations -> operations.done.clear());
    mill.terraform.applied.clear();

    mill.withHotStoreOn(KnownClouds.AWS);
    mill.deploy(copying(mill, Set.of()));

    assertThat(kept).containsExactly(Map.entry("press 2", "as it was"));
    assertThat(current).hasSize(3);
    assertThat(mill.clouds.operations.get(KnownClouds.GOOGLE).done)
        .as("copied and compared by the other one's copier")
        .anyMatch(call -> call.startsWith("call mill-store-copier") && call.contains("verify"));
    assertThat(mill.terraform.applied)
        .allSatisfy(one -> assertThat(removed(one)).doesNotContain(TABLE, NEW_STORE));
    assertThat(mill.standing()).contains(TABLE, NEW_STORE);
    assertThat(mill.state().layers().get(Layer.L3_HOT).current()).isEqualTo(KnownClouds.AWS);
    mill.terraform.applied.clear();
    mill.deploy();
    assertThat(mill.terraform.applied).isEmpty();
  }

  @Test
  void aNewStoreIsUsedOnlyOnceItHasTakenAMarkedItemOverEachConnection() {
    MillOnClouds mill = deployed("tried-store");
    mill.refusing = 2;
    List<String> whyWaiting = new ArrayList<>();
    mill.whileWaiting =
        () -> mill.change().flatMap(ChangeStatus::waitingFor).ifPresent(whyWaiting::add);
    mill.deploy(copying(mill, Set.of()));

    assertThat(whyWaiting.stream().filter(why -> why.contains("403")).toList())
        .as("why the change waits")
        .hasSize(2)
        .allMatch(why -> why.contains("the new store does not take a marked item"));
    assertThat(mill.tried).contains("hot-writer", "hot-copy-writer").doesNotHaveDuplicates();
    assertThat(mill.state().change()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Layer.class,
      names = {"L3_COLD", "L3_ARCHIVE"})
  void theColderTiersMoveLikewise(Layer tier) {
    String store = "mill-" + tier.tier().orElseThrow() + "-iot-data";
    MillOnClouds mill = new MillOnClouds(OfflineTerraform.emptyFolder("moved-" + store));
    mill.with(tier, KnownClouds.AWS).deploy();
    List<String> before = mill.standing();
    mill.terraform.applied.clear();
    mill.with(tier, KnownClouds.GOOGLE);
    mill.deploy(ChangeOrder.make(mill.prepared().digest(), Map.of(tier, StoreMode.COPY), Set.of()));

    assertThat(mill.terraform.applied)
        .allSatisfy(one -> assertThat(removed(one)).doesNotContainAnyElementsOf(stores(before)));
    assertThat(mill.standing())
        .containsAll(stores(before))
        .contains("module.google.google_storage_bucket.store[\"" + store + "\"]");
    assertThat(mill.clouds.operations.get(KnownClouds.AWS).done)
        .as("copied and compared")
        .anyMatch(call -> call.startsWith("call mill-store-copier") && call.contains("verify"));
    assertThat(mill.tried).isNotEmpty().allMatch(writer -> writer.endsWith("-writer"));
    assertThat(mill.state().layers().get(tier).current()).isEqualTo(KnownClouds.GOOGLE);
    mill.terraform.applied.clear();
    mill.deploy();
    assertThat(mill.terraform.applied).isEmpty();
  }

  private static List<String> stores(List<String> addresses) {
    return addresses.stream().filter(address -> address.contains("aws_s3_bucket.")).toList();
  }

  @Test
  void aStoreThatTheTwinHasNotCannotBeNamed() {
    MillOnClouds mill = deployed("misnamed-store");
    assertThatThrownBy(() -> mill.deploy(copying(mill, Set.of("aws:mill-hot-iot-dta"))))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-STORE-UNKNOWN");
              assertThat(e.what()).contains("aws:mill-hot-iot-dta");
              assertThat(e.fix()).contains(MillOnClouds.STORE);
            });
    mill.withHotStoreOn(KnownClouds.AWS);
    assertThatThrownBy(() -> mill.deploy(copying(mill, Set.of("aws:mill-hot-iot-dta"))))
        .as("also where nothing is to be changed")
        .isInstanceOfSatisfying(
            TwinloomException.class, e -> assertThat(e.code()).isEqualTo("TL-STORE-UNKNOWN"));
    mill.deploy(copying(mill, Set.of(MillOnClouds.STORE)));
    assertThat(mill.said)
        .anyMatch(line -> line.contains("no change removes " + MillOnClouds.STORE));
    assertThat(mill.standing()).contains(TABLE);
    assertThat(mill.terraform.applied).isEmpty();
    assertThat(mill.asked).isEmpty();
  }

  @Test
  void anExecutorThatAnotherOneHasOvertakenStopsAndSaysWho() {
    MillOnClouds mill = deployed("overtaken");
    Path own = mill.data();
    Path other = OfflineTerraform.emptyFolder("overtaken-other");
    mill.whileWaiting =
        () -> {
          mill.whileWaiting = () -> {};
          mill.onMachine(other);
          copyState(own, mill.data());
          mill.withHotStoreOn(KnownClouds.GOOGLE).deploy(copying(mill, Set.of()));
          copyState(mill.data(), own);
        };
    assertThatThrownBy(() -> mill.deploy(copying(mill, Set.of())))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).as(e.what()).isEqualTo("TL-CLOUD-HELD");
              assertThat(e.what()).contains(Executor.ofThis().place(), "Nothing more was changed");
            });
    assertThat(mill.state().change()).as("the other one has ended it").isEmpty();
    assertThat(mill.terraform.applied.getLast().phase()).isEqualTo("null");
  }

  @Test
  void aStoreThatWasLeftAndIsEmptyIsNoLongerReadFromTheNextDeploymentOn() {
    MillOnClouds mill = deployed("emptied-store");
    mill.deploy(
        ChangeOrder.make(
            mill.prepared().digest(), Map.of(Layer.L3_HOT, StoreMode.LEAVE), Set.of()));
    mill.terraform.applied.clear();
    mill.deploy();
    assertThat(mill.terraform.applied).as("while it holds something").isEmpty();

    mill.clouds.operations.get(KnownClouds.AWS).empty.add(Layer.L3_HOT);
    assertThat(mill.status().warnings())
        .anyMatch(w -> w.contains("on aws holds nothing any more") && w.contains("next 'deploy'"));
    assertThat(mill.target().changes(mill.prepared(), false, mill.said::add).phases())
        .hasSize(2)
        .first()
        .asString()
        .contains("readers read the new store");
    mill.deploy();
    assertThat(mill.state().layers().get(Layer.L3_HOT).previous()).isEmpty();
    assertThat(mill.standing()).contains(NEW_STORE).doesNotContain(TABLE);
    mill.terraform.applied.clear();
    mill.deploy();
    assertThat(mill.terraform.applied).isEmpty();
  }

  @Test
  void thePlanHasWhatIsStoredInTheTierThatMovesAndWhereTheFiguresAreFrom() {
    MillOnClouds mill = deployed("planned-data");

    assertThat(mill.target().changes(mill.prepared(), false, mill.said::add).touched())
        .extracting(TouchedData::text)
        .containsExactly(
            "mill-hot-iot-data on aws: 5 items, 2.0 MB, to google. It is copied while the twin goes"
                + " on, and readable all the time. (its cloud says.)");
    assertThat(mill.target().changes(mill.prepared(), true, mill.said::add).touched())
        .singleElement()
        .satisfies(
            data -> {
              assertThat(data.held().count()).isEqualTo(7);
              assertThat(data.source()).isEqualTo("counted now");
            });
    assertThat(mill.asked).isEmpty();

    mill.counting = true;
    mill.terraform.killedAfterwards = Optional.of(false);
    assertThatThrownBy(() -> mill.deploy(copying(mill, Set.of()))).isInstanceOf(Killed.class);
    assertThat(mill.following.getLast().touched())
        .as("counted before it is confirmed")
        .singleElement()
        .satisfies(data -> assertThat(data.source()).isEqualTo("counted now"));
    assertThat(mill.following.getLast().settling())
        .as("movers, and then senders and readers again and again")
        .isBetween(Duration.ofSeconds(900), Duration.ofSeconds(2_700));
  }

  private static void copyState(Path from, Path to) {
    try {
      Files.createDirectories(to.resolve("cloud"));
      Files.copy(
          from.resolve("cloud/terraform.tfstate"),
          to.resolve("cloud/terraform.tfstate"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
