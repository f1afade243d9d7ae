/**
 * The times of the contract: reading any form that a device may send, writing the one stored form.
 */
@NullMarked
package io.twinloom.model.time;

import org.jspecify.annotations.NullMarked;
