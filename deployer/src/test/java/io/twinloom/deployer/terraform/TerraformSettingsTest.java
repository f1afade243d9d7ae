package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.json.Json;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.ProjectSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerraformSettingsTest {

  @TempDir Path project;

  @Test
  void aProjectWithoutTheFileSetsNothing() throws IOException {
    assertThat(settings().values().members()).isEmpty();
  }

  @Test
  void whatIsSetIsAVariableOfTheHcl() throws IOException {
    write(
        "{\"_comment\": \"latency first\", \"batch_window_seconds\": 0,"
            + " \"put_off_limit_seconds\": 3600, \"log_retention_days\": 7,"
            + " \"tags\": {\"cost-centre\": \"17\"}}");
    assertThat(Json.text(settings().values()))
        .isEqualTo(
            "{\"batch_window_seconds\":0,\"put_off_limit_seconds\":3600,"
                + "\"log_retention_days\":7,\"tags\":{\"cost-centre\":\"17\"}}");
    String variables = new String(TerraformFiles.source("variables.tf"), StandardCharsets.UTF_8);
    assertThat(settings().values().members().keySet())
        .allSatisfy(name -> assertThat(variables).contains("variable \"" + name + "\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"batch_window\": 1}",
        "{\"batch_window_seconds\": \"1\"}",
        "{\"batch_window_seconds\": -1}",
        "{\"batch_window_seconds\": 0.5}",
        "{\"batch_window_seconds\": 301}",
        "{\"put_off_limit_seconds\": 59}",
        "{\"tags\": {\"a\": 1}}",
        "{\"twin\": \"another\"}"
      })
  void whatCannotBeSetIsAnErrorOfItsFile(String text) throws IOException {
    write(text);
    assertThatThrownBy(this::settings)
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-TERRAFORM-SETTINGS");
              assertThat(e.where()).isEqualTo("terraform_settings.json");
              assertThat(e.fix()).contains("batch_window_seconds");
            });
  }

  private void write(String text) throws IOException {
    Files.writeString(project.resolve("terraform_settings.json"), text);
  }

  private TerraformSettings settings() throws IOException {
    try (var files = ProjectSource.open(project)) {
      return TerraformSettings.of(files);
    }
  }
}
