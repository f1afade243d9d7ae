package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinloom.deployer.Progress;
import io.twinloom.model.TwinloomException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is made of Terraform's words; what it really says is in the tests that run it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-in is a shell script")
class TerraformFolderTest {

  @TempDir Path folder;

  private final List<String> steps = new ArrayList<>();

  private TerraformFolder saying(String script) {
    return FakeTerraform.found(folder, script)
        .in(folder, Map.of(), Set.of("s3cret-token-of-mill"), steps::add);
  }

  @Test
  void aPlanTellsWhatIsMadeChangedRemovedAndLost() {
    PlannedChanges changes =
        saying(
                """
                cat <<'X'
                {"type":"version","terraform":"1.9.0"}
                {"type":"planned_change","change":{"action":"create","resource":{"addr":"module.aws.aws_lambda_function.other[\\"mill-dispatcher\\"]","resource_type":"aws_lambda_function","resource_name":"other","resource_key":"mill-dispatcher"}}}
                {"type":"planned_change","change":{"action":"update","resource":{"addr":"module.aws.aws_iam_role.rule[0]","resource_type":"aws_iam_role","resource_name":"rule","resource_key":0}}}
                {"type":"planned_change","change":{"action":"replace","resource":{"addr":"a","resource_type":"aws_dynamodb_table","resource_name":"hot","resource_key":"mill-hot-iot-data"}}}
                {"type":"planned_change","change":{"action":"delete","resource":{"addr":"b","resource_type":"aws_s3_bucket","resource_name":"this","resource_key":"deployment"}}}
                {"type":"planned_change","change":{"action":"noop","resource":{"addr":"c","resource_type":"aws_s3_bucket","resource_name":"this","resource_key":"cold"}}}
                X
                """)
            .plan();
    assertThat(changes.summary()).isEqualTo("2 to add, 1 to change, 2 to remove");
    assertThat(changes.changes())
        .extracting(PlannedChanges.Change::what)
        .containsExactly(
            "function mill-dispatcher",
            "iam role rule",
            "table mill-hot-iot-data",
            "bucket deployment");
    assertThat(changes.losses())
        .extracting(PlannedChanges.Change::what)
        .containsExactly("table mill-hot-iot-data");
  }

  @Test
  void whatWasMadeIsReportedInPlainWords() {
    saying(
            """
            cat <<'X'
            {"type":"apply_start","hook":{"action":"create","resource":{"addr":"a","resource_type":"aws_lambda_function","resource_name":"other","resource_key":"mill-persister"}}}
            {"type":"apply_complete","hook":{"action":"create","resource":{"addr":"a","resource_type":"aws_lambda_function","resource_name":"other","resource_key":"mill-persister"}}}
            {"type":"apply_complete","hook":{"action":"delete","resource":{"addr":"b","resource_type":"aws_sfn_state_machine","resource_name":"workflow","resource_key":"mill-workflow"}}}
            {"type":"apply_complete","hook":{"action":"create","resource":{"addr":"c","resource_type":"aws_iam_role","resource_name":"other","resource_key":"mill-persister"}}}
            X
            """)
        .apply();
    assertThat(steps)
        .containsExactly("made function mill-persister", "removed workflow mill-workflow");
  }

  @Test
  void anErrorSaysWhatWhereAndWhatToDoAndNoSecret() {
    TerraformFolder terraform =
        saying(
            """
            cat <<'X'
            {"type":"diagnostic","diagnostic":{"severity":"warning","summary":"never mind"}}
            {"type":"diagnostic","diagnostic":{"severity":"error","summary":"creating Lambda Function (mill-x): operation error Lambda: AccessDeniedException: User: u is not authorized to perform: lambda:CreateFunction on resource r; TOKEN=s3cret-token-of-mill","detail":"","address":"module.aws.aws_lambda_function.other[\\"mill-x\\"]"}}
            {"type":"diagnostic","diagnostic":{"severity":"error","summary":"something else","detail":"","range":{"filename":"aws/iot.tf","start":{"line":7}}}}
            X
            exit 1
            """);
    TwinloomException e = catchThrowableOfType(TwinloomException.class, terraform::apply);
    assertThat(e.code()).isEqualTo("TL-CLOUD-DENIED");
    assertThat(e.where())
        .isEqualTo("function mill-x (module.aws.aws_lambda_function.other[\"mill-x\"])");
    assertThat(e.what())
        .contains("AccessDeniedException", "Also: aws/iot.tf:7: something else")
        .contains("TOKEN=(hidden)")
        .doesNotContain("s3cret");
    assertThat(e.fix()).startsWith("Grant lambda:CreateFunction.");
  }

