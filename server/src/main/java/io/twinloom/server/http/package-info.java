/**
 * The REST interface as HTTP: which address leads to which action, who may ask, how parameters are
 * read, and how problems are answered (RFC 9457). It knows no twin.
 */
@NullMarked
package io.twinloom.server.http;

import org.jspecify.annotations.NullMarked;
