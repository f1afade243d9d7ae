package io.twinloom.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.PhaseOutcome;
import io.twinloom.json.JsonBoolean;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.TwinloomException;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.testkit.project.ProjectBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chunks are kept otherwise, which takes one step in which the movers are idle. */
class VersionExchangeTest {

  @TempDir Path folder;
  private PreparedProject present;
  private PreparedProject next;

  @BeforeEach
  void prepare() {
    present = version("present", JsonBoolean.FALSE);
    next = version("next", JsonBoolean.TRUE);
  }

  private PreparedProject version(String name, JsonBoolean compresses) {
    Path place =
        ProjectBuilder.of("hall")
            .device("s1", "t")
            .config("compress_chunks", compresses)
            .writeTo(folder.resolve(name));
    return Preparation.of(
            place, UserCodeChecker.of(folder.resolve("cache"), "", InstantSource.system()))
        .project()
        .orElseThrow();
  }

  /** Clouds whose mover always has an open plan. */
  private static final class BusyClouds implements VersionExchange.Running {
    private final List<PreparedProject> versions = new ArrayList<>();
    private final Consumer<PreparedProject> changing;
    private int looks;

    BusyClouds(Consumer<PreparedProject> changing) {
      this.changing = changing;
    }

    @Override
    public LocalClouds.Exchange change(PreparedProject version) {
      changing.accept(version);
      versions.add(version);
      return new LocalClouds.Exchange(List.of(), CompletableFuture.completedFuture(null));
    }

    @Override
    public PhaseOutcome idleMovers(PreparedProject step) {
      looks++;
      return new PhaseOutcome.Waiting("the mover has an open plan");
    }
  }

  @Test
  @DisplayName("where the former version cannot be taken up again, the first failure is still said")
  void theFirstFailureIsNotMasked() {
    RuntimeException full = new IllegalStateException("the disk is full");
    BusyClouds clouds =
        new BusyClouds(
            version -> {
              if (version.equals(present)) {
                throw full;
              }
            });

    assertThatThrownBy(() -> new VersionExchange(clouds).to(next, present, Duration.ZERO))
        .isInstanceOf(TwinloomException.class)
        .hasMessageContaining("the mover has an open plan")
        .hasSuppressedException(full);
  }

  @Test
  @DisplayName("an interrupt ends the waiting at once, and the former version runs on")
  void anInterruptEndsTheWaiting() {
    BusyClouds clouds = new BusyClouds(version -> {});
    VersionExchange exchange = new VersionExchange(clouds);

    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> exchange.to(next, present, VersionExchange.LONGEST))
          .isInstanceOf(TwinloomException.class)
          .hasMessageContaining("the waiting was interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(clouds.looks).isLessThanOrEqualTo(1);
    assertThat(clouds.versions).last().isEqualTo(present);
  }

  @Test
  @DisplayName("what is under way is looked at again later; what fails otherwise is thrown")
  void onlyWhatIsUnderWayIsLookedAtAgain() {
    Thread.currentThread().interrupt();
    boolean done = new VersionExchange(new BusyClouds(version -> {})).toWithinALook(next, present);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(done).isFalse();

    RuntimeException full = new IllegalStateException("the disk is full");
    BusyClouds failing =
        new BusyClouds(
            version -> {
              throw full;
            });
    assertThatThrownBy(() -> new VersionExchange(failing).toWithinALook(next, present))
        .isSameAs(full);
  }

  @Test
  @DisplayName("what could not be taken back is taken back later, once")
  void takesBackAgain() {
    AtomicBoolean full = new AtomicBoolean(true);
    BusyClouds clouds =
        new BusyClouds(
            version -> {
              if (version.equals(present) && full.get()) {
                throw new IllegalStateException("the disk is full");
              }
            });
    VersionExchange exchange = new VersionExchange(clouds);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> exchange.toWithinALook(next, present))
        .as("it is not only that something is under way")
        .isInstanceOf(TwinloomException.class);
    assertThat(Thread.interrupted()).isTrue();

    full.set(false);
    exchange.takeBackAgain();
    exchange.takeBackAgain();

    assertThat(clouds.versions.stream().filter(present::equals)).hasSize(1);
    assertThat(clouds.versions).last().isEqualTo(present);
  }
}
