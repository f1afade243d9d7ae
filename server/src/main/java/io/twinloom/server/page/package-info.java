/**
 * The web page as it is served: its modules, which are files that people read and change, joined
 * into two without comments and indentation.
 */
@NullMarked
package io.twinloom.server.page;

import org.jspecify.annotations.NullMarked;
