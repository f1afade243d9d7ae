/**
 * The command {@code twinloom}: how it is called, how it speaks (to people and as JSON), and how
 * its errors look. Each command is a class in {@link io.twinloom.cli.command}; what a command does
 * is done in the modules below, and which targets there are is wired here.
 */
@NullMarked
package io.twinloom.cli;

import org.jspecify.annotations.NullMarked;
