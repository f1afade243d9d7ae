/**
 * How long functions on AWS take from the start of their process to their first answer, next to
 * handlers that do nothing but the one call that the function cannot do without.
 */
@NullMarked
package io.twinloom.bench.coldstart;

import org.jspecify.annotations.NullMarked;
