package io.twinloom.deployer.device;

import java.util.Map;

/** How the devices of a twin connect to one cloud; found by {@code CloudSupport}. */
public interface DeviceAccess {

  /**
   * The secret members of what Terraform gives out for a device, and the names of the files that
   * they are kept in, owner-only. Where a device connects, its path stands as {@code {member}_file}
   * in place of the member.
   */
  Map<String, String> secretFiles();

  /**
   * Connects as one device, which publishes and listens for itself alone.
   *
   * @throws io.twinloom.model.TwinloomException if something is missing of what it connects with,
   *     or the channel cannot be reached
   */
  DeviceClient connect(DeviceCredentials credentials);
}
