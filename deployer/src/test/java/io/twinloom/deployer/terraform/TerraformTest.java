package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.Progress;
import io.twinloom.model.TwinloomException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-in is a shell script")
class TerraformTest {

  @TempDir Path bin;

  @Test
  void theFirstOnThePathIsTaken() {
    FakeTerraform.make(bin, "terraform", FakeTerraform.versionAnd("1.11.4", ""));
    assertThat(Terraform.find(only(bin), SomeParts.ALL).name()).isEqualTo("Terraform 1.11.4");
  }

  @Test
  void openTofuServesWhereThereIsNoTerraform() {
    FakeTerraform.make(bin, "tofu", FakeTerraform.versionAnd("1.10.6", ""));
    assertThat(Terraform.find(only(bin), SomeParts.ALL).name()).isEqualTo("OpenTofu 1.10.6");
  }

  @Test
  void openTofuServesWhereTerraformIsTooOld() {
    FakeTerraform.make(bin, "terraform", FakeTerraform.versionAnd("1.5.7", ""));
    FakeTerraform.make(bin, "tofu", FakeTerraform.versionAnd("1.8.0-rc1", ""));
    assertThat(Terraform.find(only(bin), SomeParts.ALL).name()).isEqualTo("OpenTofu 1.8.0-rc1");
  }

  @Test
  void withoutAnyTheErrorSaysWhereToGetOne() {
    assertThatThrownBy(() -> Terraform.find(only(bin), SomeParts.ALL))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-TERRAFORM-MISSING");
              assertThat(e.fix()).contains("Terraform", "OpenTofu", "1.8", "TWINLOOM_TERRAFORM");
            });
  }

  @Test
  void oneThatIsTooOldIsNamedWithItsVersion() {
    Path old = FakeTerraform.make(bin, "terraform", FakeTerraform.versionAnd("1.7.5", ""));
    assertThatThrownBy(() -> Terraform.find(only(bin), SomeParts.ALL))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-TERRAFORM-UNUSABLE");
              assertThat(e.what()).contains(old.toString(), "1.7.5", "1.8");
            });
  }

  @Test
  void oneThatDoesNotWorkIsNamed() {
    FakeTerraform.make(bin, "terraform", "echo this is no terraform; exit 0");
    FakeTerraform.make(bin, "tofu", "exit 126");
    assertThatThrownBy(() -> Terraform.find(only(bin), SomeParts.ALL))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-TERRAFORM-UNUSABLE");
              assertThat(e.what()).contains("terraform does not work", "tofu does not work");
            });
  }

  @Test
  void theExecutableThatTheUserNamesIsTheOnlyOneAsked() {
    FakeTerraform.make(bin, "terraform", FakeTerraform.versionAnd("1.11.4", ""));
    Path mine = FakeTerraform.make(bin, "mine", FakeTerraform.versionAnd("1.9.1", ""));
    assertThat(Terraform.find(named(mine), SomeParts.ALL).executable()).isEqualTo(mine);
    assertThatThrownBy(() -> Terraform.find(named(bin.resolve("none")), SomeParts.ALL))
        .hasMessageContaining("TWINLOOM_TERRAFORM")
        .extracting(e -> ((TwinloomException) e).where())
        .isEqualTo(bin.resolve("none").toString());
  }

  @Test
  void settingsThatWouldChangeARunDoNotReachIt() throws Exception {
    FakeTerraform.make(
        bin, "terraform", FakeTerraform.versionAnd("1.9.0", "env >seen; echo '{\"valid\":true}'"));
    Map<String, String> environment =
        Map.of(
            "PATH", bin + ":/bin:/usr/bin",
            "TF_CLI_ARGS", "-destroy",
            "TF_VAR_twin", "other",
            "TF_WORKSPACE", "other",
            "TF_LOG", "trace",
            "TF_PLUGIN_CACHE_DIR", "/cache",
            "HTTPS_PROXY", "http://proxy");
    Terraform.find(environment, SomeParts.ALL)
        .in(bin, Map.of("AWS_PROFILE", "mill"), Set.of(), Progress.SILENT)
        .validate();
    assertThat(Files.readAllLines(bin.resolve("seen")))
        .contains(
            "AWS_PROFILE=mill",
            "TF_PLUGIN_CACHE_DIR=/cache",
            "HTTPS_PROXY=http://proxy",
            "TF_IN_AUTOMATION=1")
        .noneMatch(line -> line.matches("TF_(CLI_ARGS|VAR_|WORKSPACE|LOG).*"));
  }

  private static Map<String, String> only(Path folder) {
    return Map.of("PATH", folder.toString());
  }

  private static Map<String, String> named(Path executable) {
    return Map.of(
        "PATH", executable.getParent().toString(), Terraform.OVERRIDE, executable.toString());
  }
}
