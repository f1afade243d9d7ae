package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tier of a twin that runs is moved to another cloud, with what it holds. */
class MovedTierTest {

  @TempDir Path folder;
  private TieredTwin tiered;

  @BeforeEach
  void makeProject() throws IOException {
    tiered = TieredTwin.write(folder, "google", "google", "google");
  }

  @AfterEach
  void end() {
    CliRun.in(folder, "destroy", "twin");
  }

  @Test
  @DisplayName("the hot store is moved while devices send and somebody reads")
  void theHotStoreIsCopiedAndTheFormerOneKeptUntilItIsRetired() throws Exception {
    ForegroundTwin twin = ForegroundTwin.start(folder, "twin", "--no-watch");
    tiered.sendAndAwait(5);
    tiered.place("aws", "google", "google");

    tiered.meanwhile(
        () -> assertThat(tiered.run("deploy", "twin", "--yes").err()).contains("L3 hot, phase "));

    assertThat(tiered.stores("L3 hot")).containsExactly("aws current", "google retained");
    assertThat(tiered.run("plan", "twin").out())
        .contains("nothing changes")
        .doesNotContain("under way");
    tiered.place("google", "google", "google");
    tiered.meanwhile(() -> tiered.run("deploy", "twin", "--yes"));
    assertThat(tiered.stores("L3 hot"))
        .as("back")
        .containsExactly("google current", "aws retained");
    assertThat(tiered.refused("retire", "twin", "l3_hot").err()).contains("TL-STORE-HOLDS-DATA");
    tiered.run("retire", "twin", "l3_hot", "--delete-data", "--yes");
    assertThat(tiered.stores("L3 hot")).containsExactly("google current");
    assertThat(tiered.readable()).isEqualTo(tiered.sent().get());
    twin.destroy();
    twin.ended();

    ForegroundTwin again = ForegroundTwin.start(folder, "twin", "--no-watch");
    assertThat(tiered.readable()).isEqualTo(tiered.sent().get());
    again.destroy();
  }

  @Test
  @DisplayName("a former store is emptied by a change once the twin's name is typed")
  @Tag("full")
  void aFormerStoreIsEmptiedOnTheNameOfTheTwinAlone() throws Exception {
    ForegroundTwin twin = ForegroundTwin.start(folder, "twin", "--no-watch");
    tiered.sendAndAwait(3);
    tiered.place("aws", "google", "google");
    String[] deploy = {"deploy", "twin", "--delete-data=google:hall-hot-iot-data"};

    CliRun unasked = CliRun.in(folder, deploy);
    assertThat(unasked.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(unasked.err()).contains("TL-UNASKED", "--delete-data together with --yes");
    for (String answer : List.of("yes", "hall2", "")) {
      CliRun refused = CliRun.typing(folder, List.of(answer), deploy);
      assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(refused.err())
          .contains("held by google:hall-hot-iot-data. Type hall to go on:", "Nothing was changed");
    }
    assertThat(tiered.stores("L3 hot")).containsExactly("google current");

    CliRun agreed = CliRun.typing(folder, List.of("hall"), deploy);

    assertThat(agreed.exitCode()).as(agreed.err()).isEqualTo(ExitCode.DONE);
    assertThat(tiered.stores("L3 hot")).containsExactly("aws current");
    assertThat(tiered.readable()).isEqualTo(3);
    twin.destroy();
    assertThat(twin.ended().exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  @DisplayName(
      "a move is looked at and asked for of a twin that was started with --archive-restore")
  void whatIsSaidOfAMoveIsWhatItsOptionsMakeOfIt() throws Exception {
    ForegroundTwin twin =
        ForegroundTwin.start(folder, "twin", "--no-watch", "--archive-restore", "20s");
    tiered.sendAndAwait(2);
    tiered.run("move", "twin", "hot-to-cold", "--now", TieredTwin.OLD_FOR_HOT);
    tiered.run("move", "twin", "cold-to-archive", "--now", TieredTwin.OLD_FOR_COLD);
    tiered.place("google", "google", "aws");

    assertThat(tiered.run("plan", "twin").out())
        .contains("hall-archive", "It stays there and is read beside the new store")
        .doesNotContain("It is copied");

    tiered.place("aws", "google", "google");
    tiered.run("send", "twin", "--device", "s1", "{\"t\": 1}", "--wait");
    assertThat(tiered.run("plan", "twin").out()).contains("It is copied while the twin goes on");
    twin.destroy();
    twin.ended();
    CliRun asked = CliRun.typing(folder, List.of("no"), "up", "twin", "--no-watch", "--leave-data");
    assertThat(asked.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(asked.err())
        .contains("It stays there and is read beside the new store", "Nothing was changed")
        .doesNotContain("It is copied");
  }

  @Test
  @DisplayName("the data of a hot store that moves is left, and copied later")
  @Tag("full")
  void whatIsLeftStaysReadableUntilItIsRetired() throws Exception {
    ForegroundTwin twin = ForegroundTwin.start(folder, "twin", "--no-watch");
    tiered.sendAndAwait(5);
    tiered.place("azure", "google", "google");

    tiered.meanwhile(() -> tiered.run("deploy", "twin", "--yes", "--leave-data"));

    assertThat(tiered.stores("L3 hot")).containsExactly("azure current", "google previous");
    twin.destroy();
    twin.ended();
    ForegroundTwin again = ForegroundTwin.start(folder, "twin", "--no-watch");
    assertThat(tiered.readable()).as("after a restart").isEqualTo(tiered.sent().get());
    tiered.meanwhile(() -> tiered.run("retire", "twin", "l3_hot", "--copy"));
    assertThat(tiered.stores("L3 hot")).containsExactly("azure current", "google retained");
    again.destroy();
  }

  @Test
  @DisplayName("each tier is moved in turn, with items in all of them")
  @Tag("full")
  void theColderTiersMoveWithTheirChunks() throws Exception {
    ForegroundTwin twin = ForegroundTwin.start(folder, "twin", "--no-watch");
    tiered.sendAndAwait(2);
    tiered.run("move", "twin", "hot-to-cold", "--now", TieredTwin.OLD_FOR_HOT);
    tiered.run("move", "twin", "cold-to-archive", "--now", TieredTwin.OLD_FOR_COLD);
    tiered.sendAndAwait(2);
    tiered.run("move", "twin", "hot-to-cold", "--now", TieredTwin.OLD_FOR_HOT);
    tiered.send();

    tiered.place("google", "azure", "google");
    tiered.meanwhile(() -> tiered.run("deploy", "twin", "--yes"));
    assertThat(tiered.stores("L3 cold")).containsExactly("azure current", "google retained");
    tiered.place("google", "azure", "aws");
    tiered.meanwhile(
        () -> tiered.run("deploy", "twin", "--yes", "--delete-data=google:hall-archive-iot-data"));
    assertThat(tiered.stores("L3 archive")).containsExactly("aws current");
    tiered.place("google", "google", "aws");
    tiered.meanwhile(() -> tiered.run("deploy", "twin", "--yes"));
    assertThat(tiered.stores("L3 cold"))
        .as("back")
        .containsExactly("google current", "azure retained");
    tiered.place("azure", "google", "aws");
    tiered.meanwhile(() -> tiered.run("deploy", "twin", "--yes", "--leave-data=l3_hot"));
    tiered.run("move", "twin", "hot-to-cold", "--now", TieredTwin.OLD_FOR_HOT);
    assertThat(tiered.readable()).isEqualTo(tiered.sent().get());
    twin.destroy();
  }
}
