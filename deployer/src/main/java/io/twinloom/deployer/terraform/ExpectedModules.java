package io.twinloom.deployer.terraform;

import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * Of which modules of the root Terraform's state has anything, as it was noted beside the HCL.
 *
 * @param modules their names
 */
record ExpectedModules(JsonArray modules) {

  /** No file of Terraform's. */
  static final String FILE = "state-modules.json";

  private static final String MEMBER = "modules";

  /** What is noted in a working folder; none where nothing is. */
  static ExpectedModules in(Path folder) {
    Path noted = folder.resolve(FILE);
    try {
      JsonObject known =
          Files.exists(noted) ? Json.parseObject(Files.readAllBytes(noted)) : JsonObject.EMPTY;
      return new ExpectedModules(known.array(MEMBER).orElse(JsonArray.EMPTY));
    } catch (IOException e) {
      throw TerraformFiles.failed("This file cannot be read", noted, e);
    }
  }

  static JsonObject json(Collection<String> modules) {
    return JsonObject.builder()
        .put(MEMBER, JsonArray.ofTexts(modules.stream().sorted().toList()))
        .build();
  }

  /** Whether the module that a file of the root makes is among them. */
  boolean has(String file) {
    String module = file.replaceFirst("\\.tf$", "").replace('-', '_');
    return modules.values().contains(new JsonString(module));
  }
}
