package io.twinloom.model;

import io.twinloom.json.Located;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file in {@code twin_hierarchy/} that is read where layer 4 is on one cloud and there is no
 * neutral one.
 *
 * @param path where it is, from the project's root
 * @param shape how it is read; empty where it has the shape of the neutral file
 */
public record HierarchyFile(String path, Optional<Shape> shape) {

  /** Reads a hierarchy in a cloud's own shape. */
  @FunctionalInterface
  public interface Shape {

    /** The hierarchy; null if it cannot be read, which was then reported. */
    @Nullable Hierarchy read(Located root, KnownDevices devices, ProblemCollector problems);
  }
}
