/**
 * What a twin costs a month: prices, the cost of a plan, and placements compared. It prices what
 * the topology says and decides nothing itself; it asks no cloud. {@link
 * io.twinloom.cost.CostModel} is the entry.
 */
@NullMarked
package io.twinloom.cost;

import org.jspecify.annotations.NullMarked;
