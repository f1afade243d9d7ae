/** What a twin costs, which placement is cheapest and what a move changes, over REST. */
@NullMarked
package io.twinloom.server.cost;

import org.jspecify.annotations.NullMarked;
