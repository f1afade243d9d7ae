/**
 * A project as immutable records, and the reading and checking of it: every problem at once, each
 * with file, line, JSON pointer, what is wrong and how to fix it. Nothing here decides what runs
 * where (that is the topology), and nothing runs user code.
 */
@NullMarked
package io.twinloom.model;

import org.jspecify.annotations.NullMarked;
