/**
 * What is fixed of each kind of function: one row a kind, from which the topology, the functions'
 * hosts and the deployment read what they need. Which functions a twin has is decided in {@code
 * io.twinloom.topology}, what a function does is code in {@code io.twinloom.functions}; neither is
 * here.
 */
@NullMarked
package io.twinloom.model.function;

import org.jspecify.annotations.NullMarked;
