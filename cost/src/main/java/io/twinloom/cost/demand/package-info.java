/** What the parts of a plan use in a month, in terms that no cloud's price list decides. */
@NullMarked
package io.twinloom.cost.demand;

import org.jspecify.annotations.NullMarked;
