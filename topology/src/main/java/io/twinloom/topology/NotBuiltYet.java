package io.twinloom.topology;

import io.twinloom.model.FunctionKind;
import java.util.Set;

/**
 * The functions that a topology names and that nobody has written yet. {@link Topology#of} has
 * them, {@link Topology#deployable} leaves them out, {@code plan} marks them. Whoever writes one
 * takes its line away here, and nowhere else.
 */
public final class NotBuiltYet {

  public static final Set<FunctionKind> FUNCTIONS = Set.of();

  private NotBuiltYet() {}
}
