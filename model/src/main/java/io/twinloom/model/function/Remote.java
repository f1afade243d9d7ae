package io.twinloom.model.function;

import io.twinloom.model.FunctionKind;

/**
 * A receiver that a function calls where that is on another cloud.
 *
 * @param receiver which
 * @param redelivers whether the sender invokes itself asynchronously with what the receiver could
 *     not take
 */
public record Remote(FunctionKind receiver, boolean redelivers) {}
