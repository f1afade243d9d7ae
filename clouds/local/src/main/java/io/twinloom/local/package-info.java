/**
 * Three clouds embedded in one process: each with its own broker, functions, stores, schedules and
 * HTTP endpoint. They share no state and meet only over HTTP, with tokens.
 */
@NullMarked
package io.twinloom.local;

import org.jspecify.annotations.NullMarked;
