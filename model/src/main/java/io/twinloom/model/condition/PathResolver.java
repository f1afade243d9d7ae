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
   */
  record OfDevice(String device, Optional<DataType> type) implements Meaning {}

  /** A path that means nothing, or could mean two things. */
  record Unclear(ErrorCode error, String message, String fix) implements Meaning {}
}
