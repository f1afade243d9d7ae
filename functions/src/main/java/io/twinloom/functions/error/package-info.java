/** How a function fails: refusals of bad input, errors of user code and of configuration. */
@NullMarked
package io.twinloom.functions.error;

import org.jspecify.annotations.NullMarked;
