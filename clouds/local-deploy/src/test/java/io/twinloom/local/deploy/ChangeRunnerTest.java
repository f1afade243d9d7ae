package io.twinloom.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.deployer.change.Change.Step;
import io.twinloom.local.deploy.ChangeRunner.Pace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChangeRunnerTest {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** No test waits for a time: where it needs one to pass, it is the shortest. */
  private static final Duration SHORT = Duration.ofMillis(1);

  private static final Duration NEVER = Duration.ofDays(1);

  private final ChangedTwin twin = new ChangedTwin();
  private ChangeRunner runner = runner(new Pace(SHORT, SHORT, SHORT, NEVER));

  private ChangeRunner runner(Pace pace) {
    return new ChangeRunner(twin, InstantSource.fixed(Instant.EPOCH), pace);
  }

  @AfterEach
  void end() {
    runner.close();
  }

  private static ConditionFactory waiting() {
    return await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(SHORT);
  }

  private void awaitOver() {
    waiting().until(() -> twin.open().isEmpty());
  }

  private void awaitStep(Step step) {
    waiting().until(() -> twin.step().equals(step.name()));
  }

  @Test
  @DisplayName("each phase is written down, entered, carried out, and the last one ends the change")
  void allPhasesInOrder() {
    twin.begin("c", 0);

    runner.start();
    awaitOver();

    assertThat(twin.worked()).containsExactly("c 0", "c 0", "c 1", "c 1", "c 2", "c 2");
    assertThat(twin.entered()).containsExactly("c 0", "c 1", "c 2");
  }

  @Test
  @DisplayName("how far a phase has come is written down, and the next one begins anew")
  void progressIsWrittenDown() {
    twin.begin("c", 0);

    runner.start();
    awaitOver();

    assertThat(twin.progress()).containsExactly("0 ACTING 1", "1 ACTING 1", "2 ACTING 1");
  }

  @Test
  @DisplayName("a pause at any point ends in 'paused' or over, and going on ends the change")
  void pausedAtEachPoint() {
    int points = points();
    for (int point = 0; point < points; point++) {
      restart(point, runner -> runner.pause("c"));

      waiting().until(() -> twin.step().equals("PAUSED") || twin.open().isEmpty());
      if (twin.open().isPresent()) {
        runner.goOn();
        assertThat(twin.step()).as("point " + point).isNotEqualTo("PAUSED");
      }
      awaitOver();

      assertThat(twin.worked()).contains("c 0", "c 1", "c 2");
      assertThat(twin.violations()).as("point " + point).isEmpty();
    }
  }

  @Test
  @DisplayName("who pauses and goes on with it at once has the change carried out, at any point")
  void pausedAndGoneOnWithAtEachPoint() {
    int points = points();
    for (int point = 0; point < points; point++) {
      restart(
          point,
          runner -> {
            runner.pause("c");
            runner.goOn();
          });
      awaitOver();

      assertThat(twin.steps()).as("point " + point).doesNotContain("PAUSED");
    }
  }

  @Test
  @DisplayName("a change that takes another's place at any point is carried out, the other is not")
  void replacedAtEachPoint() {
    int points = points();
    for (int point = 0; point < points; point++) {
      restart(
          point,
          runner -> {
            twin.begin("back", 1);
            runner.goOn();
          });
      awaitOver();

      assertThat(twin.violations()).as("point " + point).isEmpty();
      assertThat(twin.worked()).as("point " + point).endsWith("back 1", "back 2", "back 2");
    }
  }

  @Test
  @DisplayName("a change that takes the place of a paused one is carried out")
  void replacedWhilePaused() {
    restart(3, runner -> runner.pause("c"));
    awaitStep(Step.PAUSED);

    synchronized (twin) {
      twin.begin("back", 2);
      runner.goOn();
    }

    awaitOver();
    assertThat(twin.worked()).endsWith("back 2", "back 2");
  }

  @Test
  @DisplayName("one that was paused before the process began stays so until it is gone on with")
  void staysPaused() {
    twin.begin("c", 1);
    twin.pauseNow();

    runner.start();
    waiting().until(() -> twin.points() > 0);
    assertThat(twin.step()).isEqualTo("PAUSED");
    assertThat(twin.worked()).isEmpty();

    runner.goOn();
    awaitOver();
    assertThat(twin.entered()).containsExactly("c 1", "c 2");
  }

  @Test
  @DisplayName("what fails is tried again, and going on does not wait until then")
  void failuresAreTriedAgain() {
    runner = runner(new Pace(NEVER, NEVER, SHORT, NEVER));
    twin.begin("c", 2);
    twin.failing(1);

    runner.start();
    awaitStep(Step.WAITING);
    assertThat(twin.open().orElseThrow().standing().why()).contains("internal error");
    runner.goOn();

    awaitOver();
  }

  @Test
  @DisplayName("what cannot be written down, at any point, does not end what carries changes out")
  void aFullDiskIsWaitedFor() {
    int points = points();
    for (int point = 0; point < points; point++) {
      restart(
          point,
          runner -> {
            throw new IllegalStateException("no space left");
          });
      awaitOver();
    }
  }

  @Test
  @DisplayName("what began before a phase is waited for, and the status says so")
  void waitsForWhatIsUnderWay() {
    twin.begin("c", 2);
    twin.leaveSomethingUnderWay();

    runner.start();
    awaitStep(Step.WAITING);
    assertThat(twin.worked()).isEmpty();
    twin.endWhatIsUnderWay();

    awaitOver();
  }

  @Test
  @DisplayName("where no change is under way, what is due is begun after a while")
  void whatIsDueIsBegun() {
    runner = runner(new Pace(SHORT, SHORT, SHORT, SHORT));

    runner.start();
    waiting().until(() -> twin.looks() > 1);
    twin.makeDue("c");

    waiting().until(() -> twin.worked().contains("c 2"));
    awaitOver();
  }

  @Test
  @DisplayName("a pause does not wait for who holds the twin's monitor")
  void aPauseIsAnsweredAtOnce() throws Exception {
    runner.start();
    twin.begin("c", 2);
    synchronized (twin) {
      CompletableFuture.runAsync(() -> runner.pause("c")).get(1, TimeUnit.MINUTES);
      runner.goOn();
    }
    awaitOver();
  }

  @Test
  @DisplayName("a pause of a change that is over does not stop the next one, begun by itself")
  void aLatePauseIsOfItsChange() {
    runner = runner(new Pace(SHORT, SHORT, SHORT, SHORT));
    runner.start();

    runner.pause("c");
    twin.makeDue("d");

    waiting().until(() -> twin.worked().contains("d 2"));
    awaitOver();
  }

  @Test
  @DisplayName("what is due and cannot be begun is said, and looked at again")
  void aFailureOfWhatIsDueIsSaid() {
    twin.failingLooks(1);

    runner.start();
    waiting().until(() -> twin.looks() > 1);

    assertThat(twin.failures()).singleElement().asString().contains("internal error");
  }

  /** How often the runner asks the twin for something while it carries a change out. */
  private int points() {
    restart(-1, runner -> {});
    awaitOver();
    return twin.points();
  }

  /** Carries a change out, in which something happens at one point. */
  private void restart(int point, Consumer<ChangeRunner> event) {
    runner.close();
    ChangeRunner next = runner(new Pace(SHORT, SHORT, SHORT, NEVER));
    runner = next;
    twin.clear();
    twin.begin("c", 0);
    twin.at(point, () -> event.accept(next));
    next.start();
  }
}
