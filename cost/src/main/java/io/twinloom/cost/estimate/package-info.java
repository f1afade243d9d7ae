/** Numbers that are known between two limits. */
@NullMarked
package io.twinloom.cost.estimate;

import org.jspecify.annotations.NullMarked;
