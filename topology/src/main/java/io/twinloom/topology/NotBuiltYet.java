package io.twinloom.topology;

import static io.twinloom.model.FunctionKind.ARCHIVE_WRITER;
import static io.twinloom.model.FunctionKind.COLD_TO_ARCHIVE_MOVER;
import static io.twinloom.model.FunctionKind.COLD_WRITER;
import static io.twinloom.model.FunctionKind.HOT_TO_COLD_MOVER;

import io.twinloom.model.FunctionKind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The functions that a topology names and that nobody has written yet. {@link Topology#of} has
 * them, {@link Topology#deployable} leaves them out, {@code plan} marks them. Whoever writes one
 * takes its line away here, and nowhere else.
 */
public final class NotBuiltYet {

  public static final Set<FunctionKind> FUNCTIONS =
      Collections.unmodifiableSet(
          EnumSet.of(HOT_TO_COLD_MOVER, COLD_WRITER, COLD_TO_ARCHIVE_MOVER, ARCHIVE_WRITER));

  private NotBuiltYet() {}
}
