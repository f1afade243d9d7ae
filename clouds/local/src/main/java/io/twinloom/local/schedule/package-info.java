/**
 * When functions of a local cloud run by themselves. What is due and when is the topology's to say;
 * here is only the clock that does it, over restarts.
 */
@NullMarked
package io.twinloom.local.schedule;

import org.jspecify.annotations.NullMarked;
