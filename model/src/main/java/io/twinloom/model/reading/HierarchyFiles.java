package io.twinloom.model.reading;

import io.twinloom.json.Located;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.HierarchyFile;
import io.twinloom.model.KnownDevices;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.Provider;
import io.twinloom.model.error.ModelError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of {@code twin_hierarchy/}: the neutral one, else that of L4's cloud, which may have a
 * shape of its own.
 */
final class HierarchyFiles {
  static final String NEUTRAL = "twin_hierarchy/hierarchy.json";

  private HierarchyFiles() {}

  /** Where a hierarchy may be. */
  static List<String> paths() {
    List<String> paths = new ArrayList<>(List.of(NEUTRAL));
    ofClouds().forEach(file -> paths.add(file.path()));
    return paths;
  }

  private static List<HierarchyFile> ofClouds() {
    return Provider.all().stream()
        .flatMap(cloud -> cloud.conventions().hierarchy().stream())
        .toList();
  }

  /**
   * The hierarchy; null if it cannot be read, which was then reported.
   *
   * @param twin the twin's name; empty where it is not known
   */
  static @Nullable Hierarchy read(
      FileLoader loader, ProvidersFile.@Nullable Choice l4, String twin, KnownDevices devices) {
    if (loader.has(NEUTRAL)) {
      Located root = loader.json(NEUTRAL);
      return root == null
          ? null
          : TreeHierarchy.read(root, twin, devices, loader.problems(NEUTRAL));
    }
    if (l4 == null) {
      return null;
    }
    Optional<HierarchyFile> own =
        l4.cloud()
            .flatMap(cloud -> cloud.conventions().hierarchy())
            .filter(file -> loader.has(file.path()));
    if (own.isPresent()) {
      return read(own.get(), loader, twin, devices);
    }
    ofClouds().forEach(file -> warnOfOther(loader, file, l4.cloud()));
    return devices.known() ? Hierarchy.ofDevices(devices.devices()) : null;
  }

  private static @Nullable Hierarchy read(
      HierarchyFile file, FileLoader loader, String twin, KnownDevices devices) {
    Located root = loader.json(file.path());
    if (root == null) {
      return null;
    }
    ProblemCollector problems = loader.problems(file.path());
    return file.shape().isPresent()
        ? file.shape().get().read(root, devices, problems)
        : TreeHierarchy.read(root, twin, devices, problems);
  }

  private static void warnOfOther(FileLoader loader, HierarchyFile file, Optional<Provider> l4) {
    if (loader.has(file.path())) {
      String place = l4.isEmpty() ? "there is no L4" : "L4 is on " + l4.get().id();
      loader
          .problems(file.path())
          .fileWarning(
              ModelError.HIERARCHY_OTHER_CLOUD,
              "The hierarchy has no effect, since " + place + "; each device is an entity instead.",
              file.shape().isEmpty()
                  ? "Rename it to " + NEUTRAL + ", which every cloud reads and has the same shape."
                  : "Write the hierarchy as " + NEUTRAL + ", which every cloud reads.");
    }
  }
}
