/**
 * The functions of the hot store: the one door through which another cloud writes, and the two
 * readers in the form that twin services ask in.
 */
@NullMarked
package io.twinloom.functions.hot;

import org.jspecify.annotations.NullMarked;
