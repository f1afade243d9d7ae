/** The error codes of the REST interface. */
@NullMarked
package io.twinloom.server.error;

import org.jspecify.annotations.NullMarked;
