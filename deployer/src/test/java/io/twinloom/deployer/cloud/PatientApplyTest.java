package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.PlannedChanges.Action;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.deployer.terraform.StoredData;
import io.twinloom.deployer.terraform.TerraformWork;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A role that was just made is waited for; anything else is reported at once. */
class PatientApplyTest {

  private static final Change ROLE = change(Action.ADD, "aws_iam_role.twin");
  private static final Change WORKSPACE = change(Action.ADD, "awscc_workspace.twin");

  private final Deque<DeployerError> failures = new ArrayDeque<>();
  private final Deque<PlannedChanges> plans = new ArrayDeque<>();
  private final List<Duration> waited = new ArrayList<>();
  private final List<PlannedChanges> asked = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private int applied;

  private static Change change(Action action, String address) {
    return new Change(action, address, address, true, false);
  }

  private void apply() {
    new PatientApply(waited::add, (work, changes) -> asked.add(changes), said::add)
        .apply(new Scripted(), new PlannedChanges(List.of(ROLE, WORKSPACE)));
  }

  private void failsTimes(int times, DeployerError error) {
    for (int i = 0; i < times; i++) {
      failures.add(error);
    }
  }

  @Test
  @DisplayName("a role on AWS has not spread yet")
  void aRoleThatIsNotKnownYetIsWaitedForAndWhatIsLeftIsApplied() {
    failsTimes(2, DeployerError.CLOUD_ROLE_PENDING);
    plans.add(new PlannedChanges(List.of(WORKSPACE)));
    plans.add(new PlannedChanges(List.of(change(Action.REPLACE, WORKSPACE.address()))));
    apply();
    assertThat(applied).isEqualTo(3);
    assertThat(waited).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(20));
    assertThat(said).hasSize(2).allMatch(step -> step.contains("role"));
    assertThat(asked).as("all of it was agreed to").isEmpty();
  }

  @Test
  void afterTwoMinutesItIsTold() {
    failsTimes(9, DeployerError.CLOUD_ROLE_PENDING);
    for (int i = 0; i < 9; i++) {
      plans.add(new PlannedChanges(List.of(WORKSPACE)));
    }
    assertThatThrownBy(this::apply)
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> assertThat(e.error()).isEqualTo(DeployerError.CLOUD_ROLE_PENDING));
    assertThat(waited.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void anyOtherFailureIsReportedAtOnce() {
    failsTimes(1, DeployerError.CLOUD_DENIED);
    assertThatThrownBy(this::apply)
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> assertThat(e.error()).isEqualTo(DeployerError.CLOUD_DENIED));
    assertThat(waited).isEmpty();
  }

  @Test
  void whatWasNotAgreedToIsAskedAboutBeforeItIsApplied() {
    failsTimes(1, DeployerError.CLOUD_ROLE_PENDING);
    PlannedChanges other =
        new PlannedChanges(List.of(WORKSPACE, change(Action.REMOVE, "aws_dynamodb_table.hot")));
    plans.add(other);
    apply();
    assertThat(asked).containsExactly(other);
  }

  private final class Scripted implements TerraformWork {
    @Override
    public PlannedChanges plan() {
      return plans.pop();
    }

    @Override
    public PlannedChanges planDestroy(List<StoredData> kept) {
      throw new AssertionError("nothing is destroyed");
    }

    @Override
    public List<StoredData> stored() {
      return List.of();
    }

    @Override
    public boolean unprotect(List<StoredData> data) {
      throw new AssertionError("nothing is locked here");
    }

    @Override
    public List<Change> besideTokens() {
      return List.of();
    }

    @Override
    public void apply() {
      applied++;
      if (!failures.isEmpty()) {
        throw new TwinloomException(failures.pop(), "failed", "", "");
      }
    }

    @Override
    public JsonObject outputs() {
      return JsonObject.EMPTY;
    }

    @Override
    public int managed() {
      return 0;
    }
  }
}
