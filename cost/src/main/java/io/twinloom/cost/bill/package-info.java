/** What is used, times what it costs: lines, allowances and sums. */
@NullMarked
package io.twinloom.cost.bill;

import org.jspecify.annotations.NullMarked;
