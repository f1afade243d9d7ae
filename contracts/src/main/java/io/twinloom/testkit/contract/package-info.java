/**
 * The contract of each port as tests, written once: every cloud's adapter runs them by implementing
 * the interface of its port in a test class of its own and saying how to get at the adapter. What
 * an adapter does beyond its port is tested beside it, not here.
 */
@NullMarked
package io.twinloom.testkit.contract;

import org.jspecify.annotations.NullMarked;
