/** The metrics of running twins in the formats of Prometheus, made when they are asked for. */
@NullMarked
package io.twinloom.server.metrics;

import org.jspecify.annotations.NullMarked;
