/**
 * Passes on what is asked of a twin that runs in a process of its own, to that process's server.
 */
@NullMarked
package io.twinloom.server.proxy;

import org.jspecify.annotations.NullMarked;
