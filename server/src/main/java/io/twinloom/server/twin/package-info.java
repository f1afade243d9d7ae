/** The routes of a twin that runs: what is asked of it, and what is done with it. */
@NullMarked
package io.twinloom.server.twin;

import org.jspecify.annotations.NullMarked;
