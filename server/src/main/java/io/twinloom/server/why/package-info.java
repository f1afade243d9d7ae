/**
 * Why there is no data of a device: its way through the twin is walked hop by hop, with what each
 * is known to have done, up to the first that fails. The command, REST and the page show this walk.
 */
@NullMarked
package io.twinloom.server.why;

import org.jspecify.annotations.NullMarked;
