/**
 * What runs inside a worker JVM: it loads the user's classes, each function with a class loader of
 * its own that sees nothing but {@code io.twinloom.api} and the JDK, and gives them one event after
 * the other. Nothing here is used by the system itself, and nothing here may use the system's
 * classes: a worker's class path is {@code twinloom-api}, {@code jackson-core} and this.
 */
@NullMarked
package io.twinloom.local.worker.jvm;

import org.jspecify.annotations.NullMarked;
