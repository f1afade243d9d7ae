/**
 * Makes the function of a kind from its settings and ports. The one place that knows all functions.
 */
@NullMarked
package io.twinloom.functions.catalog;

import org.jspecify.annotations.NullMarked;
