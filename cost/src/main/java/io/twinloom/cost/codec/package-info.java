/** Results as JSON, for {@code --json} and for REST alike. */
@NullMarked
package io.twinloom.cost.codec;

import org.jspecify.annotations.NullMarked;
