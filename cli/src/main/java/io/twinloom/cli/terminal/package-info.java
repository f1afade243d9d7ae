/**
 * Where a command is called from, and how it answers there: text or JSON, colours, exit codes, what
 * Ctrl-C does. What the commands do is not here.
 */
@NullMarked
package io.twinloom.cli.terminal;

import org.jspecify.annotations.NullMarked;
