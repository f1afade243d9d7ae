/**
 * How fast that runs which can wait, beside the events of a twin: what their writes wait for, and
 * the pace that follows from it.
 */
@NullMarked
package io.twinloom.local.pace;

import org.jspecify.annotations.NullMarked;
