/**
 * The colder tiers: how items leave the hot store in chunks, how chunks go on to the archive, and
 * the doors through which another cloud writes chunks; and the runs in which something is copied
 * for a change of the twin ({@link io.twinloom.functions.tier.CopyRun}). Reading the tiers is not
 * here, but the keys of their objects are ({@link io.twinloom.functions.tier.ChunkKey}).
 */
@NullMarked
package io.twinloom.functions.tier;

import org.jspecify.annotations.NullMarked;
