package io.twinloom.deployer.cloud;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.files.ProjectSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a user gives of one cloud's credentials: the object of {@code config_credentials.json}, and
 * the environment. What neither has, the cloud's own default chain may have. Holds secrets: its
 * text shows none.
 */
public final class CloudCredentials {

  /** The file, in a project. */
  public static final String FILE = "config_credentials.json";

  private final JsonObject values;
  private final Map<String, String> environment;

  private CloudCredentials(JsonObject values, Map<String, String> environment) {
    this.values = values;
    this.environment = Map.copyOf(environment);
  }

  /**
   * Reads them from a project.
   *
   * @throws TwinloomException if the file is there and cannot be read
   */
  public static CloudCredentials of(Path project, Provider cloud, Map<String, String> environment) {
    try (ProjectFiles files = ProjectSource.open(project)) {
      Optional<byte[]> content = files.read(FILE);
      JsonObject all = content.isPresent() ? Json.parseObject(content.get()) : JsonObject.EMPTY;
      return new CloudCredentials(own(all, cloud), environment);
    } catch (IOException | IllegalArgumentException e) {
      throw new TwinloomException(
          DeployerError.CREDENTIALS_UNREADABLE,
          "The file of credentials cannot be read: " + FileFailure.reason(e) + ".",
          FILE,
          "Make it readable for you alone, or remove it and give the credentials in the"
              + " environment.",
          e);
    }
  }

  private static JsonObject own(JsonObject all, Provider cloud) {
    for (String name : cloud.credentialsNames()) {
      if (all.has(name)) {
        return all.object(name).orElse(JsonObject.EMPTY);
      }
    }
    return JsonObject.EMPTY;
  }

  /** A value of the file, by its key there; empty where it is missing or blank. */
  public Optional<String> value(String key) {
    JsonValue value = values.get(key);
    return value == null ? Optional.empty() : values.text(key).filter(v -> !v.isBlank());
  }

  /** A variable of the environment; empty where it is missing or blank. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank());
  }

  @Override
  public String toString() {
    return "CloudCredentials" + values.members().keySet();
  }
}
