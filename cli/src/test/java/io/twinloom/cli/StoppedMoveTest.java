package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A change of a twin is stopped, gone on with and taken back, in phases that do not end by
 * themselves: a mover has a plan that it cannot carry out, or a copy waits for what is restored.
 */
@Tag("full")
class StoppedMoveTest {

  private static final String HOT_TO_COLD = "gcp_l3hot_to_aws_l3cold";

  @TempDir Path folder;
  private TieredTwin twin;
  private ForegroundTwin running;

  private void start(String archiveRestore) throws Exception {
    twin = TieredTwin.write(folder, "google", "aws", "azure");
    running =
        ForegroundTwin.start(
            folder,
            "twin",
            "--no-watch",
            "--retry-gaps",
            "50ms,50ms",
            "--archive-restore",
            archiveRestore);
    twin.sendAndAwait(3);
  }

  @AfterEach
  void end() throws Exception {
    CliRun.in(folder, "destroy", "twin");
    var unused = running.ended();
  }

  /** Moves the hot store, which waits for a mover that cannot carry out what it has planned. */
  private CompletableFuture<CliRun> waitingForAMover() throws Exception {
    start("12h");
    running.cut(HOT_TO_COLD);
    assertThat(
            CliRun.in(folder, "move", "twin", "hot-to-cold", "--now", TieredTwin.OLD_FOR_HOT).out())
        .contains("The plan stays open");
    twin.place("azure", "aws", "azure");
    CompletableFuture<CliRun> deploying =
        CliRun.goingOn(folder, Map.of(), "deploy", "twin", "--yes");
    awaitChange("idle-movers", "waiting", "has not moved all that it planned");
    return deploying;
  }

  /** Moves the archive, whose chunks must be restored before they can be copied. */
  private CompletableFuture<CliRun> waitingForARestoration() throws Exception {
    start("12h");
    moveToTheArchive();
    twin.place("google", "aws", "google");
    CompletableFuture<CliRun> deploying = copyingTheArchive();
    awaitChange("copy", "waiting", "being restored");
    JsonObject progress = twin.change().object("progress").orElseThrow();
    assertThat(progress.get("chunks")).as("nothing can be read yet").hasToString("0");
    assertThat(Long.parseLong(String.valueOf(progress.get("totalBytes")))).isPositive();
    assertThat(progress.get("eta")).isEqualTo(JsonNull.NULL);
    assertThat(twin.change().get("cancellable")).isEqualTo(JsonBoolean.TRUE);
    return deploying;
  }

  private void moveToTheArchive() {
    twin.run("move", "twin", "hot-to-cold", "--now", TieredTwin.OLD_FOR_HOT);
    twin.run("move", "twin", "cold-to-archive", "--now", TieredTwin.OLD_FOR_COLD);
  }

  private CompletableFuture<CliRun> copyingTheArchive() {
    return CliRun.goingOn(folder, Map.of(), "deploy", "twin", "--yes", "--copy-data=l3_archive");
  }

