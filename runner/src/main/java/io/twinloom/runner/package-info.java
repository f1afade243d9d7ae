/**
 * What stands around user code inside its own process, on every target: it loads the code, gives it
 * an event, and checks what comes back. Local workers and the clouds' packages run the same; how
 * events arrive is theirs. The classes here, {@code io.twinloom.api} and {@code jackson-core} are
 * all that such a process has of Twinloom, and what belongs to one cloud's runtime is in a package
 * of its own. The Python files beside them do the same for Python, with its library alone.
 *
 * <p>{@code io.twinloom.json} is not used: its tree keeps numbers as written, while a processor
 * gets maps, lists and Java's numbers, so every event and result would be built twice, and a
 * package's own classes would more than double (74 kB beside 62 kB).
 */
@NullMarked
package io.twinloom.runner;

import org.jspecify.annotations.NullMarked;
