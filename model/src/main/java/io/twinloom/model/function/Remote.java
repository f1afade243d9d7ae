package io.twinloom.model.function;

import io.twinloom.model.FunctionKind;

/**
 * A receiver that a function calls where that is on another cloud.
 *
 * @param receiver which
 * @param redelivers whether the sender invokes itself asynchronously with what the receiver could
 *     not take
 * @param withinLayer whether it calls what the receiver's own layer has on another cloud, which it
 *     has only while a change of the twin keeps two clouds of that layer
 */
public record Remote(FunctionKind receiver, boolean redelivers, boolean withinLayer) {}
