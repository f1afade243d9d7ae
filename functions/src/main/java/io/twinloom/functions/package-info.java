/**
 * The functions of the data plane, one class each, written once against {@link
 * io.twinloom.functions.port ports} and run unchanged on every target. What every function does
 * (settings, envelope, trace, log line, dead letters, mapping of errors) is in the pipeline around
 * it, once.
 */
@NullMarked
package io.twinloom.functions;

import org.jspecify.annotations.NullMarked;
