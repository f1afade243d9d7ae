/**
 * The one limit of waiting in tests. Limits of the product are in the tests that are about them.
 */
@NullMarked
package io.twinloom.testkit.patience;

import org.jspecify.annotations.NullMarked;
