/**
 * The ids of traces, as the product's envelopes and logs have them and as the W3C's Trace Context
 * has them, and which traces are sampled.
 */
@NullMarked
package io.twinloom.model.trace;

import org.jspecify.annotations.NullMarked;
