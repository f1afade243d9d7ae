/**
 * Layer 4: what keeps the twin's newest values, what fetches measurements for a twin service from
 * another cloud, and the twin service that the local clouds (and those without one) have. The graph
 * itself is a port.
 */
@NullMarked
package io.twinloom.functions.twin;

import org.jspecify.annotations.NullMarked;
