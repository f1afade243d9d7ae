/** The functions of layer 2: measurements go through the user's code here, and on to the store. */
@NullMarked
package io.twinloom.functions.processing;

import org.jspecify.annotations.NullMarked;
