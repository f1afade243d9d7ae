/** What a process has used of the machine. What is measured with it is not here. */
@NullMarked
package io.twinloom.bench.process;

import org.jspecify.annotations.NullMarked;
