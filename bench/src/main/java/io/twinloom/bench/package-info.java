/**
 * Benchmarks of whole pipelines, each next to its floor: the work that cannot be done without, by
 * the same libraries, measured in the same run. They are run by hand, never as tests.
 */
@NullMarked
package io.twinloom.bench;

import org.jspecify.annotations.NullMarked;
