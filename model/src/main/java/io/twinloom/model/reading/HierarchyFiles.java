package io.twinloom.model.reading;

import io.twinloom.json.Located;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.Provider;
import io.twinloom.model.error.ModelError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of {@code twin_hierarchy/}: the neutral one, else that of L4's cloud in the cloud's own
 * shape.
 */
final class HierarchyFiles {
  static final String NEUTRAL = "twin_hierarchy/hierarchy.json";
  static final String AWS = "twin_hierarchy/aws_hierarchy.json";
  static final String AZURE = "twin_hierarchy/azure_hierarchy.json";

  private HierarchyFiles() {}

  /** The hierarchy; null if it cannot be read, which was then reported. */
  static @Nullable Hierarchy read(
      FileLoader loader, ProvidersFile.@Nullable Choice l4, DevicesFile.Found devices) {
    if (loader.has(NEUTRAL)) {
      Located root = loader.json(NEUTRAL);
      return root == null ? null : TreeHierarchy.read(root, devices, loader.problems(NEUTRAL));
    }
    if (l4 == null) {
      return null;
    }
    Optional<Provider> cloud = l4.cloud();
    if (cloud.equals(Optional.of(Provider.AWS)) && loader.has(AWS)) {
      Located root = loader.json(AWS);
      return root == null ? null : TreeHierarchy.read(root, devices, loader.problems(AWS));
    }
    if (cloud.equals(Optional.of(Provider.AZURE)) && loader.has(AZURE)) {
      Located root = loader.json(AZURE);
      return root == null ? null : AzureHierarchy.read(root, devices, loader.problems(AZURE));
    }
    warnOfOther(loader, AWS, cloud);
    warnOfOther(loader, AZURE, cloud);
    return devices.known() ? Hierarchy.ofDevices(devices.devices()) : null;
  }

  private static void warnOfOther(FileLoader loader, String path, Optional<Provider> l4) {
    if (loader.has(path)) {
      String place = l4.isEmpty() ? "there is no L4" : "L4 is on " + l4.get().id();
      loader
          .problems(path)
          .fileWarning(
              ModelError.HIERARCHY_OTHER_CLOUD,
              "The hierarchy has no effect, since " + place + "; each device is an entity instead.",
              path.equals(AWS)
                  ? "Rename it to " + NEUTRAL + ", which every cloud reads and has the same shape."
                  : "Write the hierarchy as " + NEUTRAL + ", which every cloud reads.");
    }
  }
}
