/** Placements compared: by cost, crossings and latency. */
@NullMarked
package io.twinloom.cost.placement;

import org.jspecify.annotations.NullMarked;
