/** The codes of this module's errors, in a package below all others of it. */
@NullMarked
package io.twinloom.cli.error;

import org.jspecify.annotations.NullMarked;
