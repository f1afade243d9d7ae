package io.twinloom.local.deploy;

import io.twinloom.deployer.TokenSwitch;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.Connections;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Has the functions of a twin on local clouds use tokens, and waits for runs with former ones. */
record LocalTokenSwitch(LocalClouds clouds, String twin) implements TokenSwitch {

  /** A sender's own attempts end before this, but for a receiver that asks for long pauses. */
  private static final Duration LONGEST_CHANGE = Duration.ofSeconds(100);

  /** A rotation changes tokens twice: the new ones come, and the former end. */
  static final Duration ROTATION = LONGEST_CHANGE.multipliedBy(2);

  @Override
  public void use(Connections connections) {
    try {
      clouds.use(connections).get(LONGEST_CHANGE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new TwinloomException(
          LocalDeployError.TOKENS_IN_USE,
          "Some calls with the former token are still under way, since their receiver does not"
              + " answer: both tokens stay valid.",
          twin,
          "Rotate again when the receiver answers; `status` names the connection.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while tokens were rotated", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
