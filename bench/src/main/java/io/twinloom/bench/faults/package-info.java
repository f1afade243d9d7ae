/**
 * The fault suite: a twin over three local clouds, in a process that is killed at random, with
 * connections that delay, reset, cut, answer 5xx and lose answers; and the count of what is there
 * in the end. Not how fast anything is.
 */
@NullMarked
package io.twinloom.bench.faults;

import org.jspecify.annotations.NullMarked;
