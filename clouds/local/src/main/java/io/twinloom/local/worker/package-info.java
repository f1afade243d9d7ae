/**
 * A twin's user code in worker processes: its functions, its log lines, and its failures with what
 * fixes them. The processes themselves are {@code io.twinloom.worker}, which knows no twin.
 */
@NullMarked
package io.twinloom.local.worker;

import org.jspecify.annotations.NullMarked;
