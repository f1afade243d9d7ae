/**
 * How a local cloud runs its functions: at once, or later from a durable queue with retries and
 * dead letters. What a function does is not here, nor where it runs.
 */
@NullMarked
package io.twinloom.local.invoke;

import org.jspecify.annotations.NullMarked;
