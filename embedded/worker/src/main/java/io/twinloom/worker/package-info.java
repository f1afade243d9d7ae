/**
 * User code in processes apart from the system: workers that start on first need, stay warm, are
 * bounded in time and memory, and are replaced when they die. {@link
 * io.twinloom.worker.WorkerPools} is the way in. What runs inside a process is {@code
 * io.twinloom.runner}, with {@code io.twinloom.worker.jvm} around it.
 *
 * <p>It knows no twin and does not read events or results: both are JSON objects as bytes.
 */
@NullMarked
package io.twinloom.worker;

import org.jspecify.annotations.NullMarked;
