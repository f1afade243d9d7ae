/** The document that describes the REST interface, written by hand, and what is read from it. */
@NullMarked
package io.twinloom.server.api;

import org.jspecify.annotations.NullMarked;
