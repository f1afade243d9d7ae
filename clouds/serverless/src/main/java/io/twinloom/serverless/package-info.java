/**
 * What is the same for a function on any cloud's functions service: which settings its row asks
 * for, its time limit, and what is prepared while it starts. The entry point and the ports are each
 * cloud's own.
 */
@NullMarked
package io.twinloom.serverless;

import org.jspecify.annotations.NullMarked;
