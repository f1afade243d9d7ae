package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureCauseTest {

  /** Terraform's own words. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TL-STATE-LOCKED | Error acquiring the state lock: Lock Info: ID: 1234",
        "TL-STATE-BACKEND | Backend configuration changed: A change in the backend configuration"
            + " has been detected",
        "TL-STATE-BACKEND | Error inspecting states in the \"s3\" backend: NoSuchBucket",
        "TL-TERRAFORM-PROVIDERS | Failed to install provider: could not connect",
        "TL-CLOUD-UNREACHABLE | dial tcp 10.0.0.1:443: connect: connection refused",
        "TL-TERRAFORM-CYCLE | Cycle: module.aws.local.a (expand), module.aws.output.b",
        "TL-TERRAFORM-FAILED | Unsupported attribute",
      })
  void eachCauseIsKnownByTerraformsWords(String code, String words) {
    FailureCause cause = TerraformParts.of(List.of()).cause(words).orElse(TerraformCauses.OTHER);
    assertThat(cause.code().code()).isEqualTo(code);
    assertThat(cause.fix(words)).isNotBlank().endsWith(".");
  }
}
