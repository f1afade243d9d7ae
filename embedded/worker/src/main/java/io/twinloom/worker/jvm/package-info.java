/**
 * What runs inside a worker JVM: it takes events off its pipe and gives them to the user functions,
 * one after the other, each a {@code JavaFunction} of {@code io.twinloom.runner}. Nothing here is
 * used by the system itself, and nothing here may use the system's classes: a worker's class path
 * is {@code twinloom-api}, {@code twinloom-runner}, {@code jackson-core} and this.
 */
@NullMarked
package io.twinloom.worker.jvm;

import org.jspecify.annotations.NullMarked;
