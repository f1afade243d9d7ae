/** How much each part of a plan does in a month, from the plan and the usage. */
@NullMarked
package io.twinloom.cost.load;

import org.jspecify.annotations.NullMarked;
