/**
 * CircuitBreaker breakers: one for each receiver that a process calls. The calls themselves are in
 * {@code intercloud}.
 */
@NullMarked
package io.twinloom.functions.circuit;

import org.jspecify.annotations.NullMarked;
