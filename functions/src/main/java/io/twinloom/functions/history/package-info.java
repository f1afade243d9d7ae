/**
 * The history over all tiers: the readers of the colder two, the one that merges all three, and
 * asking for what must be restored first. How items come into the tiers is not here.
 */
@NullMarked
package io.twinloom.functions.history;

import org.jspecify.annotations.NullMarked;
