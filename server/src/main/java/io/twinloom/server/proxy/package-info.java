/**
 * Twins that run in processes of their own, asked through the server of their folder: requests and
 * live events are passed on as they are.
 */
@NullMarked
package io.twinloom.server.proxy;

import org.jspecify.annotations.NullMarked;
