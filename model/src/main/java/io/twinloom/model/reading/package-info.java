/**
 * Reads a project's files into a {@link io.twinloom.model.Project}, and says of everything that is
 * wrong with them where it is and how to fix it. One class a file; nothing here runs or compiles
 * user code, and no problem's text shows a secret.
 */
@NullMarked
package io.twinloom.model.reading;

import org.jspecify.annotations.NullMarked;
