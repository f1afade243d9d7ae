/**
 * JSON as an immutable tree that keeps what was written: the order of keys, and every number as its
 * own text, so that no digit is lost between a device and the last store. Reading and writing rest
 * on jackson-core's streaming parser and generator. Digests of what is written are here too. It is
 * not a data binder.
 */
@NullMarked
package io.twinloom.json;

import org.jspecify.annotations.NullMarked;
