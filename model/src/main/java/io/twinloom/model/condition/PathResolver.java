package io.twinloom.model.condition;

import io.twinloom.model.DataType;
import io.twinloom.model.error.ErrorCode;
import java.util.Optional;

/** Says what a path of a condition means. */
public interface PathResolver {

  /**
   * @param component what stands before the path's last dot
   * @param property what follows it
   */
  Meaning resolve(String component, String property);

  /** What a path means, or why it means nothing. */
  sealed interface Meaning {}

  /**
   * A property of a device.
   *
   * @param type its configured type; empty if it is not configured
   * @param byName whether the path is no component of the hierarchy, and only its end names the
   *     device
   */
  record OfDevice(String device, Optional<DataType> type, boolean byName) implements Meaning {

    /** A property of the device of a component that the path names in full. */
    public OfDevice(String device, Optional<DataType> type) {
      this(device, type, false);
    }
  }

  /** A path that means nothing, or could mean two things. */
  record Unclear(ErrorCode error, String message, String fix) implements Meaning {}
}
