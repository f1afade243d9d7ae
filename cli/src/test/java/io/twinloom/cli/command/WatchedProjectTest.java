package io.twinloom.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.change.ProjectChange;
import io.twinloom.deployer.change.ProjectChange.Effect;
import io.twinloom.deployer.change.ProjectChange.Item;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedProjectTest {

  private static final Item MOVE = new Item(Effect.MOVE, "L3 hot, from aws to google");
  private static final Item DATA = new Item(Effect.DATA, "history_over_tiers off");
  private static final Item RESTART = new Item(Effect.RESTART, "L5, on azure");

  private static String said(Item... items) {
    return WatchedProject.apart(new ProjectChange(List.of(items)), "my-twin");
  }

  @Test
  void eachChangeThatIsConfirmedApartIsSaidOnce() {
    assertThat(said(MOVE, RESTART, DATA))
        .startsWith(
            "What is stored is not moved, and not made unreachable, before that is confirmed: "
                + "L3 hot, from aws to google; history_over_tiers off. "
                + "The twin has to be started again for L5, on azure. '")
        .containsOnlyOnce(RESTART.what());
  }

  @Test
  void nothingIsSaidOfStoredDataWhereTheTwinIsOnlyStartedAgain() {
    assertThat(said(RESTART))
        .startsWith("The twin has to be started again for L5, on azure. '")
        .doesNotContain("stored")
        .contains("plan my-twin'", "deploy my-twin'");
  }
}