  private void awaitChange(String phase, String state, String why) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              JsonObject change = twin.change();
              assertThat(change.text("kind")).as(Json.text(change)).contains(phase);
              assertThat(change.text("state")).as(Json.text(change)).contains(state);
              assertThat(change.text("waitingFor").orElse("")).contains(why);
            });
  }

  private static CliRun ended(CompletableFuture<CliRun> deploying) throws Exception {
    return deploying.get(60, TimeUnit.SECONDS);
  }

  private void nothingIsUnderWay() {
    assertThat(twin.change()).isEqualTo(JsonObject.EMPTY);
    for (String stop : List.of("--cancel", "--pause")) {
      assertThat(twin.refused("deploy", "twin", stop).err()).contains("TL-CHANGE-NONE");
    }
  }

  @Test
  @DisplayName("a change that is paused lets nothing else begin, and the next deploy ends it")
  void aPausedChangeIsGoneOnWith() throws Exception {
    CompletableFuture<CliRun> deploying = waitingForAMover();

    twin.run("deploy", "twin", "--pause");

    CliRun paused = ended(deploying);
    assertThat(paused.err()).contains("Paused in L3 hot, phase 1 of ");
    awaitChange("idle-movers", "paused", "");
    assertThat(twin.refused("move", "twin", "hot-to-cold", "--now", TieredTwin.OLD_FOR_HOT).out())
        .contains("The mover is suspended, nothing was moved: ");
    twin.place("aws", "aws", "azure");
    assertThat(twin.refused("deploy", "twin", "--yes").err()).contains("TL-CHANGE-OPEN");
    twin.place("azure", "aws", "azure");
    running.restore(HOT_TO_COLD);
    assertThat(twin.change().text("state")).as("nothing but a deploy ends it").contains("paused");
    twin.run("deploy", "twin", "--yes");

    assertThat(twin.stores("L3 hot")).containsExactly("azure current", "google retained");
    nothingIsUnderWay();
    twin.sendAndAwait(1);
  }

  @Test
  @DisplayName("a change that is taken back in its first phase leaves the tier where it was")
  void aChangeIsTakenBackBeforeItHasMoved() throws Exception {
    CompletableFuture<CliRun> deploying = waitingForAMover();

    twin.run("deploy", "twin", "--cancel");

    var unused = ended(deploying);
    assertThat(twin.stores("L3 hot")).containsExactly("google current");
    nothingIsUnderWay();
    running.restore(HOT_TO_COLD);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        twin.run("move", "twin", "hot-to-cold", "--now", TieredTwin.OLD_FOR_HOT)
                            .out())
                    .contains("Moved "));
    twin.sendAndAwait(1);
  }

  @Test
  @DisplayName("a copy that waits for a restoration is paused, gone on with and taken back")
  void aChangeIsTakenBackWhileBothStoresAreRead() throws Exception {
    CompletableFuture<CliRun> deploying = waitingForARestoration();
    assertThat(twin.stores("L3 archive")).containsExactly("google current", "azure copying");

    twin.run("deploy", "twin", "--pause");

    assertThat(ended(deploying).err()).contains("Paused in L3 archive, phase ");
    awaitChange("copy", "paused", "");
    deploying = copyingTheArchive();
    awaitChange("copy", "waiting", "being restored");
    twin.run("deploy", "twin", "--cancel");

    var unused = ended(deploying);
    assertThat(twin.stores("L3 archive"))
        .contains("azure current")
        .doesNotContain("google current");
    nothingIsUnderWay();
    twin.send();
    twin.awaitReadable(1); // The others are in the archive, and not restored yet.
  }

  @Test
  @DisplayName("a twin that ended in a change goes on with it, whatever the project's folder holds")
  void aTwinThatEndedInAChangeGoesOnWithIt() throws Exception {
    CompletableFuture<CliRun> deploying = waitingForARestoration();
    CliRun.in(folder, "destroy", "twin");
    var unused = ended(deploying);
    var alsoUnused = running.ended();
    twin.place("google", "aws", "aws");
    for (String command : List.of("up", "deploy")) {
      assertThat(
              CliRun.in(folder, command, "twin", "--delete-data=azure:hall-archive-iot-data").err())
          .contains("The twin ended in a change", "is not for that one", "TL-USAGE");
    }
    CompletableFuture<CliRun> going = CliRun.goingOn(folder, Map.of(), "deploy", "twin");
    awaitChange("copy", "waiting", "being restored");
    CliRun.in(folder, "destroy", "twin");
    assertThat(ended(going).err()).contains("The twin ended in a change");

    running = ForegroundTwin.start(folder, "twin", "--no-watch");

    awaitChange("copy", "waiting", "being restored");
    twin.run("deploy", "twin", "--cancel");
    assertThat(twin.stores("L3 archive"))
        .contains("azure current")
        .doesNotContain("google current");
    nothingIsUnderWay();
  }

  @Test
  @DisplayName("of several former stores the one that is named is deleted, and no other")
  void theNamedStoreIsRetired() throws Exception {
    start("1s");
    moveToTheArchive();
    twin.place("google", "aws", "google");
    twin.run("deploy", "twin", "--yes");
    twin.run("retire", "twin", "l3_archive", "--copy");
    twin.place("google", "aws", "aws");
    twin.run("deploy", "twin", "--yes", "--leave-data=l3_archive");
    assertThat(twin.stores("L3 archive"))
        .containsExactlyInAnyOrder("aws current", "google previous", "azure retained");

    assertThat(CliRun.in(folder, "retire", "twin", "l3_archive", "--delete-data", "--yes").err())
        .contains("There are several former stores", "google:", "azure:");
    assertThat(
            CliRun.in(folder, "retire", "twin", "l3_archive", "--delete-data=aws:nope", "--yes")
                .err())
        .contains("There is no former store aws:nope");
    String kept =
        CliRun.in(folder, "status", "twin", "--json").objects("stores").stream()
            .filter(store -> store.text("role").equals(Optional.of("retained")))
            .map(
                store -> store.text("cloud").orElseThrow() + ":" + store.text("name").orElseThrow())
            .findFirst()
            .orElseThrow();
    CliRun retired = twin.run("retire", "twin", "l3_archive", "--delete-data=" + kept, "--yes");

    assertThat(retired.out()).contains("L3 archive still has google:");
    assertThat(twin.stores("L3 archive"))
        .containsExactlyInAnyOrder("aws current", "google previous");
  }

  @Test
  @DisplayName("an archive that must be restored first is left, and copied where that is asked for")
  void anArchiveIsCopiedOnceItIsRestored() throws Exception {
    start("1s");
    moveToTheArchive();
    twin.place("google", "aws", "google");

    twin.run("deploy", "twin", "--yes");

    assertThat(twin.stores("L3 archive")).containsExactly("google current", "azure previous");
    nothingIsUnderWay();
    twin.run("retire", "twin", "l3_archive", "--copy");
    assertThat(twin.stores("L3 archive")).containsExactly("google current", "azure retained");
    twin.run("retire", "twin", "l3_archive", "--delete-data", "--yes");
    twin.place("google", "aws", "azure");
    assertThat(ended(copyingTheArchive()).exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(twin.stores("L3 archive")).containsExactly("azure current", "google retained");
    nothingIsUnderWay();
  }
}
