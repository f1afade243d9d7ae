package io.twinloom.deployer.terraform;

/**
 * A thing on a cloud that holds data of the twin.
 *
 * @param cloud the cloud's id
 * @param name the store's name in the plan; of what no plan names, such as the bucket of dead
 *     letters, the name on its cloud, without what makes that unique
 * @param words what it is, for people, such as {@code table mill-hot-iot-data}
 * @param address where it stands in the HCL
 */
public record StoredData(String cloud, String name, String words, String address) {

  /** How a user names it: {@code CLOUD:NAME}. */
  public String id() {
    return cloud + ":" + name;
  }
}
