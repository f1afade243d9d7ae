package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinloom.deployer.Progress;
import io.twinloom.model.TwinloomException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What clouds refuse in the middle of an apply, and the way back. */
@Tag("full")
class RefusalsTest {

  @Test
  void aQuotaThatIsReachedHalfWayIsSaidAndEverythingCanBeUndone() {
    refused(
        "quota",
        "aws_lambda_function",
        "operation error Lambda: CreateFunction, https response error StatusCode: 400,"
            + " CodeStorageExceededException: Code storage limit exceeded.",
        "TL-CLOUD-QUOTA",
        "Service Quotas");
  }

  @Test
  void aNameThatIsTakenIsSaidAndEverythingCanBeUndone() {
    refused(
        "taken",
        "aws_s3_bucket",
        "api error BucketAlreadyExists: The requested bucket name is not available.",
        "TL-NAME-TAKEN",
        "digital_twin_name");
  }

  private static void refused(String name, String type, String words, String code, String fix) {
    Path data = TfCheck.emptyFolder("refused-" + name);
    Path folder = Twins.written(Twins.twin("azzzzzz", Twins.EVENTS), data.resolve("terraform"));
    String values = "{\"" + type + "\": {\"$fail\": \"" + words + "\"}}";
    TerraformFolder refusing = TfCheck.in(folder, TfCheck.values(data, values), Progress.SILENT);
    refusing.init();
    refusing.plan();
    TwinloomException e = catchThrowableOfType(TwinloomException.class, refusing::apply);
    assertThat(e.code()).isEqualTo(code);
    assertThat(e.what()).contains(words.replaceAll("\\.$", ""));
    assertThat(e.where()).contains("module.aws." + type);
    assertThat(e.fix()).contains(fix);

    TerraformFolder after = TfCheck.in(folder);
    int made = after.managed();
    assertThat(made).isPositive();
    after.plan();
    after.apply();
    assertThat(after.managed()).isGreaterThan(made);
    after.destroy();
    assertThat(after.managed()).isZero();
  }
}
