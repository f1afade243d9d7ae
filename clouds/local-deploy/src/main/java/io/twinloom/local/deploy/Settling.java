package io.twinloom.local.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.model.TwinloomException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Has a twin that started with the settings of the version before take its own, as soon as the
 * movers let it. Its caller sees to it that there is one exchange at a time.
 */
final class Settling {

  private final VersionExchange exchange;
  private final FormerSettings former;

  /** As its project has it, in no layout: the layers may move before it has settled. */
  private Optional<PreparedProject> wanted;

  /**
   * @param wanted the version whose settings are to be taken; empty where it has them
   */
  Settling(VersionExchange exchange, FormerSettings former, Optional<PreparedProject> wanted) {
    this.exchange = exchange;
    this.former = former;
    this.wanted = wanted;
  }

  boolean isOver() {
    return wanted.isEmpty();
  }

  /** The twin has become another version, with its own settings. */
  void end() {
    wanted = Optional.empty();
  }

  /**
   * Tries to take them. Where that fails, the next look tries again, not before: each attempt
   * suspends the movers.
   *
   * @param present what runs
   * @param failed takes why it failed, but for something that is under way still
   * @return what runs then, where it has settled
   */
  Optional<PreparedProject> look(
      DeployedState state, PreparedProject present, Consumer<String> failed) {
    try {
      exchange.takeBackAgain();
      Optional<PreparedProject> next =
          wanted.map(
              version -> state.layout(present.project().placement()).of(state.retiringOf(version)));
      if (next.isPresent() && exchange.toWithinALook(next.get(), present)) {
        former.clear();
        end();
        return next;
      }
    } catch (TwinloomException e) {
      failed.accept(e.what() + " (" + e.where() + ")");
    } catch (RuntimeException e) {
      failed.accept(ChangeRunner.why(e));
    }
    return Optional.empty();
  }
}
