/**
 * Price lists: what each cloud charges for what is used, with the source and date of every price.
 * The services of a cloud are named in its price list alone.
 */
@NullMarked
package io.twinloom.cost.price;

import org.jspecify.annotations.NullMarked;
