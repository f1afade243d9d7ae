/** The codes of this module's errors. */
@NullMarked
package io.twinloom.cost.error;

import org.jspecify.annotations.NullMarked;
