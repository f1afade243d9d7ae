/**
 * One class a command: its parameters, what it asks of the modules below, and how it shows the
 * answer. The fields that hold parameters are filled in by picocli before a command runs.
 */
@NullMarked
package io.twinloom.cli.command;

import org.jspecify.annotations.NullMarked;
