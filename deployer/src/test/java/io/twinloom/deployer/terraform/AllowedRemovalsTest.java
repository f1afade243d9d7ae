package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.terraform.AllowedRemovals.Leaving;
import io.twinloom.deployer.terraform.PlannedChanges.Action;
import io.twinloom.deployer.terraform.PlannedChanges.Change;
import io.twinloom.model.cloud.KnownClouds;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What stops an apply: removing or replacing anything that it does not name. */
class AllowedRemovalsTest {

  private static final String TABLE = "module.aws.aws_dynamodb_table.hot[\"mill-hot-iot-data\"]";
  private static final StoredData DATA =
      new StoredData("aws", "mill-hot-iot-data", "table mill-hot-iot-data", TABLE);

  private final Leaving leaving =
      new Leaving(
          Set.of("mill-hot-writer", "mill-hot-to-cold-mover-daily", "mill-hot-iot-data"),
          Set.of("mill-hot-reader"),
          false);

  private boolean allows(Set<String> confirmed, Leaving leaves, Action action, String address) {
    boolean losesData = address.equals(TABLE);
    PlannedChanges changes =
        new PlannedChanges(List.of(new Change(action, address, address, true, losesData)))
            .losing(losesData ? List.of(DATA) : List.of());
    return new AllowedRemovals(Map.of(KnownClouds.AWS, leaves), confirmed, Set.of("aws_s3_object"))
        .violations(changes)
        .isEmpty();
  }

  private boolean allows(String address) {
    return allows(Set.of(), leaving, Action.REMOVE, address);
  }

  @Test
  void thingsOfWhatLeavesMayGoAndNoOthers() {
    assertThat(allows("module.aws.aws_lambda_function.receiver[\"mill-hot-writer\"]")).isTrue();
    assertThat(allows("module.aws.aws_lambda_function.other[\"mill-persister\"]")).isFalse();
    assertThat(allows("module.google.terraform_data.other[\"mill-hot-writer\"]"))
        .as("of another cloud")
        .isFalse();
    assertThat(allows("terraform_data.it")).as("outside of all clouds").isFalse();
  }

  @Test
  void whatLeavesMayBeNamedAsItsBlockIs() {
    Leaving devices = new Leaving(Set.of("device"), Set.of(), false);
    String thing = "module.aws.aws_iot_thing.device[\"sensor-1\"]";
    assertThat(allows(Set.of(), devices, Action.REMOVE, thing)).isTrue();
    assertThat(allows(thing)).isFalse();
  }

  @Test
  void aScheduleThatIsDividedGoesWithAllItsRuns() {
    assertThat(allows("module.aws.aws_scheduler_schedule.this[\"mill-hot-to-cold-mover-daily-3\"]"))
        .isTrue();
  }

  @Test
  void aFunctionThatLosesItsAddressLosesNothingElse() {
    assertThat(allows("module.aws.aws_lambda_function_url.receiver[\"mill-hot-reader\"]")).isTrue();
    assertThat(allows("module.aws.aws_lambda_permission.url[\"mill-hot-reader\"]")).isTrue();
    assertThat(allows("module.aws.aws_lambda_function.receiver[\"mill-hot-reader\"]")).isFalse();
    assertThat(allows("module.aws.aws_iam_role.receiver[\"mill-hot-reader\"]")).isFalse();
  }

  @Test
  void nothingIsReplacedButUploads() {
    assertThat(
            allows(
                Set.of("aws:mill-hot-iot-data"),
                leaving,
                Action.REPLACE,
                "module.aws.aws_lambda_function.receiver[\"mill-hot-writer\"]"))
        .isFalse();
    assertThat(allows(Set.of("aws:mill-hot-iot-data"), leaving, Action.REPLACE, TABLE)).isFalse();
    assertThat(
            allows(
                Set.of(),
                Leaving.NOTHING,
                Action.REPLACE,
                "module.aws.aws_s3_object.package[\"aws/system\"]"))
        .isTrue();
  }

  @Test
  void aStoreGoesOnlyWhereItIsNamed() {
    assertThat(allows(TABLE)).isFalse();
    assertThat(allows(Set.of("aws:mill-cold-iot-data"), leaving, Action.REMOVE, TABLE)).isFalse();
    assertThat(allows(Set.of("aws:mill-hot-iot-data"), leaving, Action.REMOVE, TABLE)).isTrue();
    Leaving all = new Leaving(Set.of(), Set.of(), true);
    assertThat(allows(Set.of(), all, Action.REMOVE, TABLE))
        .as("also where its whole cloud leaves")
        .isFalse();
  }

  @Test
  void whatSeveralShareGoesWhereSomethingLeavesAndEverythingWhereTheCloudLeaves() {
    String group = "module.aws.aws_scheduler_schedule_group.twin[0]";
    assertThat(allows(group)).isTrue();
    assertThat(allows(Set.of(), Leaving.NOTHING, Action.REMOVE, group)).isFalse();
    String bucket = "module.aws.aws_s3_bucket.this[\"deployment\"]";
    assertThat(allows(bucket)).isFalse();
    assertThat(allows(Set.of(), new Leaving(Set.of(), Set.of(), true), Action.REMOVE, bucket))
        .isTrue();
  }

  @Test
  void whatIsMadeOrChangedIsNobodysConcern() {
    assertThat(allows(Set.of(), Leaving.NOTHING, Action.ADD, TABLE)).isTrue();
    assertThat(allows(Set.of(), Leaving.NOTHING, Action.CHANGE, TABLE)).isTrue();
  }
}
