/**
 * The functions of the data plane, one class each, written once against {@link
 * io.twinloom.functions.port ports} and run unchanged on every target. What every function does
 * (settings, trace, log line, mapping of errors) is around it, once.
 */
@NullMarked
package io.twinloom.functions;

import org.jspecify.annotations.NullMarked;
