/**
 * What the functions, connections and devices of a local twin have done, counted in memory for an
 * hour: for the page, {@code why} and metrics. It changes nothing and keeps nothing on disk.
 */
@NullMarked
package io.twinloom.local.observe;

import org.jspecify.annotations.NullMarked;
