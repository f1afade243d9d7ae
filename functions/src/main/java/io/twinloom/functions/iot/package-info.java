/** The functions of layer 1: what a device says comes in here, and goes on to layer 2. */
@NullMarked
package io.twinloom.functions.iot;

import org.jspecify.annotations.NullMarked;
