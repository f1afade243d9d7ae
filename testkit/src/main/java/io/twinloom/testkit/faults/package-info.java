/** Faults to put between two clouds. What must hold under them is in the tests that use them. */
@NullMarked
package io.twinloom.testkit.faults;

import org.jspecify.annotations.NullMarked;
