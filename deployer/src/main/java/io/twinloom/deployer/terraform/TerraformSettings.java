package io.twinloom.deployer.terraform;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a project sets of the deployment to clouds that is no part of the twin: variables of the HCL
 * that have defaults there.
 *
 * @param values by the variables' names
 */
public record TerraformSettings(JsonObject values) {

  /** Where a project has them. */
  public static final String FILE = "terraform_settings.json";

  /** A project that sets nothing. */
  public static final TerraformSettings NONE = new TerraformSettings(JsonObject.EMPTY);

  /** What a value may be. */
  private sealed interface Kind {

    boolean allows(JsonValue value);

    String words();

    /** A whole number. */
    record Whole(long least, long most) implements Kind {
      @Override
      public boolean allows(JsonValue value) {
        if (!(value instanceof JsonNumber number)) {
          return false;
        }
        BigDecimal decimal = number.asDecimal();
        return decimal.stripTrailingZeros().scale() <= 0
            && decimal.compareTo(BigDecimal.valueOf(least)) >= 0
            && decimal.compareTo(BigDecimal.valueOf(most)) <= 0;
      }

      @Override
      public String words() {
        return "a whole number from " + least + " to " + most;
      }
    }

    /** An object of texts. */
    record Texts() implements Kind {
      @Override
      public boolean allows(JsonValue value) {
        return value instanceof JsonObject object
            && object.members().values().stream().allMatch(JsonString.class::isInstance);
      }

      @Override
      public String words() {
        return "an object of texts";
      }
    }
  }

  private static final Map<String, Kind> KINDS =
      new TreeMap<>(
          Map.of(
              "batch_window_seconds", new Kind.Whole(0, 300),
              "log_retention_days", new Kind.Whole(1, 3_653),
              "mover_runs", new Kind.Whole(1, 16),
              "put_off_limit_seconds", new Kind.Whole(60, 604_800),
              "tags", new Kind.Texts()));

  /**
   * Those of a project; none where it has no such file.
   *
   * @throws TwinloomException if the file is there and cannot be understood
   */
  public static TerraformSettings of(ProjectFiles project) {
    try {
      return project.read(FILE).map(TerraformSettings::read).orElse(NONE);
    } catch (IOException e) {
      throw error("The file cannot be read.", e);
    }
  }

  private static TerraformSettings read(byte[] text) {
    JsonObject given;
    try {
      given = Json.parseObject(text);
    } catch (IllegalArgumentException e) {
      throw error("The file does not hold a JSON object.", e);
    }
    JsonObject.Builder values = JsonObject.builder();
    given
        .members()
        .forEach(
            (name, value) -> {
              if (name.startsWith("_comment") || name.equals("$schema")) {
                return;
              }
              Kind kind = KINDS.get(name);
              if (kind == null) {
                throw error("There is no setting " + name + ".", null);
              }
              if (!kind.allows(value)) {
                throw error(name + " is not " + kind.words() + ".", null);
              }
              values.put(name, value);
            });
    return new TerraformSettings(values.build());
  }

  private static TwinloomException error(String what, @Nullable Exception cause) {
    return new TwinloomException(
        DeployerError.TERRAFORM_SETTINGS,
        what,
        FILE,
        "Set any of "
            + String.join(", ", KINDS.keySet())
            + "; docs/configuration.md names the page that says what each does.",
        cause);
  }
}
