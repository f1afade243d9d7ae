/**
 * What a worker and the system say to each other: frames over two pipes, alike for every language.
 * It depends on nothing, since workers load it as well; {@code worker.py} says the same in Python.
 */
@NullMarked
package io.twinloom.worker.wire;

import org.jspecify.annotations.NullMarked;
