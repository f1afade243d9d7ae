/**
 * User code in processes apart from the system: workers that start on first need, stay warm, are
 * bounded in time and memory, and are replaced when they die.
 */
@NullMarked
package io.twinloom.local.worker;

import org.jspecify.annotations.NullMarked;
