package io.twinloom.topology;

import static io.twinloom.model.FunctionKind.ARCHIVE_READER;
import static io.twinloom.model.FunctionKind.ARCHIVE_WRITER;
import static io.twinloom.model.FunctionKind.COLD_READER;
import static io.twinloom.model.FunctionKind.COLD_TO_ARCHIVE_MOVER;
import static io.twinloom.model.FunctionKind.COLD_WRITER;
import static io.twinloom.model.FunctionKind.DATA_CONNECTOR;
import static io.twinloom.model.FunctionKind.DATA_CONNECTOR_LAST_ENTRY;
import static io.twinloom.model.FunctionKind.HISTORY_READER;
import static io.twinloom.model.FunctionKind.HOT_TO_COLD_MOVER;
import static io.twinloom.model.FunctionKind.TWIN_UPDATER;

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
          EnumSet.of(
              HOT_TO_COLD_MOVER,
              COLD_WRITER,
              COLD_READER,
              COLD_TO_ARCHIVE_MOVER,
              ARCHIVE_WRITER,
              ARCHIVE_READER,
              HISTORY_READER,
              DATA_CONNECTOR,
              DATA_CONNECTOR_LAST_ENTRY,
              TWIN_UPDATER));

  private NotBuiltYet() {}
}
