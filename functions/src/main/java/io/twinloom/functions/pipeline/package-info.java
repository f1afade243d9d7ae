/**
 * What is around every function, once: its trace, its one log line, the mapping of errors, and the
 * way in over HTTP. What a function does is not here.
 */
@NullMarked
package io.twinloom.functions.pipeline;

import org.jspecify.annotations.NullMarked;
