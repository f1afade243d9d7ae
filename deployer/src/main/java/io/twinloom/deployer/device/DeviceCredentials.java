package io.twinloom.deployer.device;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What one device connects with: the members that its cloud's Terraform gives out, in which the
 * paths of files stand for those that are secret.
 */
public record DeviceCredentials(String device, JsonObject members) {

  /**
   * A member that must be there.
   *
   * @throws TwinloomException if it is not
   */
  public String text(String key) {
    return members.text(key).orElseThrow(() -> missing(device));
  }

  /**
   * The file of a member that must be there.
   *
   * @throws TwinloomException if it is not
   */
  public Path file(String key) {
    return Path.of(text(key + "_file"));
  }

  /** The file of a member, where there is one. */
  public Optional<Path> optionalFile(String key) {
    return members.text(key + "_file").map(Path::of);
  }

  /** The error for a device that nothing is known of. */
  public static TwinloomException missing(String device) {
    return new TwinloomException(
        DeployerError.DEVICE_NO_CREDENTIALS,
        "There is nothing that device '" + device + "' could connect with.",
        device,
        "Deploy the twin again: that writes what each of its devices connects with.");
  }
}