  @Test
  void aCrashIsReportedByItsLastWords() {
    TerraformFolder terraform =
        saying("echo 'panic: runtime error with s3cret-token-of-mill' >&2; exit 2");
    TwinloomException e = catchThrowableOfType(TwinloomException.class, terraform::plan);
    assertThat(e.code()).isEqualTo("TL-TERRAFORM-BROKEN");
    assertThat(e.what()).contains("panic: runtime error with (hidden)");
  }

  @Test
  void anErrorOfInitIsReadFromItsText() {
    TerraformFolder terraform =
        saying(
            """
            cat >&2 <<'X'
            ╷
            │ Error: Failed to query available provider packages
            │
            │ Could not retrieve the list of available versions for provider
            │ hashicorp/aws: could not connect to registry.terraform.io
            ╵
            X
            exit 1
            """);
    assertThatThrownBy(terraform::init)
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-TERRAFORM-PROVIDERS");
              assertThat(e.what()).contains("provider hashicorp/aws: could not connect");
              assertThat(e.retryable()).isTrue();
            });
  }

  @Test
  void thePlansFileWithItsSecretsGoesAfterTheApply() throws Exception {
    TerraformFolder terraform = saying("if [ $1 = apply ]; then exit 1; fi");
    Files.writeString(folder.resolve("twinloom.tfplan"), "secrets");
    assertThatThrownBy(terraform::apply).isInstanceOf(TwinloomException.class);
    assertThat(folder.resolve("twinloom.tfplan")).doesNotExist();
  }

  @Test
  void noSecretStandsOnACommandLine() throws Exception {
    TerraformFolder terraform = saying("echo \"$@\" >>called; echo '{}'");
    terraform.init();
    terraform.validate();
    terraform.plan();
    terraform.apply();
    terraform.outputs();
    terraform.managed();
    assertThat(Files.readString(folder.resolve("called")))
        .doesNotContain("secret", "token", "-var")
        .contains("plan -input=false -json -lock-timeout=30s -out=twinloom.tfplan");
  }

  @Test
  void whoCancelsHasTerraformEndInOrder() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Progress progress = step -> begun.countDown();
    // As Terraform does: it ends what it is making, says so, and only then stops.
    TerraformFolder terraform =
        FakeTerraform.found(
                folder,
                """
                trap 'echo state >written; exit 1' TERM INT
                echo '{"type":"apply_complete","hook":{"action":"create","resource":{"resource_type":"aws_s3_bucket","resource_key":"cold"}}}'
                while true; do sleep 0.1; done
                """)
            .in(folder, Map.of(), Set.of(), progress);
    CompletableFuture<TwinloomException> ended =
        CompletableFuture.supplyAsync(
            () -> catchThrowableOfType(TwinloomException.class, terraform::apply));
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    terraform.cancel();
    TwinloomException e = ended.get(60, TimeUnit.SECONDS);
    assertThat(e.code()).isEqualTo("TL-TERRAFORM-CANCELLED");
    assertThat(e.retryable()).isTrue();
    assertThat(folder.resolve("written")).exists();
  }

  @Test
  void whereTerraformKnowsOfTheInterruptionItIsNotAskedASecondTime() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    TerraformFolder terraform =
        FakeTerraform.found(
                folder,
                """
                trap 'echo twice >written; exit 1' TERM
                echo '{"@message":"Interrupt received.","type":"log"}'
                echo '{"type":"apply_complete","hook":{"action":"create","resource":{"resource_type":"aws_s3_bucket","resource_key":"cold"}}}'
                i=0; while [ $i -lt 30 ]; do sleep 0.1; i=$((i+1)); done
                echo once >written; exit 1
                """)
            .in(folder, Map.of(), Set.of(), step -> begun.countDown());
    Thread running =
        Thread.ofPlatform()
            .start(() -> catchThrowableOfType(TwinloomException.class, terraform::apply));
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    running.interrupt();
    running.join(20_000);
    assertThat(Files.readString(folder.resolve("written"))).isEqualTo("once\n");
  }

  @Test
  void whoCancelsTwiceHasItEndAtOnce() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    TerraformFolder terraform =
        FakeTerraform.found(
                folder,
                """
                trap '' TERM INT
                echo '{"type":"apply_complete","hook":{"action":"create","resource":{"resource_type":"aws_s3_bucket","resource_key":"cold"}}}'
                exec sleep 60
                """)
            .in(folder, Map.of(), Set.of(), step -> begun.countDown());
    CompletableFuture<TwinloomException> ended =
        CompletableFuture.supplyAsync(
            () -> catchThrowableOfType(TwinloomException.class, terraform::apply));
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    terraform.cancel();
    terraform.cancel();
    assertThat(ended.get(60, TimeUnit.SECONDS).code()).isEqualTo("TL-TERRAFORM-CANCELLED");
  }
}
