package io.twinloom.deployer.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.Progress;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.testkit.terraform.OfflineTerraform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Our Terraform, offline. */
final class TfCheck {

  private TfCheck() {}

  /** Terraform with the stand-ins; skips the calling test where there is none. */
  static Terraform terraform() {
    return Terraform.find(environment(), SomeParts.ALL);
  }

  /** The same at work in a folder. */
  static TerraformFolder in(Path folder) {
    return in(folder, Map.of(), Progress.SILENT);
  }

  /** The same with further settings. */
  static TerraformFolder in(Path folder, Map<String, String> more, Progress progress) {
    return terraform().in(folder, more, Set.of(), progress);
  }

  /** What {@code terraform show -json} says of the state or of a plan's file. */
  static JsonObject show(Path folder, String... file) {
    return show(folder, Map.of(), file);
  }

  /** The same with further settings. */
  static JsonObject show(Path folder, Map<String, String> more, String... file) {
    Map<String, String> settings = new HashMap<>(environment());
    settings.putAll(more);
    StringBuilder text = new StringBuilder();
    List<String> arguments = new ArrayList<>(List.of("show", "-json"));
    arguments.addAll(List.of(file));
    int exit =
        new TerraformProcess(terraform().executable(), folder, settings)
            .run(arguments, text::append, line -> {});
    assertThat(exit).isZero();
    return Json.parseObject(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  static Map<String, String> environment() {
    return OfflineTerraform.environment();
  }

  /** An empty folder below the module's build folder. */
  static Path emptyFolder(String name) {
    return OfflineTerraform.emptyFolder(name);
  }

  /** Has the stand-ins answer so, or fail. */
  static Map<String, String> values(Path folder, String json) {
    try {
      Path file = Files.writeString(folder.resolve("values.json"), json);
      return Map.of("TFCHECK_VALUES", file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
